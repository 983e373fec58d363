import type { ProbeKind } from '../model/pod-spec.ts'
import type { ProbeCounters } from '../model/probe-counters.ts'

/** What came between two readings of one probe's counters. */
export interface ProbeCounts {
  /** Milliseconds since the Unix epoch: the reading before the last one, and the last one. */
  readonly from: number
  readonly to: number
  readonly successful: number
  readonly failed: number
  readonly unknown: number
}

interface Kept {
  last: ProbeCounters
  /** Null until there are two readings of one life of the kubelet. */
  period: ProbeCounts | null
}

/**
 * The kubelets' own counters of the probes of all pods as last read, and what came between the last
 * two readings. A kubelet tells them for the pods that it runs: what it no longer names is dropped,
 * and so is what belongs to a pod or a node that is gone.
 */
export class ProbeCounterStore {
  readonly #pods = new Map<string, { readonly node: string; readonly kept: readonly Kept[] }>()
  readonly #podsByNode = new Map<string, ReadonlySet<string>>()

  /** Pods of which there are counters. */
  get size(): number {
    return this.#pods.size
  }

  /** Takes in all that a node's kubelet told at one instant. Returns the uids of the pods that this touched. */
  apply(node: string, counters: readonly ProbeCounters[]): ReadonlySet<string> {
    const read = new Map<string, ProbeCounters[]>()
    for (const each of counters) {
      const ofPod = read.get(each.podUid)
      if (ofPod) ofPod.push(each)
      else read.set(each.podUid, [each])
    }
    const touched = new Set(read.keys())
    for (const uid of this.#podsByNode.get(node) ?? []) {
      if (read.has(uid) || this.#pods.get(uid)?.node !== node) continue
      this.#pods.delete(uid)
      touched.add(uid)
    }
    for (const [uid, ofPod] of read) {
      const known = this.#pods.get(uid)
      // A uid lives on one node for ever; only garbage says otherwise, and then the last word counts.
      const before = known?.node === node ? known.kept : []
      this.#pods.set(uid, {
        node,
        kept: ofPod.map((last) => ({ last, period: between(before.find(isSameProbe(last))?.last, last) })),
      })
    }
    this.#podsByNode.set(node, new Set(read.keys()))
    return touched
  }

  /** The counters of one probe as last read; null where there are none. */
  counters(podUid: string, container: string, kind: ProbeKind): ProbeCounters | null {
    return this.#find(podUid, container, kind)?.last ?? null
  }

  /**
   * How often the probe succeeded and failed between the last two readings; null before the second
   * one, and where a counter went down: the kubelet has been restarted and counts anew.
   */
  lastPeriod(podUid: string, container: string, kind: ProbeKind): ProbeCounts | null {
    return this.#find(podUid, container, kind)?.period ?? null
  }

  dropPod(uid: string): void {
    this.#pods.delete(uid)
  }

  /** Returns the uids of the pods that this touched. */
  dropNode(node: string): ReadonlySet<string> {
    const touched = this.apply(node, [])
    this.#podsByNode.delete(node)
    return touched
  }

  #find(podUid: string, container: string, kind: ProbeKind): Kept | undefined {
    return this.#pods.get(podUid)?.kept.find(({ last }) => last.container === container && last.kind === kind)
  }
}

function isSameProbe({ container, kind }: ProbeCounters): (kept: Kept) => boolean {
  return ({ last }) => last.container === container && last.kind === kind
}

function between(from: ProbeCounters | undefined, to: ProbeCounters): ProbeCounts | null {
  if (!from || from.at >= to.at) return null
  const counts = {
    from: from.at,
    to: to.at,
    successful: to.successful - from.successful,
    failed: to.failed - from.failed,
    unknown: to.unknown - from.unknown,
  }
  return counts.successful < 0 || counts.failed < 0 || counts.unknown < 0 ? null : counts
}
