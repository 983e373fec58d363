'use client'

import { subjectWords } from '../../domain/health/group-subject.ts'
import { compareProblemGroups } from '../../domain/health/problem-order.ts'
import type { PodDetail } from '../../domain/live/protocol.ts'
import { podAddress } from '../kube/addresses.ts'
import { ProblemLine } from '../kube/ProblemItem.tsx'
import { Panel } from '../ui/Panel.tsx'
import { ContainerCard } from './ContainerCard.tsx'
import { InitTrack } from './InitTrack.tsx'
import { PodConditions } from './PodConditions.tsx'
import { PodEvents } from './PodEvents.tsx'
import { PodHeader } from './PodHeader.tsx'
import { PodHistory } from './PodHistory.tsx'
import { PodLabels } from './PodLabels.tsx'
import { PodServices } from './PodServices.tsx'
import { PodSpread } from './PodSpread.tsx'

/** Everything about one pod: what is wrong first, then its containers, then what surrounds it. */
export function PodContent({ pod, room }: { readonly pod: PodDetail; readonly room: string }) {
  const first = pod.containers.filter((container) => container.type !== 'main')
  const main = pod.containers.filter((container) => container.type === 'main')
  return (
    <div className="flex flex-col gap-4">
      <PodHeader pod={pod} />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          {pod.problems.length > 0 && <PodProblems problems={pod.problems} />}
          {first.length > 0 && <InitTrack containers={first} />}
          <Panel title={main.length === 1 ? 'Container' : 'Containers'} bodyClassName="">
            <ul className="divide-y divide-line border-line border-t">
              {main.map((container) => (
                <li key={container.name}>
                  <ContainerCard container={container} />
                </li>
              ))}
            </ul>
          </Panel>
          <PodEvents room={room} />
          <PodHistory uid={pod.row.uid} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <PodConditions conditions={pod.conditions} />
          <PodServices services={pod.services} />
          <PodSpread spread={pod.spread} />
          <PodLabels pod={pod} />
        </div>
      </div>
    </div>
  )
}

function PodProblems({ problems }: { readonly problems: PodDetail['problems'] }) {
  return (
    <Panel title="Problems" count={problems.length} bodyClassName="">
      <ul className="divide-y divide-line border-line border-t">
        {[...problems].sort(compareProblemGroups).map((problem) => (
          <li key={problem.id}>
            <ProblemLine
              problem={problem}
              subject={subjectWords(problem.subject)}
              containers={problem.container === null ? [] : [problem.container]}
              address={podAddress(problem.subject.namespace, problem.subject.name)}
              whole
            />
          </li>
        ))}
      </ul>
    </Panel>
  )
}
