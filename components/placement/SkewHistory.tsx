'use client'

import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Words } from '../kube/Words.tsx'
import { dayAndTime } from '../ui/clock-face.ts'
import { countText } from '../ui/count-text.ts'
import { Segments } from '../ui/Segments.tsx'
import type { SkewHistoryRecord } from './skew-history.ts'
import { useSkewHistory } from './use-skew-history.ts'

const SkewChart = dynamic(() => import('./SkewChart.tsx').then((module) => module.SkewChart), {
  ssr: false,
  loading: () => <div aria-hidden="true" className="skeleton h-44" />,
})

const spans = { hour: 3_600_000, quarter: 6 * 3_600_000, day: 86_400_000, week: 7 * 86_400_000 } as const
const listed = 40

/** The skew of a workload's constraints over time, with what happened meanwhile. @param group only this constraint */
export function SkewHistory({
  namespace,
  workload,
  group = '',
}: {
  readonly namespace: string
  readonly workload: { readonly kind: string; readonly name: string }
  readonly group?: string
}) {
  const [span, setSpan] = useState<keyof typeof spans>('hour')
  const state = useSkewHistory(namespace, workload.kind, workload.name, spans[span])
  return (
    <section aria-label="Skew over time" className="min-w-0">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <p className="caption">Skew over time</p>
        <Segments
          label="Span of time"
          value={span}
          choices={[
            { value: 'hour', label: '1 h' },
            { value: 'quarter', label: '6 h' },
            { value: 'day', label: '24 h' },
            { value: 'week', label: '7 d' },
          ]}
          onChange={setSpan}
        />
      </div>
      {state.state === 'loading' && <div className="skeleton h-44" />}
      {state.state === 'none' && <p className="text-ink-3 text-sm">{state.message}</p>}
      {state.state === 'ready' && <Drawn history={only(state.history, group)} />}
    </section>
  )
}

function Drawn({ history }: { readonly history: SkewHistoryRecord }) {
  if (history.series.length === 0) {
    return <p className="text-ink-3 text-sm">The history knows nothing of it yet: it begins with the next change.</p>
  }
  return (
    <>
      <SkewChart history={history} />
      <details className="mt-1.5 text-sm">
        <summary className="w-fit text-ink-2 text-xs">The same as a list</summary>
        <EventList history={history} />
      </details>
    </>
  )
}

function EventList({ history }: { readonly history: SkewHistoryRecord }) {
  const entries = [
    ...history.series.flatMap(({ group, topologyKey, maxSkew, points }) =>
      points.map(({ at, skew }) => ({
        key: `${group} ${at}`,
        at,
        text:
          skew === null
            ? `no pod carries the constraint by ${topologyKey}`
            : `skew ${skew} by ${topologyKey}, maxSkew ${maxSkew}`,
      })),
    ),
    ...history.rollouts.map(({ at, revision }) => ({
      key: `rollout ${at} ${revision}`,
      at,
      text: `rollout of ${revision}`,
    })),
    ...history.nodes.map(({ at, node, what }) => ({
      key: `node ${at} ${node} ${what}`,
      at,
      text: `node ${node} ${nodeWords(what)}`,
    })),
  ].sort((a, b) => b.at - a.at)
  return (
    <>
      <ul className="mt-1 max-h-60 overflow-auto border-line border-y text-xs">
        {entries.slice(0, listed).map(({ key, at, text }) => (
          <li key={key} className="flex gap-3 border-line border-b py-0.5 last:border-b-0">
            <span className="shrink-0 text-ink-3">{dayAndTime(at)}</span>
            <Words text={text} />
          </li>
        ))}
      </ul>
      {entries.length > listed && (
        <p className="text-ink-3 text-xs">and {countText(entries.length - listed, 'earlier one')}</p>
      )}
    </>
  )
}

export function nodeWords(what: string): string {
  return what === 'removed' ? 'removed' : what === 'ready' ? 'ready again' : 'not ready'
}

function only(history: SkewHistoryRecord, group: string): SkewHistoryRecord {
  return group === '' ? history : { ...history, series: history.series.filter((series) => series.group === group) }
}
