/** GET /api/v1/history/skew, as the pages use it. Times are ms since the Unix epoch. */
export interface SkewHistoryRecord {
  readonly from: number
  readonly to: number
  readonly series: readonly SkewSeries[]
  readonly rollouts: readonly { readonly at: number; readonly revision: string }[]
  readonly nodes: readonly { readonly at: number; readonly node: string; readonly what: string }[]
  readonly gaps: readonly { readonly from: number; readonly to: number }[]
}

export interface SkewSeries {
  readonly group: string
  readonly topologyKey: string
  readonly maxSkew: number
  readonly whenUnsatisfiable: string
  readonly points: readonly { readonly at: number; readonly skew: number | null }[]
}

/** Reads the answer; entries that make no sense are left out. */
export function readSkewHistory(answer: unknown): SkewHistoryRecord {
  const root = isEntry(answer) ? answer : {}
  return {
    from: count(root.from) ?? 0,
    to: count(root.to) ?? 0,
    series: list(root.series).map((entry) => ({
      group: text(entry.group),
      topologyKey: text(entry.topologyKey),
      maxSkew: count(entry.maxSkew) ?? 1,
      whenUnsatisfiable: text(entry.whenUnsatisfiable),
      points: list(entry.points).flatMap((point) => {
        const at = count(point.at)
        return at === null ? [] : [{ at, skew: count(point.skew) }]
      }),
    })),
    rollouts: list(root.rollouts).flatMap((entry) => {
      const at = count(entry.at)
      return at === null ? [] : [{ at, revision: text(entry.revision) }]
    }),
    nodes: list(root.nodes).flatMap((entry) => {
      const at = count(entry.at)
      return at === null ? [] : [{ at, node: text(entry.node), what: text(entry.what) }]
    }),
    gaps: list(root.gaps).flatMap((entry) => {
      const from = count(entry.from)
      const to = count(entry.to)
      return from === null || to === null ? [] : [{ from, to }]
    }),
  }
}

type Entry = Readonly<Record<string, unknown>>

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null
}

function list(value: unknown): readonly Entry[] {
  return Array.isArray(value) ? value.filter(isEntry) : []
}

function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** Rows for a chart of steps: one for each instant at which a skew changes, and the two ends of the range. */
export function chartRows({ from, to, series }: Pick<SkewHistoryRecord, 'from' | 'to' | 'series'>) {
  const times = new Set([from, to])
  for (const { points } of series) for (const { at } of points) if (at > from && at < to) times.add(at)
  return [...times]
    .sort((a, b) => a - b)
    .map((at) => {
      const row: Record<string, number | null> & { at: number } = { at }
      for (const [index, { points }] of series.entries()) {
        row[`skew${index}`] = points.findLast((point) => point.at <= at)?.skew ?? null
      }
      return row
    })
}
