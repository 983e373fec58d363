import Link from 'next/link'
import { memo } from 'react'
import { placementAddress } from '../kube/addresses.ts'
import { SeverityBar } from '../kube/SeverityBar.tsx'
import { SeverityGlyph } from '../kube/SeverityGlyph.tsx'
import { Words } from '../kube/Words.tsx'
import { countText } from '../ui/count-text.ts'
import { NodeBox } from './NodeBox.tsx'
import type { CellSize } from './PodCells.tsx'
import { podsOn, type Zone } from './zone-groups.ts'

const skewsShown = 2

/** One zone: its sums, what leans here, and its nodes. */
export const ZoneColumn = memo(function ZoneColumn({ zone, size }: { readonly zone: Zone; readonly size: CellSize }) {
  const leaning = zone.overfull.length > 0
  return (
    <section
      aria-label={zone.name === null ? 'Nodes without a zone' : `Zone ${zone.name}`}
      data-severity={leaning ? 'warning' : 'none'}
      className="flex min-w-0 flex-col gap-2.5"
    >
      <div className={`border-t-2 pt-2 ${leaning ? 'border-s-fill' : 'border-line-strong'}`}>
        <div className="flex items-baseline justify-between gap-2">
          <h3 className="min-w-0 font-semibold">
            {zone.name === null ? 'No zone label' : <Words text={zone.name} clip />}
          </h3>
          <span className="shrink-0 text-ink-3 text-xs">
            {countText(zone.nodes.length, 'node')}, {countText(podsOn(zone), 'pod')}
          </span>
        </div>
        <SeverityBar counts={zone.pods} className="mt-1.5 h-1" />
        {zone.notReady > 0 && (
          <p data-severity="error" className="mt-2 flex items-center gap-1.5 font-semibold text-s text-sm">
            <SeverityGlyph severity="error" label={false} size="0.875rem" />
            {countText(zone.notReady, 'node')} not ready
          </p>
        )}
        {zone.overfull.slice(0, skewsShown).map(({ group, count, over }) => (
          <Link
            key={group.id}
            href={placementAddress(group.id)}
            prefetch={false}
            className="mt-2 flex items-center gap-2 rounded-md border border-s-line bg-s-soft px-2 py-1 text-sm hover:border-s"
          >
            <LeaningLine />
            <span className="min-w-0">
              <Words text={`${group.namespace}/${group.workload.name}`} className="font-semibold" />{' '}
              <span className="text-s">
                {countText(count, 'pod')} here, {over} too many
              </span>
            </span>
          </Link>
        ))}
        {zone.overfull.length > skewsShown && (
          <p className="mt-1 text-xs">
            <Link href="/placement?violated=1" prefetch={false} className="link text-s">
              {countText(zone.overfull.length - skewsShown, 'more workload')} with too many pods here
            </Link>
          </p>
        )}
      </div>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,11rem),1fr))] gap-2">
        {zone.nodes.map((node) => (
          <NodeBox key={node.name} node={node} size={size} />
        ))}
      </div>
    </section>
  )
})

/** The plumb line out of true. */
function LeaningLine() {
  return (
    <svg viewBox="0 0 14 16" className="h-4 w-3.5 shrink-0" fill="none" aria-hidden="true">
      <path d="M4 1h8" stroke="var(--s)" strokeWidth="1.5" strokeLinecap="round" />
      <path d="M8 1 5 11" stroke="var(--s)" strokeWidth="1.5" />
      <path d="m3.2 10.5 3.6 1-2.8 3.7z" fill="var(--s)" />
    </svg>
  )
}
