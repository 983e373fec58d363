import type { PlacementGroup } from '../../domain/live/protocol.ts'
import { countText } from '../ui/count-text.ts'
import { domainRows } from './domain-rows.ts'
import { Words } from './Words.tsx'

/**
 * The pods of a spread group by domain. The shaded band runs from the emptiest domain's count up to
 * maxSkew more: a bar that leaves it on the right is what the constraint forbids.
 */
export function DomainBars({ group, limit = 8 }: { readonly group: PlacementGroup; readonly limit?: number }) {
  const { fullest, emptiest, hidden } = domainRows(group, limit)
  const bound = group.globalMinimum + group.maxSkew
  const scale = Math.max(bound, ...fullest.map((domain) => domain.count), 1)
  if (fullest.length === 0) {
    return <p className="text-ink-3 text-sm">No node is an eligible domain of this constraint.</p>
  }
  return (
    <ul className="flex flex-col gap-1 text-xs" data-severity={group.violated ? 'warning' : 'ok'}>
      {fullest.map((domain) => (
        <DomainBar key={domain.value} domain={domain} floor={group.globalMinimum} bound={bound} scale={scale} />
      ))}
      {hidden > 0 && <li className="py-0.5 text-ink-3">+ {countText(hidden, 'domain')} between these</li>}
      {emptiest.map((domain) => (
        <DomainBar key={domain.value} domain={domain} floor={group.globalMinimum} bound={bound} scale={scale} />
      ))}
    </ul>
  )
}

function DomainBar({
  domain,
  floor,
  bound,
  scale,
}: {
  readonly domain: { readonly value: string; readonly count: number }
  readonly floor: number
  readonly bound: number
  readonly scale: number
}) {
  const over = Math.max(0, domain.count - bound)
  const share = (count: number) => `${(100 * count) / scale}%`
  return (
    <li className="grid grid-cols-[minmax(0,7rem)_minmax(0,1fr)_auto] items-center gap-2">
      <Words text={domain.value} clip className="text-ink-2" />
      <span aria-hidden="true" className="relative block h-3 overflow-hidden rounded-xs bg-sunken">
        <span
          className="absolute inset-y-0 border-line-strong border-r border-dashed bg-line"
          style={{ left: share(floor), width: share(bound - floor) }}
        />
        <span
          className="absolute inset-y-[3px] left-0 rounded-xs bg-ink-3"
          style={{ width: share(Math.min(domain.count, bound)) }}
        />
        {over > 0 && (
          <span
            className="absolute inset-y-0 rounded-xs bg-s-fill"
            style={{ left: share(bound), width: share(over) }}
          />
        )}
      </span>
      <span className="min-w-8 text-right">
        <span className={over > 0 ? 'font-bold text-s' : 'font-medium text-ink'}>{domain.count}</span>
        <span className="sr-only">{over > 0 ? ` pods, ${over} too many` : ' pods'}</span>
      </span>
    </li>
  )
}
