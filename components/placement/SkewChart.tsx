'use client'

import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import { topologyWord } from '../kube/topology-key.ts'
import { dayAndTime } from '../ui/clock-face.ts'
import { countText } from '../ui/count-text.ts'
import { timeTicks } from '../ui/time-scale.ts'
import { visibleText } from '../ui/visible-text.ts'
import { chartRows, type SkewHistoryRecord } from './skew-history.ts'

/** Lines are told apart by their dashes too. */
const dashes = ['', '6 3', '2 3', '8 3 2 3'] as const
const strokes = ['var(--accent)', 'var(--ink-2)', 'var(--progress)', 'var(--ok)'] as const
const shownSeries = 4

/** Steps of skew over the band that maxSkew allows; rollouts and troubles of nodes as marks, unknown times hatched. */
export function SkewChart({ history }: { readonly history: SkewHistoryRecord }) {
  const series = history.series.slice(0, shownSeries)
  const rows = chartRows({ ...history, series })
  const bound = Math.max(...series.map(({ maxSkew }) => maxSkew))
  const most = Math.max(bound + 1, ...series.flatMap(({ points }) => points.map(({ skew }) => skew ?? 0)))
  const ticks = timeTicks({ from: history.from, to: history.to }, 6)
  const label = new Map(ticks.map((tick) => [tick.at, tick.label]))
  const bad = history.nodes.filter(({ what }) => what !== 'ready')
  return (
    <figure>
      <div
        role="img"
        aria-label={`Skew over time: ${countText(history.rollouts.length, 'rollout')}, ${countText(bad.length, 'loss', 'losses')} of nodes`}
        className="h-44 w-full"
      >
        <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 600, height: 176 }}>
          <LineChart data={rows} margin={{ top: 8, right: 10, bottom: 0, left: 0 }} accessibilityLayer={false}>
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <ReferenceArea y1={0} y2={bound} fill="var(--ok-soft)" fillOpacity={1} ifOverflow="hidden" />
            {history.gaps.map((gap) => (
              <ReferenceArea
                key={`${gap.from} ${gap.to}`}
                x1={Math.max(gap.from, history.from)}
                x2={Math.min(gap.to, history.to)}
                fill="var(--sunken)"
                fillOpacity={0.9}
                ifOverflow="hidden"
              />
            ))}
            <ReferenceLine
              y={bound}
              stroke="var(--line-strong)"
              strokeDasharray="4 3"
              label={{ value: `maxSkew ${bound}`, position: 'insideTopLeft', fill: 'var(--ink-3)', fontSize: 11 }}
            />
            {history.rollouts.map(({ at, revision }) => (
              <ReferenceLine
                key={`${at} ${revision}`}
                x={at}
                stroke="var(--progress)"
                strokeWidth={1.5}
                label={{ value: '▲', position: 'insideBottom', fill: 'var(--progress)', fontSize: 12 }}
              />
            ))}
            {bad.map(({ at, node, what }) => (
              <ReferenceLine
                key={`${at} ${node} ${what}`}
                x={at}
                stroke="var(--error-fill)"
                strokeDasharray="3 2"
                label={{ value: '✕', position: 'insideTop', fill: 'var(--error)', fontSize: 12 }}
              />
            ))}
            <XAxis
              dataKey="at"
              type="number"
              domain={[history.from, history.to]}
              ticks={ticks.map(({ at }) => at)}
              tickFormatter={(at: number) => label.get(at) ?? ''}
              tick={{ fill: 'var(--ink-3)', fontSize: 11 }}
              stroke="var(--line-strong)"
            />
            <YAxis
              width={30}
              allowDecimals={false}
              domain={[0, most]}
              tick={{ fill: 'var(--ink-3)', fontSize: 11 }}
              stroke="var(--line-strong)"
            />
            <Tooltip
              isAnimationActive={false}
              labelFormatter={(at) => dayAndTime(Number(at))}
              contentStyle={{
                background: 'var(--raised)',
                border: '1px solid var(--line-strong)',
                borderRadius: '0.375rem',
                fontSize: '0.75rem',
                color: 'var(--ink)',
              }}
            />
            {series.map((each, index) => (
              <Line
                key={each.group}
                type="stepAfter"
                dataKey={`skew${index}`}
                name={`skew by ${visibleText(topologyWord(each.topologyKey))}`}
                stroke={strokes[index] ?? 'var(--ink)'}
                strokeDasharray={dashes[index] ?? ''}
                strokeWidth={2}
                dot={false}
                isAnimationActive={false}
                connectNulls={false}
              />
            ))}
          </LineChart>
        </ResponsiveContainer>
      </div>
      <figcaption className="mt-1 flex flex-wrap gap-x-4 gap-y-0.5 text-ink-3 text-xs">
        {series.map((each, index) => (
          <span key={each.group} className="flex items-center gap-1.5">
            <svg width="22" height="6" aria-hidden="true">
              <path d="M0 3h22" stroke={strokes[index]} strokeWidth="2" strokeDasharray={dashes[index]} />
            </svg>
            <bdi>
              by {visibleText(topologyWord(each.topologyKey))}, maxSkew {each.maxSkew}
            </bdi>
          </span>
        ))}
        <span>
          <span className="text-progress">▲</span> rollout
        </span>
        <span>
          <span className="text-error">✕</span> node not ready or removed
        </span>
        {history.gaps.length > 0 && <span>grey: not known</span>}
      </figcaption>
    </figure>
  )
}
