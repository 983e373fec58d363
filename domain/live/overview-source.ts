import type { AnalysisChanges, ClusterAnalysis } from '../analysis/cluster-analysis.ts'
import { isReady, zoneOf } from '../analysis/cluster-analysis.ts'
import type { ProblemKind } from '../health/problem.ts'
import { compareSeverity } from '../health/severity.ts'
import type { ClusterState } from '../state/cluster-state.ts'
import { placementGroup } from './placement-group.ts'
import type { BoardNode, OverviewSummary } from './protocol.ts'
import type { RoomSource } from './room-source.ts'

const shownProblems = 100
const shownSkews = 100
/** Above this many pods a node is drawn as a bar of counts and not pod by pod. */
const podsWithCells = 3_000

/** The room `overview`. */
export class OverviewSource implements RoomSource {
  readonly #state: ClusterState
  readonly #analysis: ClusterAnalysis
  #groups = new Set<string>()
  #skews = new Set<string>()
  #withCells: boolean

  constructor(state: ClusterState, analysis: ClusterAnalysis) {
    this.#state = state
    this.#analysis = analysis
    this.#withCells = state.size('Pod') <= podsWithCells
  }

  *records(): Generator<readonly [string, object]> {
    yield ['summary', this.#summary()]
    for (const node of this.#state.nodes()) yield [`node/${node.name}`, this.#node(node.name)]
    yield ['node/', this.#node('')]
    this.#groups = new Set()
    for (const [key, record] of this.#problemRecords(null)) if (record) yield [key, record]
    this.#skews = new Set()
    for (const [key, record] of this.#skewRecords(null)) if (record) yield [key, record]
  }

  *update(changes: AnalysisChanges): Generator<readonly [string, object | null]> {
    const podCount = this.#state.size('Pod')
    // Two thresholds, so that a cluster at the edge doesn't switch to and fro.
    const withCells = this.#withCells ? podCount <= podsWithCells : podCount <= podsWithCells * 0.9
    if (withCells !== this.#withCells) {
      this.#withCells = withCells
      for (const node of this.#state.nodes()) yield [`node/${node.name}`, this.#node(node.name)]
    } else {
      for (const name of changes.nodes) {
        const gone = name !== '' && !this.#state.node(name) && this.#state.podsOnNode(name).size === 0
        yield [`node/${name}`, gone ? null : this.#node(name)]
      }
    }
    if (changes.problemGroups.size > 0) yield* this.#problemRecords(changes.problemGroups)
    if (changes.groups.size > 0) yield* this.#skewRecords(changes.groups)
    yield ['summary', this.#summary()]
  }

  #summary(): OverviewSummary {
    const { bySeverity } = this.#analysis
    const { counts } = this.#analysis.problemGroups
    const both = (kind: ProblemKind) => counts.get(`${kind} error`) + counts.get(`${kind} warning`)
    return {
      pods: {
        total: this.#analysis.rows.size,
        bySeverity: {
          ok: bySeverity.get('ok'),
          progress: bySeverity.get('progress'),
          warning: bySeverity.get('warning'),
          error: bySeverity.get('error'),
        },
      },
      nodes: { total: this.#state.size('Node'), ready: this.#analysis.readyNodes },
      zones: this.#analysis.nodesByZone.size - (this.#analysis.nodesByZone.get('') > 0 ? 1 : 0),
      namespaces: this.#state.size('Namespace') || this.#analysis.byNamespace.size,
      workloads: this.#analysis.workloads,
      problems: { error: counts.get('error'), warning: counts.get('warning') },
      restartLoops: both('restart-loop'),
      initStuck: both('init-failing') + both('init-stuck'),
      skewViolations: this.#analysis.violatedSince.size,
      spreadConstraints: this.#analysis.spread.size,
    }
  }

  #node(name: string): BoardNode {
    const node = this.#state.node(name)
    const uids = name === '' ? this.#podsWithoutNode() : this.#state.podsOnNode(name)
    const cells = []
    if (this.#withCells) {
      for (const uid of uids) {
        const row = this.#analysis.rows.get(uid)
        if (!row) continue
        cells.push({ uid, namespace: row.namespace, name: row.name, status: row.status, severity: row.severity })
      }
      cells.sort(
        (a, b) =>
          compareSeverity(a.severity, b.severity) ||
          (a.namespace < b.namespace ? -1 : a.namespace > b.namespace ? 1 : a.name < b.name ? -1 : 1),
      )
    }
    return {
      name,
      zone: zoneOf(node),
      ready: node ? isReady(node) : false,
      unschedulable: node?.unschedulable ?? false,
      pods: { ...this.#analysis.nodeCounts(name) },
      cells: this.#withCells ? cells : null,
    }
  }

  *#podsWithoutNode(): Generator<string> {
    for (const row of this.#analysis.rows.values()) if (row.node === null) yield row.uid
  }

  /** @param changed groups that may be told differently; null: all */
  *#problemRecords(changed: ReadonlySet<string> | null): Generator<readonly [string, object | null]> {
    const shown = new Set<string>()
    for (const { id } of this.#analysis.problemGroups.order.slice(0, shownProblems)) {
      shown.add(id)
      if (changed && this.#groups.has(id) && !changed.has(id)) continue
      const group = this.#analysis.problemGroup(id)
      if (group) yield [`group/${id}`, group]
    }
    for (const id of this.#groups) if (!shown.has(id)) yield [`group/${id}`, null]
    this.#groups = shown
  }

  /** @param changed groups whose answer may differ; null: all */
  *#skewRecords(changed: ReadonlySet<string> | null): Generator<readonly [string, object | null]> {
    const shown = new Set<string>()
    for (const id of this.#analysis.violations(shownSkews)) {
      shown.add(id)
      if (changed && this.#skews.has(id) && !changed.has(id)) continue
      const result = this.#analysis.spread.result(id)
      if (result) yield [`skew/${id}`, placementGroup(result)]
    }
    for (const id of this.#skews) if (!shown.has(id)) yield [`skew/${id}`, null]
    this.#skews = shown
  }
}
