'use client'

import Link from 'next/link'
import { groupSubjectWords } from '../../domain/health/group-subject.ts'
import type { ProblemGroup } from '../../domain/health/problem.ts'
import { problemsAddress } from '../kube/addresses.ts'
import { problemAddress } from '../kube/problem-address.ts'
import { SeverityGlyph } from '../kube/SeverityGlyph.tsx'
import { Words } from '../kube/Words.tsx'
import { Age } from '../live/Age.tsx'
import { Countdown } from '../live/Countdown.tsx'
import { countText } from '../ui/count-text.ts'
import { Panel } from '../ui/Panel.tsx'
import { visibleText } from '../ui/visible-text.ts'

const shown = 6

/** Containers that start and end again and again. */
export function RestartLoopsPanel({
  groups,
  total,
}: {
  readonly groups: readonly ProblemGroup[]
  readonly total: number
}) {
  return (
    <ShortList
      title="Restart loops"
      groups={groups}
      kinds={restartKinds}
      total={total}
      all={problemsAddress({ kind: 'restart-loop' })}
      none="No container restarts in a loop."
    />
  )
}

/** Pods whose init containers fail or don't end. */
export function InitStuckPanel({
  groups,
  total,
}: {
  readonly groups: readonly ProblemGroup[]
  readonly total: number
}) {
  return (
    <ShortList
      title="Stuck init containers"
      groups={groups}
      kinds={initKinds}
      total={total}
      all={problemsAddress({ role: 'init' })}
      none="No pod is stuck in its init containers."
    />
  )
}

const restartKinds = ['restart-loop']
const initKinds = ['init-stuck', 'init-failing']

function ShortList({
  title,
  groups,
  kinds,
  total,
  all,
  none,
}: {
  readonly title: string
  /** The worst first. */
  readonly groups: readonly ProblemGroup[]
  readonly kinds: readonly string[]
  readonly total: number
  /** The address of all of them. */
  readonly all: string
  readonly none: string
}) {
  const matching = groups.filter(({ kind }) => kinds.includes(kind))
  const visible = matching.slice(0, shown)
  const more = Math.max(total, matching.length) - visible.length
  return (
    <Panel title={title} count={total === 0 ? undefined : total} bodyClassName="">
      {visible.length === 0 ? (
        <p className="px-4 pb-4 text-ink-3 text-sm">{none}</p>
      ) : (
        <ul className="divide-y divide-line border-line border-t">
          {visible.map((group) => (
            <li key={group.id} className="relative flex gap-3 px-4 py-2 hover:bg-sunken/60">
              <span className="pt-0.5">
                <SeverityGlyph severity={group.severity} size="0.9375rem" />
              </span>
              <div className="min-w-0 flex-1">
                <Link
                  href={problemAddress(group)}
                  prefetch={false}
                  className="block font-medium after:absolute after:inset-0"
                >
                  <Words text={groupSubjectWords(group)} clip />
                </Link>
                <p className="flex gap-1.5 text-ink-2 text-sm">
                  {group.affects.containers.length > 0 && (
                    <Words
                      text={group.affects.containers.join(', ')}
                      clip
                      className="max-w-[45%] shrink-0 font-medium"
                    />
                  )}
                  <Words text={group.title} clip className="text-ink-3" />
                </p>
              </div>
              <span className="text-right text-ink-2 text-sm">
                <Age at={group.since} />
                {group.next?.at != null && (
                  <span className="block text-2xs text-ink-3" title={visibleText(group.next.text)}>
                    next step <Countdown at={group.next.at} over="any moment" />
                  </span>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      {visible.length > 0 && more > 0 && (
        <p className="border-line border-t px-4 py-2 text-sm">
          <Link href={all} prefetch={false} className="link">
            {countText(more, 'more', 'more')}
          </Link>
        </p>
      )}
    </Panel>
  )
}
