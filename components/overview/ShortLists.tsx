'use client'

import Link from 'next/link'
import { useMemo } from 'react'
import type { OverviewProblem } from '../../domain/live/protocol.ts'
import { problemsAddress } from '../kube/addresses.ts'
import { problemAddress } from '../kube/problem-address.ts'
import { compareProblems } from '../kube/problem-groups.ts'
import { subjectWords } from '../kube/problem-words.ts'
import { SeverityGlyph } from '../kube/SeverityGlyph.tsx'
import { Words } from '../kube/Words.tsx'
import { Age } from '../live/Age.tsx'
import { countText } from '../ui/count-text.ts'
import { Panel } from '../ui/Panel.tsx'

type Entries = readonly (readonly [string, OverviewProblem])[]

const shown = 6

/** Containers that start and end again and again. */
export function RestartLoopsPanel({ problems, total }: { readonly problems: Entries; readonly total: number }) {
  return (
    <ShortList
      title="Restart loops"
      problems={problems}
      kinds={restartKinds}
      total={total}
      none="No container restarts in a loop."
    />
  )
}

/** Pods whose init containers fail or don't end. */
export function InitStuckPanel({ problems, total }: { readonly problems: Entries; readonly total: number }) {
  return (
    <ShortList
      title="Stuck init containers"
      problems={problems}
      kinds={initKinds}
      total={total}
      none="No pod is stuck in its init containers."
    />
  )
}

const restartKinds = ['restart-loop']
const initKinds = ['init-stuck', 'init-failing']

function ShortList({
  title,
  problems,
  kinds,
  total,
  none,
}: {
  readonly title: string
  readonly problems: Entries
  readonly kinds: readonly string[]
  readonly total: number
  readonly none: string
}) {
  const matching = useMemo(
    () =>
      problems
        .map(([, problem]) => problem)
        .filter((problem) => kinds.includes(problem.kind))
        .sort(compareProblems),
    [problems, kinds],
  )
  const visible = matching.slice(0, shown)
  const more = Math.max(total, matching.length) - visible.length
  return (
    <Panel title={title} count={total === 0 ? undefined : total} bodyClassName="">
      {visible.length === 0 ? (
        <p className="px-4 pb-4 text-ink-3 text-sm">{none}</p>
      ) : (
        <ul className="divide-y divide-line border-line border-t">
          {visible.map((problem) => (
            <li key={problem.id} className="relative flex gap-3 px-4 py-2 hover:bg-sunken/60">
              <span className="pt-0.5">
                <SeverityGlyph severity={problem.severity} size="0.9375rem" />
              </span>
              <div className="min-w-0 flex-1">
                <Link
                  href={problemAddress(problem)}
                  prefetch={false}
                  className="block font-medium after:absolute after:inset-0"
                >
                  <Words text={subjectWords(problem.subject)} clip />
                </Link>
                <p className="flex gap-1.5 text-ink-2 text-sm">
                  {problem.container !== null && (
                    <Words text={problem.container} clip className="max-w-[45%] shrink-0 font-medium" />
                  )}
                  <Words text={problem.detail === '' ? problem.title : problem.detail} clip className="text-ink-3" />
                </p>
              </div>
              <span className="text-ink-2 text-sm">
                <Age at={problem.since} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {visible.length > 0 && more > 0 && (
        <p className="border-line border-t px-4 py-2 text-sm">
          <Link href={problemsAddress({ kind: kinds[0] ?? '' })} className="link">
            {countText(more, 'more', 'more')}
          </Link>
        </p>
      )}
    </Panel>
  )
}
