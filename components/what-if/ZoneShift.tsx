import type { ZoneOutcome } from '../../domain/placement/what-if-result.ts'
import { Words } from '../kube/Words.tsx'
import { numberText } from '../ui/count-text.ts'

const shownZones = 8

/** A workload's pods by zone, now (above, grey) and then (below): what leaves is hatched, what comes is blue. */
export function ZoneShift({ zones }: { readonly zones: readonly ZoneOutcome[] }) {
  const most = Math.max(1, ...zones.map(({ before, after }) => Math.max(before, after)))
  if (zones.length === 0) return null
  const width = (count: number) => `${(100 * count) / most}%`
  return (
    <ul className="flex flex-col gap-1.5 text-xs">
      {zones.slice(0, shownZones).map(({ zone, before, after, pods }) => (
        <li key={zone} className="grid grid-cols-[minmax(0,6rem)_minmax(0,1fr)_5.5rem] items-center gap-2">
          <Words text={zone === '' ? 'no zone' : zone} clip className="text-ink-2" />
          <span aria-hidden="true" className="flex flex-col gap-px">
            <span className="h-1.5 rounded-xs bg-line-strong" style={{ width: width(before) }} />
            <span className="flex h-2 overflow-hidden rounded-xs">
              <span className="bg-ink-2" style={{ width: width(Math.max(0, after - pods)) }} />
              <span className="bg-accent" style={{ width: width(pods) }} />
              {after < before && (
                <span
                  data-severity="error"
                  className="hatch border border-s-line"
                  style={{ width: width(before - after) }}
                />
              )}
            </span>
          </span>
          <span className="text-right">
            <span className="text-ink-2">{numberText(before)}</span> →{' '}
            <span className={after < before ? 'font-bold text-error' : 'font-semibold'}>{numberText(after)}</span>
            <span className="sr-only"> pods{pods > 0 ? `, ${pods} of them new` : ''}</span>
          </span>
        </li>
      ))}
      {zones.length > shownZones && <li className="text-ink-3">and {zones.length - shownZones} more zones</li>}
    </ul>
  )
}
