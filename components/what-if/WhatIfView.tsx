'use client'

import { RefreshCw } from 'lucide-react'
import { useMemo, useState } from 'react'
import { PlumbMark } from '../kube/PlumbMark.tsx'
import { useFreshness } from '../live/use-status.ts'
import { useUrlState } from '../live/use-url-state.ts'
import { NodesNote } from '../placement/NodesNote.tsx'
import { PlacementTabs } from '../placement/PlacementTabs.tsx'
import { CopyButton } from '../ui/CopyButton.tsx'
import { clockTime } from '../ui/clock-face.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { SkeletonRows } from '../ui/Skeleton.tsx'
import { Outcome } from './Outcome.tsx'
import { SupposePanel } from './SupposePanel.tsx'
import { useWhatIf } from './use-what-if.ts'
import { type Suppositions, suppositionsFromUrl, whatIfChanges, whatIfQuery } from './what-if-url.ts'

/** Suppose something, and see what would come of it. Computed; the cluster is never touched. */
export function WhatIfView() {
  const { parameters } = useUrlState()
  const query = parameters.toString()
  const supposed = useMemo(() => suppositionsFromUrl(new URLSearchParams(query)), [query])
  const changes = useMemo(() => whatIfChanges(supposed), [supposed])
  const [sign, setSign] = useState(0)
  const { answer, error, asking } = useWhatIf(changes, sign)
  const stale = useFreshness().state === 'stale'
  const suppose = (next: Suppositions) => {
    const text = whatIfQuery(next)
    window.history.replaceState(null, '', text === '' ? window.location.pathname : `?${text}`)
  }
  return (
    <div className="flex flex-col gap-3">
      <h1 className="font-semibold text-2xl tracking-tight">What if</h1>
      <PlacementTabs here="what-if" />
      <NodesNote without="where pods would fit can’t be worked out." />
      <div className="grid items-start gap-3 lg:grid-cols-[20rem_minmax(0,1fr)] xl:grid-cols-[23rem_minmax(0,1fr)]">
        <SupposePanel supposed={supposed} onChange={suppose} />
        <div className="flex min-w-0 flex-col gap-3">
          {changes !== null && (
            <div className="flex flex-wrap items-center gap-2 text-ink-2 text-sm">
              <p role="status" className="mr-auto">
                {asking
                  ? 'Working it out…'
                  : answer?.observedAt
                    ? `Worked out on the cluster as of ${clockTime(answer.observedAt)}${stale ? ', which can’t be heard now' : ''}. Nothing is changed.`
                    : ''}
              </p>
              <button
                type="button"
                className="field inline-flex items-center gap-1.5 px-2.5"
                onClick={() => setSign(sign + 1)}
              >
                <RefreshCw size={14} aria-hidden="true" /> Ask again
              </button>
              <CopyButton text={typeof window === 'undefined' ? '' : window.location.href} label="Copy the link" />
            </div>
          )}
          {changes === null ? (
            <div className="panel">
              <EmptyState title="Suppose something" picture={<PlumbMark severity="ok" className="h-24" />}>
                A zone or a node that is lost, a workload of another size, more nodes, a constraint that asks for more
                or less: what would come of it is worked out here as the scheduler would do it. Nothing is changed.
              </EmptyState>
            </div>
          ) : error !== '' && !asking ? (
            <div role="alert" data-severity="warning" className="panel border-s-line bg-s-soft/60">
              <EmptyState title="It can’t be worked out">
                <bdi>{error}</bdi>
              </EmptyState>
            </div>
          ) : answer ? (
            <div aria-busy={asking} className={asking ? 'opacity-60' : ''}>
              <Outcome answer={answer} supposed={supposed} />
            </div>
          ) : (
            <div className="panel p-4">
              <SkeletonRows rows={8} label="It is being worked out" />
            </div>
          )}
        </div>
      </div>
    </div>
  )
}
