import type { PendingExplanation } from '../../domain/placement/pending-explanation.ts'
import { numberText } from '../ui/count-text.ts'
import { reasonOf } from './pending-words.ts'

const shown = 3

/** Why the nodes refuse, the reason of the most first. A node may give several reasons. */
export function ReasonBar({ explanation }: { readonly explanation: PendingExplanation }) {
  const { reasons, nodes, feasible } = explanation
  const all = Math.max(1, nodes)
  return (
    <ul className="flex flex-col gap-1 text-xs">
      {feasible > 0 && (
        <li className="flex items-center gap-2" data-severity="ok">
          <Bar share={feasible / all} className="bg-s-fill" />
          <span>
            <strong>{numberText(feasible)}</strong> could take it
          </span>
        </li>
      )}
      {reasons.slice(0, shown).map((reason) => (
        <li key={reason.reason} className="flex items-center gap-2">
          <Bar share={reason.nodes / all} className="bg-ink-3" />
          <span className="min-w-0">
            <strong>{numberText(reason.nodes)}</strong> <bdi>{reasonOf(reason.words, reason.nodes)}</bdi>
          </span>
        </li>
      ))}
      {reasons.length > shown && <li className="text-ink-3">and {reasons.length - shown} more reasons</li>}
    </ul>
  )
}

function Bar({ share, className }: { readonly share: number; readonly className: string }) {
  return (
    <span aria-hidden="true" className="h-2 w-16 shrink-0 overflow-hidden rounded-xs bg-sunken">
      <span className={`block h-full min-w-0.5 rounded-xs ${className}`} style={{ width: `${100 * share}%` }} />
    </span>
  )
}
