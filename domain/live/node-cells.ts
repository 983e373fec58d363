import type { ClusterAnalysis } from '../analysis/cluster-analysis.ts'
import { compareSeverity } from '../health/severity.ts'
import type { ClusterState } from '../state/cluster-state.ts'
import type { PodRow } from './pod-row.ts'

/** Pods of a node in the order in which every board draws them: the worst first. Empty name: those without a node. */
export function nodeRows(state: ClusterState, analysis: ClusterAnalysis, name: string): readonly PodRow[] {
  const rows: PodRow[] = []
  if (name === '') {
    for (const uid of analysis.pending.uids()) take(uid)
    // Pods that have ended or are being deleted without ever having had a node aren't pending.
    if (rows.length !== sum(analysis.nodeCounts(''))) {
      rows.length = 0
      for (const row of analysis.rows.values()) if (row.node === null) rows.push(row)
    }
  } else {
    for (const uid of state.podsOnNode(name)) take(uid)
  }
  return rows.sort(compareRows)

  function take(uid: string): void {
    const row = analysis.rows.get(uid)
    if (row) rows.push(row)
  }
}

export function podCell({ uid, namespace, name, status, severity }: PodRow) {
  return { uid, namespace, name, status, severity }
}

function compareRows(a: PodRow, b: PodRow): number {
  return compareSeverity(a.severity, b.severity) || compareText(a.namespace, b.namespace) || compareText(a.name, b.name)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0)
}
