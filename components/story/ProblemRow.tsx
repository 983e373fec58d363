'use client'

import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { memo, useId } from 'react'
import { groupSubjectWords } from '../../domain/health/group-subject.ts'
import type { ProblemGroup } from '../../domain/health/problem.ts'
import { subjectAddress } from '../kube/problem-address.ts'
import { problemKindWord } from '../kube/problem-words.ts'
import { RoleTag } from '../kube/RoleTag.tsx'
import { isCompanion } from '../kube/role-words.ts'
import { SeverityGlyph } from '../kube/SeverityGlyph.tsx'
import { Words } from '../kube/Words.tsx'
import { Age } from '../live/Age.tsx'
import { Countdown } from '../live/Countdown.tsx'
import { visibleText } from '../ui/visible-text.ts'
import { GroupStory } from './GroupStory.tsx'

/** One group of a list of problems: what, whose, why, since when. It unfolds to the whole story. */
export const ProblemRow = memo(function ProblemRow({
  group,
  room,
  open,
  onOpen,
}: {
  readonly group: ProblemGroup
  readonly room: string
  readonly open: boolean
  readonly onOpen: (id: string) => void
}) {
  const id = useId()
  const address = subjectAddress(group)
  return (
    <div data-severity={group.severity} className={open ? 'bg-s-soft/45' : ''}>
      <div className="relative grid grid-cols-[auto_minmax(0,1fr)_auto] gap-x-3 px-4 py-2.5 hover:bg-sunken/60">
        <span className="pt-0.5">
          <SeverityGlyph severity={group.severity} size="1.0625rem" />
        </span>
        <div className="min-w-0">
          <button
            type="button"
            aria-expanded={open}
            aria-controls={open ? id : undefined}
            onClick={() => onOpen(group.id)}
            className="block min-h-6 text-left font-semibold leading-5 after:absolute after:inset-0"
          >
            <Words text={group.title} className={open ? '' : 'line-clamp-2'} />
          </button>
          <p className="flex min-h-6 min-w-0 flex-wrap items-center gap-x-2 text-ink-2 text-sm">
            {address === null ? (
              <Words text={groupSubjectWords(group)} />
            ) : (
              <Link
                href={address}
                prefetch={false}
                className="link relative z-10 inline-flex min-h-6 min-w-0 items-center text-ink-2"
              >
                <Words text={groupSubjectWords(group)} />
              </Link>
            )}
            {group.affects.containers.length > 0 && (
              <span className="text-ink-3">
                {group.affects.containers.length === 1 ? 'container' : 'containers'}{' '}
                <Words text={group.affects.containers.join(', ')} className="text-ink-2" />
              </span>
            )}
            {isCompanion(group.role) && <RoleTag role={group.role ?? ''} />}
          </p>
          {group.detail !== '' && (
            <Words
              text={group.detail}
              className={`mt-0.5 ${open ? 'block whitespace-pre-wrap text-ink-2 text-sm' : 'line-clamp-2 text-ink-3 text-xs'}`}
            />
          )}
        </div>
        <div className="flex flex-col items-end">
          <span className="flex items-center gap-1 font-semibold text-s">
            <Age at={group.since} />
            <ChevronRight
              size={15}
              aria-hidden="true"
              className={`-mr-1 text-ink-3 transition-transform ${open ? 'rotate-90' : ''}`}
            />
          </span>
          <span className="text-2xs text-ink-3">{problemKindWord(group.kind)}</span>
          {!open && group.next?.at != null && (
            <span className="text-2xs text-ink-2" title={visibleText(group.next.text)}>
              next step <Countdown at={group.next.at} over="any moment" />
            </span>
          )}
        </div>
      </div>
      {open && (
        <div id={id} className="px-4 pt-1 pb-4 sm:pl-[2.8125rem]">
          <GroupStory group={group} room={room} />
        </div>
      )}
    </div>
  )
})
