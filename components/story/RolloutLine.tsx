'use client'

import { GitCommitHorizontal } from 'lucide-react'
import type { RolloutCause } from '../../domain/health/problem.ts'
import { Words } from '../kube/Words.tsx'
import { Age } from '../live/Age.tsx'
import { useClockText } from '../live/use-clock-text.ts'
import { clockTime, isoTime, stopwatch } from '../ui/clock-face.ts'
import { countText } from '../ui/count-text.ts'
import { imageChange } from './image-change.ts'

/** The new revision with which a trouble came, and what it changed. */
export function RolloutLine({ rollout }: { readonly rollout: RolloutCause }) {
  return (
    <div className="flex gap-2.5 text-sm">
      <GitCommitHorizontal size={16} aria-hidden="true" className="mt-0.5 shrink-0 text-ink-3" />
      <div className="min-w-0">
        <p>
          Began with <strong className="font-semibold">revision {rollout.revision}</strong>{' '}
          <span className="text-ink-2">
            (<Words text={`${rollout.kind} ${rollout.name}`} />, <Age at={rollout.at} suffix=" ago" />)
          </span>
        </p>
        {rollout.images.length > 0 && (
          <ul className="mt-0.5">
            {rollout.images.map(({ container, from, to }) => {
              const change = imageChange(from, to)
              return (
                <li key={container} className="text-ink-2">
                  <Words text={container} />: <Words text={change.from} className="font-mono text-xs line-through" />{' '}
                  <span aria-hidden="true">→</span>
                  <span className="sr-only">became</span>{' '}
                  <Words text={change.to} className="font-mono font-semibold text-ink text-xs" />
                </li>
              )
            })}
          </ul>
        )}
        {rollout.changes.length > 0 && (
          <ul className="text-ink-2">
            {rollout.changes.map((change) => (
              <li key={change}>
                <Words text={change} />
              </li>
            ))}
          </ul>
        )}
        {rollout.deadlineAt !== null && (
          <p className="text-ink-3">
            Kubernetes reports the rollout as failed <RolloutDeadline at={rollout.deadlineAt} />.
          </p>
        )}
        {rollout.before.readyPods > 0 && (
          <p className="text-ink-3">
            Revision {rollout.before.revision} before it still has {countText(rollout.before.readyPods, 'ready pod')}.
          </p>
        )}
      </div>
    </div>
  )
}

/** "in 3:12", or "since 12:03:41": a rollout that is late stays so until it is mended. */
function RolloutDeadline({ at }: { readonly at: number }) {
  const text = useClockText((now) => (at > now ? `in ${stopwatch(at - now)}` : `since ${clockTime(at)}`))
  return (
    <time dateTime={isoTime(at)} className="whitespace-nowrap">
      {text}
    </time>
  )
}
