'use client'

import dynamic from 'next/dynamic'
import { useState } from 'react'
import { exitWords } from '../../domain/health/exit-words.ts'
import { humanDuration } from '../../domain/health/human-duration.ts'
import { Words } from '../kube/Words.tsx'
import { Age } from '../live/Age.tsx'
import { dayAndTime } from '../ui/clock-face.ts'
import { countText } from '../ui/count-text.ts'
import { Panel } from '../ui/Panel.tsx'
import { SkeletonRows } from '../ui/Skeleton.tsx'
import type { ContainerRun, PodHistoryRecord } from './pod-history.ts'
import { usePodHistory } from './use-pod-history.ts'

const RunChart = dynamic(() => import('./RunChart.tsx').then((module) => module.RunChart), {
  ssr: false,
  loading: () => <div className="skeleton h-40" />,
})

const runsShown = 8
const failuresShown = 6

/** The pod's runs and probe failures from the history, beyond what Kubernetes itself remembers. */
export function PodHistory({ uid }: { readonly uid: string }) {
  const state = usePodHistory(uid)
  return (
    <Panel
      title="Run history"
      count={state.state === 'ready' ? countText(state.history.runs.length, 'run') : undefined}
    >
      {state.state === 'loading' && <SkeletonRows rows={3} label="The history is on its way" />}
      {state.state === 'none' && <p className="text-ink-3 text-sm">{state.message}</p>}
      {state.state === 'ready' && <History history={state.history} />}
    </Panel>
  )
}

function History({ history }: { readonly history: PodHistoryRecord }) {
  const [shown, setShown] = useState(failuresShown)
  const { runs, probeFailures } = history
  if (runs.length === 0 && probeFailures.length === 0) {
    return <p className="text-ink-3 text-sm">Nothing happened to this pod since the history began.</p>
  }
  return (
    <div className="flex flex-col gap-4">
      {runs.length > 0 && <RunChart history={history} />}
      {runs.length > 0 && <RunTable runs={runs} />}
      {history.gaps.length > 0 && (
        <p className="text-ink-3 text-sm">
          Plumbline didn’t hear the cluster {countText(history.gaps.length, 'time')} in this pod’s life, last from{' '}
          {dayAndTime(history.gaps[0]?.from ?? 0)} to {dayAndTime(history.gaps[0]?.to ?? 0)}: what happened then is
          known only in part.
        </p>
      )}
      {probeFailures.length > 0 && (
        <div>
          <h3 className="mb-1.5 font-semibold text-sm">Probe failures</h3>
          <ul className="divide-y divide-line border-line border-y text-sm">
            {probeFailures.slice(0, shown).map((failure) => (
              <li key={JSON.stringify(failure)} className="flex gap-3 py-1.5">
                <span className="w-40 shrink-0 text-ink-2">
                  <Words text={failure.container} /> <Words text={failure.probe} className="text-ink-3" />
                </span>
                <Words text={failure.message} className="line-clamp-2 min-w-0 flex-1 text-ink-2" />
                <span className="whitespace-nowrap text-ink-3">
                  {failure.count > 1 && `×${failure.count}, `}
                  <Age at={failure.at} suffix=" ago" />
                </span>
              </li>
            ))}
          </ul>
          <More total={probeFailures.length} shown={shown} showAll={() => setShown(probeFailures.length)} />
        </div>
      )}
    </div>
  )
}

function RunTable({ runs }: { readonly runs: readonly ContainerRun[] }) {
  const [shown, setShown] = useState(runsShown)
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-sm">
        <caption className="sr-only">Runs of this pod’s containers, newest first</caption>
        <thead>
          <tr className="border-line border-b text-left">
            {['Container', 'Started', 'Ran for', 'Ended with'].map((head) => (
              <th key={head} scope="col" className="caption py-1.5 pr-3">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {runs.slice(0, shown).map((run) => (
            <tr key={`${run.startedAt} ${run.container}`}>
              <td className="py-1.5 pr-3">
                <Words text={run.container} />
                {run.missedBefore > 0 && (
                  <span className="block text-ink-3 text-xs">after {countText(run.missedBefore, 'run')} not seen</span>
                )}
              </td>
              <td className="py-1.5 pr-3 text-ink-2">{dayAndTime(run.startedAt)}</td>
              <td className="py-1.5 pr-3 text-ink-2">
                {run.finishedAt === null ? <Age at={run.startedAt} /> : humanDuration(run.finishedAt - run.startedAt)}
              </td>
              <td className="py-1.5">
                {run.finishedAt === null ? (
                  <span className="text-ok">still runs</span>
                ) : (
                  <span className={run.exitCode === 0 ? 'text-ink-2' : 'font-medium text-error'}>
                    {run.reason !== '' && <Words text={`${run.reason}, `} />}
                    {run.exitCode === null
                      ? 'unknown exit code'
                      : exitWords({ exitCode: run.exitCode, signal: run.signal })}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <More total={runs.length} shown={shown} showAll={() => setShown(runs.length)} />
    </div>
  )
}

function More({
  total,
  shown,
  showAll,
}: {
  readonly total: number
  readonly shown: number
  readonly showAll: () => void
}) {
  if (total <= shown) return null
  return (
    <button type="button" className="link mt-2 text-sm" onClick={showAll}>
      Show {total - shown} earlier ones
    </button>
  )
}
