'use client'

import type { WorkloadDetail } from '../../domain/live/protocol.ts'
import { WorkloadPlacement } from '../placement/WorkloadPlacement.tsx'
import { PodConditions } from '../pod/PodConditions.tsx'
import { ServicesPanel } from '../pod/PodServices.tsx'
import { PodSpread } from '../pod/PodSpread.tsx'
import { AffectedList } from '../story/AffectedList.tsx'
import { ProblemBlock } from '../story/ProblemBlock.tsx'
import { Panel } from '../ui/Panel.tsx'
import { RevisionTable } from './RevisionTable.tsx'
import { TemplateContainers } from './TemplateContainers.tsx'
import { WorkloadHeader } from './WorkloadHeader.tsx'
import { WorkloadPods } from './WorkloadPods.tsx'

/** Everything about one workload: what is wrong, its pods, its revisions, its template, what surrounds it. */
export function WorkloadContent({ workload }: { readonly workload: WorkloadDetail; readonly room: string }) {
  const { problems } = workload
  return (
    <div className="flex flex-col gap-4">
      <WorkloadHeader workload={workload} />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          {problems.length > 0 && (
            <Panel
              title="What is wrong"
              count={problems.length > 1 ? problems.length : undefined}
              className="overflow-hidden"
              bodyClassName=""
            >
              <ul className="divide-y divide-line border-line border-t">
                {problems.map((group) => (
                  <li key={group.id}>
                    <ProblemBlock problem={group} containers={group.affects.containers} rollout={group.rollout}>
                      <AffectedList group={group} ofWorkload />
                    </ProblemBlock>
                  </li>
                ))}
              </ul>
            </Panel>
          )}
          <WorkloadPods workload={workload} />
          <WorkloadPlacement workload={workload} />
          <TemplateContainers containers={workload.containers} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <RevisionTable workload={workload} />
          <ServicesPanel
            services={workload.services}
            none="No Service picks its pods."
            look={({ readyAddresses, addresses }) => (readyAddresses < addresses ? 'warning' : 'ok')}
            words={({ readyAddresses, addresses }) => (
              <p>
                {readyAddresses === addresses
                  ? 'All addresses get traffic.'
                  : `${addresses - readyAddresses} without traffic.`}
              </p>
            )}
          />
          <PodConditions conditions={workload.conditions} />
          <PodSpread spread={workload.spread} none="Its pods carry none." />
        </div>
      </div>
    </div>
  )
}
