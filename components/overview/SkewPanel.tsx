import Link from 'next/link'
import type { OverviewSkew, OverviewSummary } from '../../domain/live/protocol.ts'
import { placementAddress } from '../kube/addresses.ts'
import { DomainBars } from '../kube/DomainBars.tsx'
import { SkewWords } from '../kube/SkewWords.tsx'
import { topologyWord } from '../kube/topology-key.ts'
import { Words } from '../kube/Words.tsx'
import { useStatusPart } from '../live/use-status.ts'
import { countText } from '../ui/count-text.ts'
import { Panel } from '../ui/Panel.tsx'

const shown = 4

/** Workloads whose pods lie further apart than their spread constraint allows. */
export function SkewPanel({
  skews,
  summary,
}: {
  readonly skews: readonly (readonly [string, OverviewSkew])[]
  readonly summary: OverviewSummary
}) {
  // Without nodes there are no domains, and what isn't known must not look well.
  const withoutNodes = useStatusPart(({ kinds }) =>
    kinds.some(({ kind, state }) => kind === 'Node' && state === 'forbidden'),
  )
  const sorted = skews
    .map(([, group]) => group)
    .sort((a, b) => b.skew - b.maxSkew - (a.skew - a.maxSkew) || (a.id < b.id ? -1 : 1))
  const visible = sorted.slice(0, shown)
  const more = Math.max(summary.skewViolations, sorted.length) - visible.length
  return (
    <Panel
      title="Violated spread"
      count={summary.skewViolations === 0 ? undefined : summary.skewViolations}
      bodyClassName=""
      aside={
        <Link href="/placement" className="link">
          Placement
        </Link>
      }
    >
      {visible.length === 0 ? (
        <p className="px-4 pb-4 text-ink-3 text-sm">
          {summary.spreadConstraints === 0
            ? 'No workload has a topology spread constraint.'
            : withoutNodes
              ? `${countText(summary.spreadConstraints, 'spread constraint')} that can’t be judged: nodes may not be read.`
              : `${countText(summary.spreadConstraints, 'spread constraint')}, all within maxSkew.`}
        </p>
      ) : (
        <ul className="divide-y divide-line border-line border-t">
          {visible.map((group) => (
            <li key={group.id} className="relative px-4 py-2.5 hover:bg-sunken/60">
              <div className="mb-1.5 flex items-baseline gap-2">
                <Link
                  href={placementAddress(group.id)}
                  prefetch={false}
                  className="min-w-0 flex-1 font-medium after:absolute after:inset-0"
                >
                  <Words text={`${group.namespace}/${group.workload.name}`} clip />
                </Link>
                <span className="text-sm">
                  <SkewWords group={group} />
                </span>
              </div>
              <DomainBars group={group} limit={4} />
              <p className="mt-1 text-2xs text-ink-3">
                by <Words text={topologyWord(group.topologyKey)} />, {group.whenUnsatisfiable}
              </p>
            </li>
          ))}
        </ul>
      )}
      {more > 0 && (
        <p className="border-line border-t px-4 py-2 text-sm">
          <Link href="/placement" className="link">
            {countText(more, 'more', 'more')}
          </Link>
        </p>
      )}
    </Panel>
  )
}
