import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { memo } from 'react'
import type { PlacementGroup } from '../../domain/live/protocol.ts'
import { workloadAddress } from '../kube/addresses.ts'
import { SeverityGlyph } from '../kube/SeverityGlyph.tsx'
import { topologyWord } from '../kube/topology-key.ts'
import { Words } from '../kube/Words.tsx'
import { constraintWords } from './constraint-words.ts'
import { DomainColumns } from './DomainColumns.tsx'
import { PlacementDetail } from './PlacementDetail.tsx'

/** One constraint of one workload: what it asks, how the pods lie, how far that is from what is allowed. */
export const PlacementItem = memo(function PlacementItem({
  group,
  open,
  onOpen,
}: {
  readonly group: PlacementGroup
  readonly open: boolean
  readonly onOpen: (group: string) => void
}) {
  const severity = group.violated ? 'warning' : 'ok'
  return (
    <div data-severity={severity} className={group.violated ? 'bg-s-soft/50' : ''}>
      <div className="relative grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-3 gap-y-2 px-4 py-3 hover:bg-sunken/50 md:grid-cols-[auto_minmax(0,4fr)_minmax(0,4fr)_8.5rem]">
        <button
          type="button"
          aria-expanded={open}
          aria-label={`Domains of ${group.namespace}/${group.workload.name} by ${group.topologyKey}`}
          onClick={() => onOpen(group.id)}
          className="grid h-6 w-6 place-items-center rounded-sm text-ink-3 after:absolute after:inset-0"
        >
          <ChevronRight size={16} aria-hidden="true" className={`transition-transform ${open ? 'rotate-90' : ''}`} />
        </button>
        <div className="min-w-0">
          <p className="flex min-w-0 flex-wrap gap-x-2">
            <Link
              href={workloadAddress(group.namespace, group.workload)}
              prefetch={false}
              className="relative z-10 font-semibold hover:text-accent"
            >
              <Words text={`${group.namespace}/${group.workload.name}`} className="line-clamp-2" />
            </Link>
            <Words text={group.workload.kind} className="text-ink-3" />
          </p>
          <p className="text-ink-2 text-sm">
            <Words text={constraintWords(group, topologyWord(group.topologyKey))} className="line-clamp-3" />
          </p>
        </div>
        <div className="min-w-0 max-md:col-start-2">
          <DomainColumns group={group} />
        </div>
        <div className="max-md:col-start-2 max-md:flex max-md:items-center max-md:gap-3 md:text-right">
          <p className="flex items-center gap-1.5 font-semibold md:justify-end">
            <SeverityGlyph severity={severity} label={false} size="0.9375rem" />
            <span className="whitespace-nowrap text-s">{group.violated ? 'Violated' : 'Within maxSkew'}</span>
          </p>
          <p className="text-ink-2 text-sm">
            skew <strong className={group.violated ? 'text-s' : 'font-semibold text-ink'}>{group.skew}</strong>, maxSkew{' '}
            {group.maxSkew}
          </p>
        </div>
      </div>
      {open && <PlacementDetail group={group} />}
    </div>
  )
})
