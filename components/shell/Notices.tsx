'use client'

import { RefreshCw, Unplug } from 'lucide-react'
import { humanDuration } from '../../domain/health/human-duration.ts'
import { useClockText } from '../live/use-clock-text.ts'
import { useFreshness, useOutdated, useStatus, useStatusPart } from '../live/use-status.ts'
import { clockTime } from '../ui/clock-face.ts'
import { visibleText } from '../ui/visible-text.ts'

/** The strips under the header that concern every page: demo data, lost connection, new version. */
export function Notices() {
  return (
    <>
      <DemoNotice />
      <StaleNotice />
      <OutdatedNotice />
    </>
  )
}

function DemoNotice() {
  const demo = useStatusPart((status) => status.cluster.demo)
  if (!demo) return null
  return (
    <div className="demo-stripes flex justify-center py-1">
      <p className="rounded-sm bg-canvas px-3 py-0.5 text-center font-bold text-ink text-sm uppercase tracking-wide">
        Demo cluster{' '}
        <span className="font-medium normal-case tracking-normal">– invented data, nothing here is real</span>
      </p>
    </div>
  )
}

function StaleNotice() {
  const freshness = useFreshness()
  const cause = useStatus()?.kinds.find((kind) => kind.state === 'retrying' && kind.message !== '')
  const since = useClockText((now) =>
    freshness.state === 'stale' && freshness.asOf !== null
      ? `What you see is as of ${clockTime(freshness.asOf)}, ${humanDuration(now - freshness.asOf)} ago.`
      : '',
  )
  if (freshness.state !== 'stale') return null
  const lost =
    freshness.lost === 'server'
      ? 'The Plumbline server can’t be reached.'
      : `Plumbline can’t hear the cluster${cause ? ` (${visibleText(cause.message)})` : ''}.`
  return (
    <div data-severity="error" className="border-s-line border-b bg-s-soft px-4 py-2 text-s">
      <p className="mx-auto flex max-w-(--page) items-center gap-2.5">
        <Unplug size={17} aria-hidden="true" className="shrink-0" />
        <span>
          <strong className="font-semibold">
            <bdi>{lost}</bdi>
          </strong>{' '}
          {since} It keeps trying by itself.
        </span>
        {freshness.lost === 'server' && (
          <button type="button" className="link ml-auto shrink-0 text-s" onClick={() => window.location.reload()}>
            Reload
          </button>
        )}
      </p>
    </div>
  )
}

function OutdatedNotice() {
  const outdated = useOutdated()
  if (!outdated) return null
  return (
    <div className="border-line border-b bg-accent-soft px-4 py-2">
      <p className="mx-auto flex max-w-(--page) flex-wrap items-center gap-2.5">
        <RefreshCw size={16} aria-hidden="true" className="shrink-0" />
        The server runs a newer Plumbline than this page.
        <button type="button" className="link font-semibold" onClick={() => window.location.reload()}>
          Reload the page
        </button>
      </p>
    </div>
  )
}
