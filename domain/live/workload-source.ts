import type { AnalysisChanges, ClusterAnalysis } from '../analysis/cluster-analysis.ts'
import { workloadKey } from '../analysis/workload-key.ts'
import type { Workload, WorkloadKind } from '../model/workload.ts'
import type { ClusterState } from '../state/cluster-state.ts'
import type { WorkloadDetail } from './protocol.ts'
import type { RoomSource } from './room-source.ts'
import { workloadDetail } from './workload-detail.ts'

/** The room `workload?namespace=…&kind=…&name=…`. */
export class WorkloadSource implements RoomSource {
  readonly #state: ClusterState
  readonly #analysis: ClusterAnalysis
  readonly #namespace: string
  readonly #kind: WorkloadKind
  readonly #name: string
  #services = new Set<string>()
  #groups = new Set<string>()
  #spread = new Set<string>()

  constructor(state: ClusterState, analysis: ClusterAnalysis, namespace: string, kind: WorkloadKind, name: string) {
    this.#state = state
    this.#analysis = analysis
    this.#namespace = namespace
    this.#kind = kind
    this.#name = name
  }

  *records(): Generator<readonly [string, object]> {
    const workload = this.#workload()
    if (workload) yield ['workload', this.#detail(workload)]
  }

  *update(changes: AnalysisChanges): Generator<readonly [string, object | null]> {
    const key = workloadKey(this.#namespace, { kind: this.#kind, name: this.#name })
    const touched =
      changes.workloads.has(key) ||
      meet(this.#services, changes.services) ||
      meet(this.#groups, changes.problemGroups) ||
      meet(this.#spread, changes.groups)
    if (!touched) return
    const workload = this.#workload()
    yield ['workload', workload ? this.#detail(workload) : null]
  }

  #workload(): Workload | undefined {
    return this.#state.workloadNamed(this.#kind, this.#namespace, this.#name)
  }

  #detail(workload: Workload): WorkloadDetail {
    const detail = workloadDetail(this.#state, this.#analysis, workload)
    this.#services = new Set(detail.services.map(({ name }) => `${this.#namespace}/${name}`))
    this.#groups = new Set(detail.problems.map(({ id }) => id))
    this.#spread = new Set(detail.spread.map(({ id }) => id))
    return detail
  }
}

function meet(few: ReadonlySet<string>, many: ReadonlySet<string>): boolean {
  for (const each of few) if (many.has(each)) return true
  return false
}
