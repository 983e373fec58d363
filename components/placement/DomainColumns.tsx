import type { PlacementGroup } from '../../domain/live/protocol.ts'
import { domainRows } from '../kube/domain-rows.ts'
import { Words } from '../kube/Words.tsx'
import { countText } from '../ui/count-text.ts'

const named = 6
const drawn = 30

/**
 * The domains as columns side by side over the allowed band: level columns are well spread. Few domains
 * carry their names; of many only the extremes are drawn.
 */
export function DomainColumns({ group }: { readonly group: PlacementGroup }) {
  const { fullest, emptiest, hidden } = domainRows(group, drawn)
  const bound = group.globalMinimum + group.maxSkew
  const scale = Math.max(bound, ...group.domains.map((domain) => domain.count), 1)
  if (fullest.length === 0) return <p className="text-ink-3 text-sm">no eligible domain</p>
  const withNames = fullest.length + emptiest.length <= named && hidden === 0
  const share = (count: number) => `${(100 * count) / scale}%`
  return (
    <div>
      <div
        role="img"
        aria-label={summary(group)}
        className={`relative flex h-10 items-end border-line-strong border-b ${withNames ? 'gap-3' : 'gap-0.5'}`}
      >
        <span
          aria-hidden="true"
          className="absolute inset-x-0 border-line-strong border-t border-dashed bg-line/60"
          style={{ bottom: share(group.globalMinimum), height: share(bound - group.globalMinimum) }}
        />
        {fullest.map((domain) => (
          <Column key={domain.value} count={domain.count} bound={bound} share={share} />
        ))}
        {hidden > 0 && (
          <span aria-hidden="true" className="relative self-center px-1 text-ink-2 text-xs">
            +{hidden}
          </span>
        )}
        {emptiest.map((domain) => (
          <Column key={domain.value} count={domain.count} bound={bound} share={share} />
        ))}
      </div>
      {withNames && (
        <div className="mt-0.5 flex gap-3 text-2xs text-ink-2">
          {fullest.map((domain) => (
            <span key={domain.value} className="flex min-w-0 flex-1 justify-center gap-1">
              <Words text={domain.value} clip className="text-ink-3" />
              <span className="font-semibold">{domain.count}</span>
            </span>
          ))}
        </div>
      )}
      {!withNames && <p className="mt-0.5 text-2xs text-ink-3">{summary(group)}</p>}
    </div>
  )
}

function Column({
  count,
  bound,
  share,
}: {
  readonly count: number
  readonly bound: number
  readonly share: (count: number) => string
}) {
  const over = Math.max(0, count - bound)
  return (
    <span aria-hidden="true" className="relative flex h-full min-w-px flex-1 flex-col items-center justify-end">
      {over > 0 && <span className="w-full max-w-16 rounded-t-xs bg-s-fill" style={{ height: share(over) }} />}
      <span className="w-full max-w-16 bg-ink-3" style={{ height: share(Math.min(count, bound)) }} />
    </span>
  )
}

function summary(group: PlacementGroup): string {
  const counts = group.domains.map((domain) => domain.count)
  const low = Math.min(...counts)
  const high = Math.max(...counts)
  const range = low === high ? `${high} pods each` : `${low} to ${high} pods`
  return `${countText(group.domainCount, 'domain')}, ${range}`
}
