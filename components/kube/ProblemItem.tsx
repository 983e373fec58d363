'use client'

import Link from 'next/link'
import { memo } from 'react'
import { groupSubjectWords } from '../../domain/health/group-subject.ts'
import type { Problem, ProblemGroup } from '../../domain/health/problem.ts'
import { Age } from '../live/Age.tsx'
import { problemAddress } from './problem-address.ts'
import { problemKindWord } from './problem-words.ts'
import { SeverityGlyph } from './SeverityGlyph.tsx'
import { Words } from './Words.tsx'

/** One group of a list of problems: what, whose, why, since when. The whole of it is the link. */
export const ProblemItem = memo(function ProblemItem({ group }: { readonly group: ProblemGroup }) {
  return (
    <ProblemLine
      problem={group}
      subject={groupSubjectWords(group)}
      containers={group.affects.containers}
      address={problemAddress(group)}
      whole={false}
    />
  )
})

/** A problem as a line, of a group or of one pod. */
export function ProblemLine({
  problem,
  subject,
  containers,
  address,
  whole,
}: {
  readonly problem: Pick<Problem, 'severity' | 'kind' | 'title' | 'detail' | 'since'>
  readonly subject: string
  readonly containers: readonly string[]
  readonly address: string
  /** All of the detail: where there is room and this is what the reader came for. */
  readonly whole: boolean
}) {
  return (
    <div
      data-severity={problem.severity}
      className="group/problem relative grid grid-cols-[auto_minmax(0,1fr)_auto] gap-x-3 py-2.5 pr-4 pl-4 hover:bg-sunken/60"
    >
      <span className="pt-0.5">
        <SeverityGlyph severity={problem.severity} size="1.0625rem" />
      </span>
      <div className="min-w-0">
        <Link
          href={address}
          prefetch={false}
          className="font-semibold text-ink leading-5 after:absolute after:inset-0 group-hover/problem:text-accent"
        >
          <Words text={problem.title} className={whole ? '' : 'line-clamp-2'} />
        </Link>
        <p className="mt-0.5 flex min-w-0 flex-wrap gap-x-2 text-ink-2 text-sm">
          <span className={`min-w-0 ${whole ? '' : 'line-clamp-2'}`}>
            <Words text={subject} />
          </span>
          {containers.length > 0 && (
            <span className="text-ink-3">
              {containers.length === 1 ? 'container' : 'containers'}{' '}
              <Words text={containers.join(', ')} className="text-ink-2" />
            </span>
          )}
        </p>
        {problem.detail !== '' && (
          <Words
            text={problem.detail}
            className={`mt-0.5 ${whole ? 'block whitespace-pre-wrap text-ink-2 text-sm' : 'line-clamp-2 text-ink-3 text-xs'}`}
          />
        )}
      </div>
      <div className="text-right">
        <span className="font-semibold text-s">
          <Age at={problem.since} />
        </span>
        <span className="block text-2xs text-ink-3">{problemKindWord(problem.kind)}</span>
      </div>
    </div>
  )
}
