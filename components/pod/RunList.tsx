'use client'

import { useState } from 'react'
import { spanWords } from '../../domain/health/span-words.ts'
import { Words } from '../kube/Words.tsx'
import { Age } from '../live/Age.tsx'
import { dayAndTime } from '../ui/clock-face.ts'
import { countText } from '../ui/count-text.ts'
import type { KnownRun } from './container-runs.ts'
import { enderWords, isUnsaid, runLook } from './run-look.ts'

const shownAtFirst = 3

/** The runs in words, newest first: what ended each, who did it, how long it took, what it said. */
export function RunList({
  runs,
  restartCount,
}: {
  readonly runs: readonly KnownRun[]
  /** Kubernetes' own count: it may know of more runs than anybody saw. */
  readonly restartCount: number | null
}) {
  const [all, setAll] = useState(false)
  const shown = all ? runs : runs.slice(0, shownAtFirst)
  const hidden = runs.length - shown.length
  const unseen = restartCount === null ? 0 : Math.max(0, restartCount + 1 - runs.length)
  return (
    <>
      <ol className="divide-y divide-line text-sm" aria-label="Runs, newest first">
        {shown.map((run) => (
          <RunLine key={run.startedAt ?? run.finishedAt ?? 0} run={run} isOldest={run === runs.at(-1)} />
        ))}
      </ol>
      {(hidden > 0 || unseen > 0) && (
        <p className="border-line border-t pt-1.5 text-ink-3 text-sm">
          {hidden > 0 && (
            <button type="button" className="link text-ink" onClick={() => setAll(true)}>
              {countText(hidden, 'earlier run')}
            </button>
          )}
          {hidden > 0 && unseen > 0 && ', '}
          {unseen > 0 &&
            `${countText(unseen, 'more restart')} that Kubernetes counts, of which nothing is known any more`}
        </p>
      )}
    </>
  )
}

function RunLine({
  run,
  isOldest,
}: {
  readonly run: KnownRun
  /** What came before it the foot tells. */
  readonly isOldest: boolean
}) {
  const { severity, Icon } = runLook(run)
  const { cause, startedAt, finishedAt } = run
  const ender = cause === null ? '' : enderWords(cause)
  return (
    <li data-severity={severity} className="grid grid-cols-[1rem_minmax(0,1fr)_auto] gap-x-2.5 py-1.5">
      <Icon size={14} aria-hidden="true" className="mt-[3px] text-s" />
      <div className="min-w-0">
        {finishedAt === null ? (
          <p className="font-medium">Runs</p>
        ) : (
          <p>
            <Words
              text={capital(cause?.words ?? 'unknown')}
              className={severity === 'error' ? 'font-semibold text-s' : 'font-medium'}
            />
            <span className="text-ink-3">
              {ender !== '' && `, ${ender}`}
              {cause !== null && isUnsaid(cause) && ', by all signs'}
            </span>
          </p>
        )}
        {run.message !== '' && (
          <Words
            text={run.message}
            className="mt-0.5 line-clamp-4 whitespace-pre-wrap rounded-sm bg-sunken px-2 py-1 font-mono text-xs"
          />
        )}
        {run.missedBefore > 0 && !isOldest && (
          <p className="text-ink-3 text-xs">{countText(run.missedBefore, 'run')} before this one not seen</p>
        )}
      </div>
      <p className="text-right text-ink-2">
        {finishedAt === null ? (
          startedAt !== null && (
            <>
              for <Age at={startedAt} />
            </>
          )
        ) : (
          <>
            <Age at={finishedAt} suffix=" ago" />
            {startedAt !== null && (
              <span className="block text-ink-3 text-xs" title={`began ${dayAndTime(startedAt)}`}>
                ran {run.approximate ? 'at most ' : ''}
                {spanWords(finishedAt - startedAt)}
              </span>
            )}
          </>
        )}
      </p>
    </li>
  )
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
