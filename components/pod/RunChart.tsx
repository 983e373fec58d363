'use client'

import { CartesianGrid, ReferenceArea, ResponsiveContainer, Scatter, ScatterChart, XAxis, YAxis, ZAxis } from 'recharts'
import { useServerNow } from '../live/use-clock-text.ts'
import { clockTime, dayAndTime } from '../ui/clock-face.ts'
import { countText } from '../ui/count-text.ts'
import { visibleText } from '../ui/visible-text.ts'
import type { PodHistoryRecord } from './pod-history.ts'

const runsDrawn = 200
const laneHeight = 34
const labelLength = 16

/** A lane for every container: bars are runs, red where they ended badly; triangles above them are probe failures. */
export function RunChart({ history }: { readonly history: PodHistoryRecord }) {
  // Rounded to ten seconds: the chart needn't be laid out again every second.
  const now = Math.ceil(useServerNow() / 10_000) * 10_000
  const runs = history.runs.slice(0, runsDrawn)
  const lanes = [...new Set(runs.map((run) => run.container))].sort()
  const from = Math.min(...runs.map((run) => run.startedAt))
  const to = Math.max(now, ...runs.map((run) => run.finishedAt ?? run.startedAt), from + 1_000)
  const failures = history.probeFailures
    .filter((failure) => lanes.includes(failure.container) && failure.at >= from)
    .slice(0, runsDrawn)
    .map((failure) => ({ x: failure.at, y: lanes.indexOf(failure.container) - 0.4 }))
  const bad = runs.filter((run) => run.finishedAt !== null && run.exitCode !== 0).length
  const long = to - from > 86_400_000
  return (
    <figure
      aria-label={`Timeline of ${countText(runs.length, 'run')}, ${bad} of which ended badly, and ${countText(failures.length, 'probe failure')}. The table below has the same.`}
    >
      <ResponsiveContainer width="100%" height={lanes.length * laneHeight + 40}>
        <ScatterChart accessibilityLayer={false} margin={{ top: 4, right: 8, bottom: 0, left: 0 }}>
          <CartesianGrid horizontal={false} stroke="var(--line)" />
          <XAxis
            type="number"
            dataKey="x"
            domain={[from, to]}
            tickFormatter={(at: number) => (long ? dayAndTime(at).slice(0, -3) : clockTime(at))}
            tick={{ fill: 'var(--ink-3)', fontSize: 11 }}
            stroke="var(--line-strong)"
            tickCount={long ? 4 : 6}
            minTickGap={28}
          />
          <YAxis
            type="number"
            dataKey="y"
            domain={[-0.5, lanes.length - 0.5]}
            ticks={lanes.map((_, index) => index)}
            interval={0}
            reversed
            width={110}
            axisLine={false}
            tickLine={false}
            tick={{ fill: 'var(--ink-2)', fontSize: 12 }}
            tickFormatter={(index: number) => shorten(visibleText(lanes[index] ?? ''))}
          />
          {history.gaps.map((gap) => (
            <ReferenceArea
              key={gap.from}
              x1={Math.max(gap.from, from)}
              x2={gap.to}
              fill="var(--mute-fill)"
              fillOpacity={0.25}
              ifOverflow="hidden"
            />
          ))}
          {runs.map((run) => (
            <ReferenceArea
              key={`${run.container}-${run.startedAt}`}
              x1={run.startedAt}
              x2={Math.max(run.finishedAt ?? to, run.startedAt + (to - from) / 300)}
              y1={lanes.indexOf(run.container) - 0.28}
              y2={lanes.indexOf(run.container) + 0.28}
              fill={run.finishedAt !== null && run.exitCode !== 0 ? 'var(--error-fill)' : 'var(--ok-fill)'}
              fillOpacity={0.85}
              stroke="var(--surface)"
              ifOverflow="hidden"
            />
          ))}
          <ZAxis range={[22, 22]} />
          <Scatter shape="triangle" data={failures} fill="var(--warning-fill)" isAnimationActive={false} />
        </ScatterChart>
      </ResponsiveContainer>
      <figcaption className="flex flex-wrap gap-x-4 text-ink-3 text-xs">
        <Key color="var(--ok-fill)" word="ran, or ended well" />
        <Key color="var(--error-fill)" word="ended badly" />
        {failures.length > 0 && <Key color="var(--warning-fill)" word="probe failure" />}
        {history.gaps.length > 0 && <Key color="var(--mute-fill)" word="not heard" />}
      </figcaption>
    </figure>
  )
}

function Key({ color, word }: { readonly color: string; readonly word: string }) {
  return (
    <span className="flex items-center gap-1.5">
      <span aria-hidden="true" className="h-2.5 w-2.5 rounded-xs" style={{ background: color }} />
      {word}
    </span>
  )
}

function shorten(name: string): string {
  return name.length > labelLength ? `${name.slice(0, labelLength - 1)}…` : name
}
