'use client'

import { useState } from 'react'
import { probeKindWords } from '../container/probe-words.ts'
import { Words } from '../kube/Words.tsx'
import { Age } from '../live/Age.tsx'
import { dayAndTime } from '../ui/clock-face.ts'
import { countText } from '../ui/count-text.ts'
import { Panel } from '../ui/Panel.tsx'
import { SkeletonRows } from '../ui/Skeleton.tsx'
import type { PodHistoryRecord, ProbeFailure } from './pod-history.ts'
import type { PodHistoryState } from './use-pod-history.ts'

const failuresShown = 5
const changesShown = 4

/** What the history keeps of the pod beyond Kubernetes' own memory: probe failures, readiness, and its own gaps. */
export function PodHistory({ state }: { readonly state: PodHistoryState }) {
  return (
    <Panel title="History">
      {state.state === 'loading' && <SkeletonRows rows={3} label="The history is on its way" />}
      {state.state === 'none' && <p className="text-ink-3 text-sm">{state.message}</p>}
      {state.state === 'ready' && <History history={state.history} />}
    </Panel>
  )
}

function History({ history }: { readonly history: PodHistoryRecord }) {
  const { probeFailures, readinessChanges, gaps } = history
  return (
    <div className="flex flex-col gap-3.5 text-sm">
      <div>
        <h3 className="caption mb-1">Probe failures</h3>
        {probeFailures.length === 0 ? (
          <p className="text-ink-3">None seen.</p>
        ) : (
          <Cut items={probeFailures} shown={failuresShown} draw={(failure) => <FailureLine failure={failure} />} />
        )}
      </div>
      {readinessChanges.length > 0 && (
        <div>
          <h3 className="caption mb-1">Readiness</h3>
          <Cut
            items={readinessChanges}
            shown={changesShown}
            draw={({ container, ready, at }) => (
              <p className="flex gap-2">
                <span className="min-w-0 flex-1">
                  <Words text={container ?? 'the pod'} />{' '}
                  <span className={ready ? 'text-ink-2' : 'font-medium text-warning'}>
                    {ready ? 'ready' : 'not ready'}
                  </span>
                </span>
                <span className="text-ink-3">
                  <Age at={at} suffix=" ago" />
                </span>
              </p>
            )}
          />
        </div>
      )}
      {gaps.length > 0 && (
        <p className="text-ink-3">
          Plumbline didn’t hear the cluster {countText(gaps.length, 'time')} in this pod’s life, last from{' '}
          {dayAndTime(gaps[0]?.from ?? 0)} to {dayAndTime(gaps[0]?.to ?? 0)}: what happened then is known only in part.
        </p>
      )}
    </div>
  )
}

function FailureLine({ failure }: { readonly failure: ProbeFailure }) {
  const { container, probe, message, count, at } = failure
  return (
    <>
      <p className="flex flex-wrap gap-x-2">
        <span className="font-medium">
          {Object.hasOwn(probeKindWords, probe) ? probeKindWords[probe as 'liveness'] : probe}
        </span>
        <Words text={container} className="text-ink-3" />
        <span className="ml-auto whitespace-nowrap text-ink-3">
          {count > 1 && `×${count}, `}
          <Age at={at} suffix=" ago" />
        </span>
      </p>
      <Words text={message} className="line-clamp-2 text-ink-2 text-xs" />
    </>
  )
}

function Cut<T>({
  items,
  shown,
  draw,
}: {
  readonly items: readonly T[]
  readonly shown: number
  readonly draw: (item: T) => React.ReactNode
}) {
  const [all, setAll] = useState(false)
  const visible = all ? items : items.slice(0, shown)
  return (
    <>
      <ul className="divide-y divide-line border-line border-y">
        {visible.map((item) => (
          <li key={JSON.stringify(item)} className="py-1">
            {draw(item)}
          </li>
        ))}
      </ul>
      {items.length > visible.length && (
        <button type="button" className="link mt-1.5" onClick={() => setAll(true)}>
          {items.length - visible.length} earlier
        </button>
      )}
    </>
  )
}
