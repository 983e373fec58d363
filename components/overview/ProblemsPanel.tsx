'use client'

import Link from 'next/link'
import type { ProblemGroup } from '../../domain/health/problem.ts'
import type { OverviewSummary } from '../../domain/live/protocol.ts'
import { PlumbMark } from '../kube/PlumbMark.tsx'
import { ProblemRow } from '../story/ProblemRow.tsx'
import { useOpenId } from '../story/use-open-id.ts'
import { countText, numberText } from '../ui/count-text.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Panel } from '../ui/Panel.tsx'

const shown = 40

/** What is wrong, the worst first; as tall as the screen and scrolling by itself beside the board. */
export function ProblemsPanel({
  groups,
  summary,
  room,
}: {
  readonly groups: readonly ProblemGroup[]
  readonly summary: OverviewSummary
  readonly room: string
}) {
  const { open, toggle } = useOpenId('problem')
  const total = summary.problems.error + summary.problems.warning
  const visible = groups.slice(0, shown)
  // What was unfolded and has sunk below the others stays in sight.
  const sunk = groups.slice(shown).find((group) => group.id === open)
  const rows = sunk ? [...visible, sunk] : visible
  return (
    <Panel
      title="Problems"
      count={total === 0 ? undefined : numberText(total)}
      aside={
        <Link href="/problems" className="link">
          All problems
        </Link>
      }
      className="lg:sticky lg:row-span-2 lg:top-[calc(var(--header)+1.25rem)] lg:max-h-[calc(100dvh-var(--header)-2.5rem)]"
      bodyClassName="min-h-0 flex-1 lg:overflow-y-auto"
    >
      {rows.length === 0 ? (
        <EmptyState compact title="No problems" picture={<PlumbMark severity="ok" className="h-16" />}>
          What goes wrong appears here by itself, the worst first.
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line border-line border-t">
          {rows.map((group) => (
            <li key={group.id}>
              <ProblemRow group={group} room={room} open={group.id === open} onOpen={toggle} />
            </li>
          ))}
        </ul>
      )}
      {total > rows.length && (
        <p className="border-line border-t px-4 py-2.5 text-ink-3 text-sm">
          <Link href="/problems" className="link">
            {countText(total - rows.length, 'more problem')}
          </Link>
        </p>
      )}
    </Panel>
  )
}
