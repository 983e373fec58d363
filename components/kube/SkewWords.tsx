import type { PlacementGroup } from '../../domain/live/protocol.ts'

/** "skew 4 over maxSkew 1", or "skew 1, maxSkew 1" while within it. */
export function SkewWords({ group }: { readonly group: PlacementGroup }) {
  return (
    <span data-severity={group.violated ? 'warning' : 'ok'} className="whitespace-nowrap">
      <span className={group.violated ? 'font-bold text-s' : 'text-ink'}>skew {group.skew}</span>
      <span className="text-ink-3">
        {group.violated ? ' over' : ','} maxSkew {group.maxSkew}
      </span>
    </span>
  )
}
