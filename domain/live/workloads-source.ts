import type { AnalysisChanges, ClusterAnalysis } from '../analysis/cluster-analysis.ts'
import type { AffinityStanding } from '../placement/affinity-audit.ts'
import type { WorkloadSpread } from '../placement/workload-spread.ts'
import type { RisksSummary } from './protocol.ts'
import type { RoomSource } from './room-source.ts'

const shownWorkloads = 2_000

/** The room `affinity`: workloads with affinity rules and how these hold, the broken ones first. */
export class AffinitySource implements RoomSource {
  readonly #analysis: ClusterAnalysis
  readonly #shown = new ShownWorkloads()

  constructor(analysis: ClusterAnalysis) {
    this.#analysis = analysis
  }

  records(): Iterable<readonly [string, object]> {
    return this.#shown.begin(worstAffinity(this.#analysis))
  }

  update(changes: AnalysisChanges): Iterable<readonly [string, object | null]> {
    return changes.affinity.size === 0 ? [] : this.#shown.replace(worstAffinity(this.#analysis))
  }
}

/** The room `risks`: how every workload lies, the worst first. */
export class RisksSource implements RoomSource {
  readonly #analysis: ClusterAnalysis
  readonly #shown = new ShownWorkloads()

  constructor(analysis: ClusterAnalysis) {
    this.#analysis = analysis
  }

  *records(): Generator<readonly [string, object]> {
    yield ['summary', this.#summary()]
    yield* this.#shown.begin(worstRisks(this.#analysis))
  }

  *update(changes: AnalysisChanges): Generator<readonly [string, object | null]> {
    if (changes.placed.size === 0) return
    yield ['summary', this.#summary()]
    yield* this.#shown.replace(worstRisks(this.#analysis))
  }

  #summary(): RisksSummary {
    const workloads = [...this.#analysis.audit.workloads.values()]
    return {
      workloads: workloads.length,
      risks: workloads.filter(({ risk }) => risk !== null).length,
      defaultSpread: this.#analysis.defaultSpread,
    }
  }
}

export function worstAffinity({ audit }: ClusterAnalysis): AffinityStanding[] {
  const broken = ({ broken }: AffinityStanding) => broken.reduce((sum, { pods }) => sum + pods, 0)
  const unmet = ({ weightMet, weightPossible }: AffinityStanding) => weightPossible - weightMet
  return [...audit.affinity.values()].sort(
    (a, b) => broken(b) - broken(a) || unmet(b) - unmet(a) || (a.id < b.id ? -1 : 1),
  )
}

/** Those with a risk first, then those of which one zone's loss takes most. */
export function worstRisks({ audit }: ClusterAnalysis): WorkloadSpread[] {
  const loss = ({ zoneLoss, nodeLoss }: WorkloadSpread) => (zoneLoss ?? nodeLoss)?.fraction ?? 0
  return [...audit.workloads.values()].sort(
    (a, b) =>
      Number(b.risk !== null) - Number(a.risk !== null) ||
      loss(b) - loss(a) ||
      b.ready - a.ready ||
      (a.id < b.id ? -1 : 1),
  )
}

/** Which records a room has shown, so that only what changed travels. */
class ShownWorkloads {
  #shown: ReadonlyMap<string, object>

  constructor() {
    this.#shown = new Map()
  }

  *begin(records: readonly { readonly id: string }[]): Generator<readonly [string, object]> {
    this.#shown = new Map(records.slice(0, shownWorkloads).map((record) => [record.id, record]))
    for (const [id, record] of this.#shown) yield [`workload/${id}`, record]
  }

  *replace(records: readonly { readonly id: string }[]): Generator<readonly [string, object | null]> {
    const before = this.#shown
    this.#shown = new Map(records.slice(0, shownWorkloads).map((record) => [record.id, record]))
    for (const [id, record] of this.#shown) if (before.get(id) !== record) yield [`workload/${id}`, record]
    for (const id of before.keys()) if (!this.#shown.has(id)) yield [`workload/${id}`, null]
  }
}
