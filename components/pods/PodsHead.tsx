import { ArrowDown, ArrowUp } from 'lucide-react'
import { columns, rowGrid } from './columns.ts'
import type { PodsFilter } from './pods-url.ts'

/** Column heads that sort. They stay in sight under the page's header. */
export function PodsHead({
  filter,
  change,
}: {
  readonly filter: PodsFilter
  readonly change: (changes: Readonly<Record<string, string>>) => void
}) {
  return (
    <thead className="sticky top-(--header) z-20 block">
      <tr aria-rowindex={1} className={`${rowGrid} h-10 rounded-t-lg border-line border-b bg-surface`}>
        {columns.map(({ name, sort, first, show }, index) => {
          const sorted = sort !== null && filter.sort === sort
          // An older pod was created earlier: rising creation times are falling ages.
          const rising = (filter.direction === 'asc') !== (sort === 'createdAt')
          const Arrow = rising ? ArrowUp : ArrowDown
          return (
            <th
              key={name}
              scope="col"
              aria-colindex={index + 1}
              {...(sorted ? { 'aria-sort': rising ? ('ascending' as const) : ('descending' as const) } : {})}
              className={`min-w-0 text-left ${show}`}
            >
              {sort === null ? (
                <span className="caption">{name}</span>
              ) : (
                <button
                  type="button"
                  className={`-mx-1 inline-flex h-7 max-w-full items-center gap-1 rounded-sm px-1 font-medium text-xs hover:text-ink ${sorted ? 'text-ink' : 'text-ink-3'}`}
                  onClick={() =>
                    change({
                      sort,
                      direction:
                        (sorted ? (filter.direction === 'asc' ? 'desc' : 'asc') : first) === 'desc' ? 'desc' : '',
                    })
                  }
                >
                  <span className="truncate">{name}</span>
                  {sorted && <Arrow size={13} aria-hidden="true" className="shrink-0" />}
                </button>
              )}
            </th>
          )
        })}
      </tr>
    </thead>
  )
}
