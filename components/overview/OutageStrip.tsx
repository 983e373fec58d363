import Link from 'next/link'
import { groupSubjectWords } from '../../domain/health/group-subject.ts'
import type { ProblemGroup } from '../../domain/health/problem.ts'
import { problemGroupAddress, problemsAddress } from '../kube/addresses.ts'
import { SeverityGlyph } from '../kube/SeverityGlyph.tsx'
import { Words } from '../kube/Words.tsx'
import { Age } from '../live/Age.tsx'
import { countText } from '../ui/count-text.ts'

const shown = 6

/** Services that nobody answers for: what users feel comes before whatever causes it. Nothing while there are none. */
export function OutageStrip({ groups }: { readonly groups: readonly ProblemGroup[] }) {
  const outages = groups.filter(({ kind }) => kind === 'service-down')
  if (outages.length === 0) return null
  return (
    <section
      aria-label="Service outages"
      data-severity={outages[0]?.severity ?? 'error'}
      className="panel flex flex-wrap items-center gap-x-5 gap-y-2 border-s border-l-4 bg-s-soft px-4 py-3 sm:px-5"
    >
      <h2 className="flex items-center gap-2 font-semibold text-s">
        <SeverityGlyph severity={outages[0]?.severity ?? 'error'} label={false} size="1.0625rem" />
        {outages.length === 1
          ? 'A Service has no ready address'
          : `${countText(outages.length, 'Service')} have no ready address`}
      </h2>
      <ul className="flex min-w-0 flex-wrap gap-x-5 gap-y-1">
        {outages.slice(0, shown).map((group) => (
          <li key={group.id} className="min-w-0">
            <Link href={problemGroupAddress(group.id)} prefetch={false} className="link font-semibold">
              <Words text={groupSubjectWords(group).replace(/^Service /, '')} />
            </Link>{' '}
            <span className="text-ink-2">
              for <Age at={group.since} />
            </span>
          </li>
        ))}
        {outages.length > shown && (
          <li>
            <Link href={problemsAddress({ kind: 'service-down' })} prefetch={false} className="link">
              {countText(outages.length - shown, 'more', 'more')}
            </Link>
          </li>
        )}
      </ul>
    </section>
  )
}
