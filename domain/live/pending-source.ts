import type { AnalysisChanges, ClusterAnalysis } from '../analysis/cluster-analysis.ts'
import type { PendingPod } from '../placement/pending-pod.ts'
import type { PendingSummary } from './protocol.ts'
import type { RoomSource } from './room-source.ts'

const shownPods = 1_000

/** The room `pending`: pods without a node and why, those that wait longest. */
export class PendingSource implements RoomSource {
  readonly #analysis: ClusterAnalysis
  #shown = new Set<string>()

  constructor(analysis: ClusterAnalysis) {
    this.#analysis = analysis
  }

  *records(): Generator<readonly [string, object]> {
    yield ['summary', this.#summary()]
    const pods = longestWaiting(this.#analysis, shownPods)
    this.#shown = new Set(pods.map(({ uid }) => uid))
    for (const pod of pods) yield [`pod/${pod.uid}`, pod]
  }

  *update(changes: AnalysisChanges): Generator<readonly [string, object | null]> {
    if (changes.pending.size === 0) return
    yield ['summary', this.#summary()]
    for (const uid of changes.pending) {
      const pod = this.#analysis.pending.get(uid)
      if (!pod) {
        if (this.#shown.delete(uid)) yield [`pod/${uid}`, null]
      } else if (this.#shown.has(uid) || this.#shown.size < shownPods) {
        this.#shown.add(uid)
        yield [`pod/${uid}`, pod]
      }
    }
  }

  #summary(): PendingSummary {
    return { pods: this.#analysis.pending.size }
  }
}

/** The pending pods, those first that have waited longest. */
export function longestWaiting({ pending }: ClusterAnalysis, limit = Number.POSITIVE_INFINITY): PendingPod[] {
  const pods = [...pending.uids()].flatMap((uid) => pending.get(uid) ?? [])
  return pods.sort((a, b) => a.since - b.since || (a.uid < b.uid ? -1 : 1)).slice(0, limit)
}
