import type { KnownRun } from './container-runs.ts'
import { endCounts, RunLane } from './RunLane.tsx'
import { RunList } from './RunList.tsx'
import { runLook } from './run-look.ts'
import { SubTitle } from './SubTitle.tsx'

/** The runs of one container: along a line, counted by what ended them, and one by one. */
export function ContainerRuns({
  runs,
  container,
  restartCount,
  next = null,
}: {
  readonly runs: readonly KnownRun[]
  readonly container: string
  readonly restartCount: number | null
  readonly next?: { readonly from: number; readonly until: number } | null
}) {
  if (runs.length === 0) return null
  const counts = endCounts(runs)
  return (
    <section aria-label={`Runs of ${container}`} className="flex flex-col gap-1.5">
      <div className="flex flex-wrap items-baseline gap-x-4">
        <SubTitle>Runs</SubTitle>
        {runs.length > 1 && (
          <ul className="flex flex-wrap gap-x-4 text-ink-2 text-xs">
            {counts.slice(0, 5).map(({ words, count, run }) => {
              const { Icon, severity } = runLook(run)
              return (
                <li key={words} data-severity={severity} className="flex items-center gap-1">
                  <Icon size={13} aria-hidden="true" className="text-s" />
                  <bdi>{words}</bdi>
                  {count > 1 && <span className="font-semibold">×{count}</span>}
                </li>
              )
            })}
          </ul>
        )}
      </div>
      {(runs.length > 1 || next !== null) && <RunLane runs={runs} container={container} next={next} />}
      <RunList runs={runs} restartCount={restartCount} />
    </section>
  )
}
