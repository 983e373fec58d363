'use client'

import type { PodDetail } from '../../domain/live/protocol.ts'
import { Panel } from '../ui/Panel.tsx'
import { ContainerCard } from './ContainerCard.tsx'
import { InitTrack } from './InitTrack.tsx'
import { useInitUsual } from './init-usual.ts'
import { PodConditions } from './PodConditions.tsx'
import { PodEvents } from './PodEvents.tsx'
import { PodHeader } from './PodHeader.tsx'
import { PodHistory } from './PodHistory.tsx'
import { PodLabels } from './PodLabels.tsx'
import { PodProblems } from './PodProblems.tsx'
import { PodServices } from './PodServices.tsx'
import { PodSpread } from './PodSpread.tsx'
import { usePodHistory } from './use-pod-history.ts'

/** Everything about one pod: what is wrong first, then its containers, then what surrounds it. */
export function PodContent({ pod, room }: { readonly pod: PodDetail; readonly room: string }) {
  const { row } = pod
  const first = pod.containers.filter((container) => container.type !== 'main')
  const main = pod.containers.filter((container) => container.type === 'main')
  const history = usePodHistory(row.uid, row.restarts)
  const usual = useInitUsual(row.namespace, first.length === 0 ? null : row.workload, row.uid)
  const ended = row.phase === 'Failed' || row.phase === 'Succeeded'
  const record = history.state === 'ready' ? history.history : null
  const scheduled = pod.conditions.find(({ type, status }) => type === 'PodScheduled' && status === 'True')
  return (
    <div className="flex flex-col gap-4">
      <PodHeader pod={pod} />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <PodProblems pod={pod} />
          {first.length > 0 && (
            <InitTrack
              containers={first}
              since={scheduled?.lastTransitionTime ?? null}
              usual={usual}
              history={record}
            />
          )}
          <Panel
            title={main.length === 1 ? 'Container' : 'Containers'}
            count={main.length > 1 ? main.length : undefined}
            bodyClassName=""
          >
            <ul className="divide-y divide-line border-line border-t">
              {main.map((container) => (
                <li key={container.name}>
                  <ContainerCard container={container} history={record} ended={ended} />
                </li>
              ))}
            </ul>
          </Panel>
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <PodConditions conditions={pod.conditions} />
          <PodServices services={pod.services} />
          <PodEvents room={room} />
          <PodHistory state={history} />
          <PodSpread spread={pod.spread} />
          <PodLabels pod={pod} />
        </div>
      </div>
    </div>
  )
}
