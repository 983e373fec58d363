'use client'

import Link from 'next/link'
import { useEffect, useRef } from 'react'
import type { PlacementSummary } from '../../domain/live/protocol.ts'
import { useRecord } from '../live/use-record.ts'
import { useRoom } from '../live/use-room.ts'
import { numberText } from '../ui/count-text.ts'

const room = 'placement-summary'

export type PlacementTab = 'spread' | 'pending' | 'affinity' | 'risks' | 'board' | 'what-if'

const tabs: readonly {
  readonly id: PlacementTab
  readonly href: string
  readonly name: string
  readonly count?: keyof PlacementSummary
}[] = [
  { id: 'spread', href: '/placement', name: 'Spread', count: 'violated' },
  { id: 'pending', href: '/placement?tab=pending', name: 'Pending', count: 'pending' },
  { id: 'affinity', href: '/placement?tab=affinity', name: 'Affinity', count: 'brokenAffinity' },
  { id: 'risks', href: '/placement?tab=risks', name: 'Risks', count: 'risks' },
  { id: 'board', href: '/board', name: 'Board' },
  { id: 'what-if', href: '/what-if', name: 'What if' },
]

const countWords: Readonly<Record<string, string>> = {
  violated: 'violated',
  pending: 'pending',
  brokenAffinity: 'broken',
  risks: 'at risk',
}

/** The parts of Placement, each with what it has to tell. */
export function PlacementTabs({ here }: { readonly here: PlacementTab }) {
  useRoom(room)
  const summary = useRecord<PlacementSummary>(room, 'summary')
  const list = useRef<HTMLUListElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab, and one that its count has moved, is to be brought into sight
  useEffect(() => {
    // On a phone the later ones lie outside.
    const current = list.current?.querySelector<HTMLElement>('[aria-current]')
    const strip = list.current?.parentElement
    if (current && strip) strip.scrollLeft = current.offsetLeft - strip.clientWidth / 2 + current.offsetWidth / 2
  }, [here, summary === undefined])
  return (
    <nav aria-label="Placement" className="relative -mx-3 overflow-x-auto px-3 sm:mx-0 sm:px-0">
      <ul ref={list} className="flex w-max min-w-full gap-1 border-line border-b">
        {tabs.map(({ id, href, name, count }) => {
          const value = count && summary ? summary[count] : 0
          return (
            <li key={id}>
              <Link
                href={href}
                aria-current={id === here ? 'page' : undefined}
                className="relative flex min-h-10 items-center gap-1.5 px-2 text-ink-2 sm:px-3 hover:text-ink aria-[current]:font-semibold aria-[current]:text-ink aria-[current]:after:absolute aria-[current]:after:inset-x-2 aria-[current]:after:bottom-[-1px] aria-[current]:after:h-0.5 aria-[current]:after:rounded-full aria-[current]:after:bg-accent"
              >
                {name}
                {count && value > 0 && (
                  <span
                    data-severity="warning"
                    className="rounded-full border border-s-line bg-s-soft px-1.5 font-semibold text-s text-xs"
                  >
                    {numberText(value)}
                    <span className="sr-only"> {countWords[count]}</span>
                  </span>
                )}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
