'use client'

import Link from 'next/link'
import { memo } from 'react'
import { Age } from '../live/Age.tsx'
import { countText } from '../ui/count-text.ts'
import { problemsAddress } from './addresses.ts'
import { problemAddress } from './problem-address.ts'
import { type ProblemGroup, sameProblemGroup } from './problem-groups.ts'
import { problemKindWord, subjectWords } from './problem-words.ts'
import { SeverityGlyph } from './SeverityGlyph.tsx'
import { Words } from './Words.tsx'

/** One line of a list of problems: what, whose, why, since when. The whole of it is the link. */
export const ProblemItem = memo(
  function ProblemItem({
    group,
    variant = 'row',
  }: {
    readonly group: ProblemGroup
    /** `whole` shows all of the detail: where there is room and this is what the reader came for. */
    readonly variant?: 'row' | 'whole'
  }) {
    const { lead, members } = group
    const many = members.length > 1 && lead.workload !== null
    const address = many
      ? problemsAddress({ text: lead.workload?.name ?? '', kind: lead.kind, each: '1' })
      : problemAddress(lead)
    return (
      <div
        data-severity={lead.severity}
        className="group/problem relative grid grid-cols-[auto_minmax(0,1fr)_auto] gap-x-3 py-2.5 pr-4 pl-4 hover:bg-sunken/60"
      >
        <span className="pt-0.5">
          <SeverityGlyph severity={lead.severity} size="1.0625rem" />
        </span>
        <div className="min-w-0">
          <Link
            href={address}
            prefetch={false}
            className="font-semibold text-ink leading-5 after:absolute after:inset-0 group-hover/problem:text-accent"
          >
            <Words text={lead.title} className={variant === 'row' ? 'line-clamp-2' : ''} />
          </Link>
          <p className="mt-0.5 flex min-w-0 flex-wrap gap-x-2 text-ink-2 text-sm">
            <Subject group={group} many={many} variant={variant} />
            {lead.container !== null && (
              <span className="text-ink-3">
                container <Words text={lead.container} className="text-ink-2" />
              </span>
            )}
          </p>
          {lead.detail !== '' && (
            <Words
              text={lead.detail}
              className={`mt-0.5 ${variant === 'row' ? 'line-clamp-2 text-ink-3 text-xs' : 'block whitespace-pre-wrap text-ink-2 text-sm'}`}
            />
          )}
        </div>
        <div className="text-right">
          <span className="font-semibold text-s">
            <Age at={group.since} />
          </span>
          <span className="block text-2xs text-ink-3">{problemKindWord(lead.kind)}</span>
        </div>
      </div>
    )
  },
  (a, b) => a.variant === b.variant && sameProblemGroup(a.group, b.group),
)

function Subject({
  group,
  many,
  variant,
}: {
  readonly group: ProblemGroup
  readonly many: boolean
  readonly variant: 'row' | 'whole'
}) {
  const { lead, members } = group
  const workload = lead.workload
  if (many && workload) {
    return (
      <span className={`min-w-0 ${variant === 'row' ? 'line-clamp-2' : ''}`}>
        <strong className="font-semibold">{countText(members.length, 'pod')}</strong> of {workload.kind}{' '}
        <Words text={`${lead.subject.namespace}/${workload.name}`} />
      </span>
    )
  }
  return (
    <span className={`min-w-0 ${variant === 'row' ? 'line-clamp-2' : ''}`}>
      {lead.subject.kind !== 'Pod' && <span className="text-ink-3">{lead.subject.kind} </span>}
      <Words text={subjectWords(lead.subject)} />
    </span>
  )
}
