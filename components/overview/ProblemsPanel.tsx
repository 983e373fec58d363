import Link from 'next/link'
import type { ProblemGroup } from '../../domain/health/problem.ts'
import type { OverviewSummary } from '../../domain/live/protocol.ts'
import { PlumbMark } from '../kube/PlumbMark.tsx'
import { ProblemItem } from '../kube/ProblemItem.tsx'
import { countText } from '../ui/count-text.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Panel } from '../ui/Panel.tsx'

const shown = 40

/** What is out of true, the worst first; as tall as the screen and scrolling by itself beside the board. */
export function ProblemsPanel({
  groups,
  summary,
}: {
  readonly groups: readonly ProblemGroup[]
  readonly summary: OverviewSummary
}) {
  const total = summary.problems.error + summary.problems.warning
  const visible = groups.slice(0, shown)
  return (
    <Panel
      title="Problems"
      count={total === 0 ? undefined : total}
      aside={
        <Link href="/problems" className="link">
          All problems
        </Link>
      }
      className="lg:sticky lg:row-span-2 lg:top-[calc(var(--header)+1.25rem)] lg:max-h-[calc(100dvh-var(--header)-2.5rem)]"
      bodyClassName="min-h-0 flex-1 lg:overflow-y-auto"
    >
      {visible.length === 0 ? (
        <EmptyState compact title="Nothing is out of true" picture={<PlumbMark severity="ok" className="h-16" />}>
          Problems appear here by themselves, the worst first.
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line border-line border-t">
          {visible.map((group) => (
            <li key={group.id}>
              <ProblemItem group={group} />
            </li>
          ))}
        </ul>
      )}
      {total > shown && (
        <p className="border-line border-t px-4 py-2.5 text-ink-3 text-sm">
          <Link href="/problems" className="link">
            {countText(total - shown, 'more problem')}
          </Link>
        </p>
      )}
    </Panel>
  )
}
