import type { AnalysisChanges, ClusterAnalysis } from '../analysis/cluster-analysis.ts'
import { compareSeverity } from '../health/severity.ts'
import { SortedList } from '../state/sorted-list.ts'
import type { PodRow } from './pod-row.ts'
import type { PodsQuery } from './pods-query.ts'

/** The pods that match one filter, in one order, kept so while pods change. Shared by all its pages. */
export class PodsView {
  readonly #matches: (row: PodRow) => boolean
  readonly #rows: SortedList<PodRow>
  #updatedFor: AnalysisChanges | null = null

  constructor(query: PodsQuery, analysis: ClusterAnalysis) {
    this.#matches = podFilter(query)
    this.#rows = new SortedList(podOrder(query), [...analysis.rows.values()].filter(this.#matches))
  }

  get matched(): number {
    return this.#rows.length
  }

  slice(from: number, to: number): PodRow[] {
    return this.#rows.slice(from, to)
  }

  /** May be called once for every page of the view: it works only once for the same changes. */
  update(changes: AnalysisChanges): void {
    if (this.#updatedFor === changes) return
    this.#updatedFor = changes
    for (const { previous, next } of changes.pods.values()) {
      if (previous && this.#matches(previous)) this.#rows.remove(previous)
      if (next && this.#matches(next)) this.#rows.add(next)
    }
  }
}

/** Whether a row passes the query's filters. */
export function podFilter(query: Omit<PodsQuery, 'sort' | 'direction' | 'page'>): (row: PodRow) => boolean {
  const { namespace, status, zone, severity } = query
  const text = query.text.toLowerCase()
  return (row) =>
    (namespace === '' || row.namespace === namespace) &&
    (status === '' || row.status === status) &&
    (zone === '' || (row.zone ?? '') === zone || (zone === '-' && row.zone === null)) &&
    (severity === '' || row.severity === severity) &&
    (text === '' ||
      row.name.toLowerCase().includes(text) ||
      row.namespace.toLowerCase().includes(text) ||
      row.status.toLowerCase().includes(text) ||
      (row.node?.toLowerCase().includes(text) ?? false) ||
      (row.workload?.name.toLowerCase().includes(text) ?? false))
}

/** A total order: rows that tie are told apart by namespace, name and uid. */
export function podOrder(query: Pick<PodsQuery, 'sort' | 'direction'>): (a: PodRow, b: PodRow) => number {
  const primary = comparators[query.sort]
  const sign = query.direction === 'desc' ? -1 : 1
  return (a, b) =>
    sign * primary(a, b) ||
    compareText(a.namespace, b.namespace) ||
    compareText(a.name, b.name) ||
    compareText(a.uid, b.uid)
}

const comparators: Readonly<Record<PodsQuery['sort'], (a: PodRow, b: PodRow) => number>> = {
  severity: (a, b) => compareSeverity(a.severity, b.severity),
  namespace: (a, b) => compareText(a.namespace, b.namespace),
  name: (a, b) => compareText(a.name, b.name),
  status: (a, b) => compareText(a.status, b.status),
  ready: (a, b) => readyShare(a.ready) - readyShare(b.ready),
  restarts: (a, b) => a.restarts - b.restarts,
  lastRestartAt: (a, b) => (a.lastRestartAt ?? 0) - (b.lastRestartAt ?? 0),
  createdAt: (a, b) => a.createdAt - b.createdAt,
  node: (a, b) => compareText(a.node ?? '', b.node ?? ''),
  zone: (a, b) => compareText(a.zone ?? '', b.zone ?? ''),
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function readyShare(ready: string): number {
  const slash = ready.indexOf('/')
  const total = Number(ready.slice(slash + 1))
  return total === 0 ? 1 : Number(ready.slice(0, slash)) / total
}
