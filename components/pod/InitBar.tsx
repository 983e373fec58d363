import type { ContainerDetail } from '../../domain/live/protocol.ts'
import { place, type TimeScale, width } from '../ui/time-scale.ts'
import { knownRuns } from './container-runs.ts'
import type { InitUsual } from './init-usual.ts'
import type { PodHistoryRecord } from './pod-history.ts'

/** One step's runs on the track's scale. A sidecar's bar runs on; what is usual is marked. Decoration: the words stand beside it. */
export function InitBar({
  container,
  scale,
  now,
  usual,
  history,
}: {
  readonly container: ContainerDetail
  readonly scale: TimeScale | null
  readonly now: number
  readonly usual: InitUsual | null
  readonly history: PodHistoryRecord | null
}) {
  if (scale === null) return <span />
  const runs = knownRuns(container, history).filter((run) => (run.finishedAt ?? now) >= scale.from)
  const began = runs.at(-1)?.startedAt ?? null
  return (
    <div aria-hidden="true" className="relative h-5 rounded-xs bg-sunken max-md:ml-[2.125rem]">
      {runs.map((run) => {
        const start = run.startedAt ?? run.finishedAt ?? scale.from
        const runsOn = run.finishedAt === null && container.type === 'sidecar' && now > scale.to
        const failed = run.finishedAt !== null && run.exitCode !== 0
        return (
          <span
            key={start}
            data-severity={
              run.finishedAt === null ? (container.type === 'sidecar' ? 'ok' : 'progress') : failed ? 'error' : 'ok'
            }
            className={`absolute inset-y-[3px] min-w-[3px] bg-s-fill ${runsOn ? 'runs-on rounded-l-xs' : 'rounded-xs'}`}
            style={{ left: place(scale, start), width: width(scale, start, run.finishedAt ?? now) }}
          />
        )
      })}
      {usual !== null && began !== null && began + usual.median < scale.to && (
        <span
          className="absolute inset-y-0 border-ink border-l border-dashed"
          style={{ left: place(scale, began + usual.median) }}
        />
      )}
    </div>
  )
}
