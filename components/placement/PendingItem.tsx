import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { memo } from 'react'
import type { PendingPodRecord } from '../../domain/live/protocol.ts'
import { podAddress } from '../kube/addresses.ts'
import { SeverityGlyph } from '../kube/SeverityGlyph.tsx'
import { Words } from '../kube/Words.tsx'
import { Age } from '../live/Age.tsx'
import { countText } from '../ui/count-text.ts'
import { PendingDetail } from './PendingDetail.tsx'
import { pendingLook, pendingWords } from './pending-words.ts'
import { ReasonBar } from './ReasonBar.tsx'

/** One pod that waits for a node: since when, and in one line why. */
export const PendingItem = memo(function PendingItem({
  pod,
  open,
  onOpen,
}: {
  readonly pod: PendingPodRecord
  readonly open: boolean
  readonly onOpen: (uid: string) => void
}) {
  const severity = pendingLook(pod)
  const changes = pod.explanation?.changes ?? null
  return (
    <div data-severity={severity} className={severity === 'warning' ? 'bg-s-soft/40' : ''}>
      <div className="relative grid grid-cols-[auto_minmax(0,1fr)] items-start gap-x-3 gap-y-2 px-4 py-3 hover:bg-sunken/50 md:grid-cols-[auto_minmax(0,4fr)_minmax(0,4fr)_7rem]">
        <button
          type="button"
          aria-expanded={open}
          aria-label={`Why ${pod.namespace}/${pod.name} has no node`}
          onClick={() => onOpen(pod.uid)}
          className="grid h-6 w-6 place-items-center rounded-sm text-ink-3 after:absolute after:inset-0"
        >
          <ChevronRight size={16} aria-hidden="true" className={`transition-transform ${open ? 'rotate-90' : ''}`} />
        </button>
        <div className="min-w-0">
          <Link
            href={podAddress(pod.namespace, pod.name)}
            prefetch={false}
            className="relative z-10 font-semibold hover:text-accent"
          >
            <Words text={`${pod.namespace}/${pod.name}`} className="line-clamp-2" />
          </Link>
          <p className="flex items-center gap-1.5 text-sm">
            <SeverityGlyph severity={severity} label={false} size="0.875rem" />
            <span className="text-s">{pendingWords(pod)}</span>
          </p>
        </div>
        <div className="min-w-0 max-md:col-start-2">
          {pod.explanation && pod.explanation.nodes > 0 && <ReasonBar explanation={pod.explanation} />}
          {changes && changes.length > 0 && (
            <p className="mt-1 text-ink-2 text-xs">{countText(changes.length, 'single change')} would make it fit</p>
          )}
        </div>
        <p className="text-ink-2 text-sm max-md:col-start-2 md:text-right">
          <Age at={pod.since} />
        </p>
      </div>
      {open && <PendingDetail pod={pod} />}
    </div>
  )
})
