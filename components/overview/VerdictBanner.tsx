'use client'

import Link from 'next/link'
import { useEffect, useState } from 'react'
import { groupSubjectWords } from '../../domain/health/group-subject.ts'
import type { ProblemGroup } from '../../domain/health/problem.ts'
import type { OverviewSummary } from '../../domain/live/protocol.ts'
import { PlumbMark } from '../kube/PlumbMark.tsx'
import { problemAddress } from '../kube/problem-address.ts'
import { Words } from '../kube/Words.tsx'
import { Age } from '../live/Age.tsx'
import { useFreshness } from '../live/use-status.ts'
import { clockTime } from '../ui/clock-face.ts'
import { countText } from '../ui/count-text.ts'
import { PodCounts } from './PodCounts.tsx'
import { verdictOf } from './verdict-words.ts'

/** The answer of the page: is anything wrong, what is the worst of it, since when. */
export function VerdictBanner({
  summary,
  worst,
}: {
  readonly summary: OverviewSummary
  readonly worst: ProblemGroup | undefined
}) {
  const freshness = useFreshness()
  const past = freshness.state === 'stale'
  const { severity, headline } = verdictOf(summary, past)
  const asOf = past && freshness.asOf !== null ? `At ${clockTime(freshness.asOf)}: ` : ''
  return (
    <section
      data-severity={severity}
      aria-label="Verdict"
      className="panel relative flex gap-4 overflow-hidden border-s-line px-4 data-[severity=error]:bg-s-soft data-[severity=warning]:bg-s-soft max-xl:flex-col sm:gap-6 sm:px-6"
    >
      <div className="flex min-w-0 flex-1 gap-3 sm:gap-6">
        <PlumbMark
          severity={severity}
          faint={past}
          className="h-28 w-21 shrink-0 max-sm:-ml-3 max-sm:h-24 max-sm:w-18 wall:h-36 wall:w-27"
        />
        <div className="min-w-0 self-center py-4">
          <h1 className="font-semibold text-2xl text-s leading-tight tracking-tight sm:text-3xl wall:text-5xl">
            {asOf}
            {headline}
            {severity === 'ok' && '.'}
          </h1>
          <div className="mt-1.5 text-ink-2 sm:text-lg">
            {worst ? <Worst group={worst} /> : <Calm summary={summary} past={past} />}
          </div>
        </div>
      </div>
      <PodCounts summary={summary} />
      <Announcement text={`${asOf}${headline}`} />
    </section>
  )
}

function Worst({ group }: { readonly group: ProblemGroup }) {
  return (
    <p>
      Worst:{' '}
      <Link href={problemAddress(group)} prefetch={false} className="link font-semibold">
        <Words text={group.title} />
      </Link>{' '}
      – <Words text={groupSubjectWords(group)} />, for <Age at={group.since} />
    </p>
  )
}

function Calm({ summary, past }: { readonly summary: OverviewSummary; readonly past: boolean }) {
  const { progress } = summary.pods.bySeverity
  if (summary.pods.total === 0) return <p>Nothing runs here yet. What starts will appear by itself.</p>
  if (progress > 0) return <p>{countText(progress, 'pod')} on the way up or down; nothing to do.</p>
  return <p>Nothing {past ? 'was' : 'is'} out of true: no restart loop, no stuck start, no violated spread.</p>
}

/** The verdict for screen readers: repeated when it changes, but not in every flutter. */
function Announcement({ text }: { readonly text: string }) {
  const [spoken, setSpoken] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSpoken(text), 5_000)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <p role="status" className="sr-only">
      {spoken}
    </p>
  )
}
