import {
  isTerminating,
  labelsOf,
  type Node,
  type Pod,
  type PodAffinityTerm,
  type SpreadConstraint,
} from './pod-types.ts'
import { quantity } from './quantity.ts'
import type { Verdict } from './scheduling-failure.ts'
import { mergedConstraint, nodeTermsMatch, selects, tolerates } from './selectors.ts'

/** Everything about one pod's placement that is the same for all nodes. */
export class Placement {
  readonly #pod: Pod
  readonly #placed: readonly Pod[]
  readonly #nodes: ReadonlyMap<string, Node>
  readonly #hard: readonly {
    constraint: SpreadConstraint
    counts: ReadonlyMap<string, number>
    least: number
    self: number
  }[]
  readonly #soft: readonly { constraint: SpreadConstraint; counts: ReadonlyMap<string, number> }[]

  constructor(pod: Pod, nodes: readonly Node[], placed: readonly Pod[]) {
    this.#pod = pod
    this.#placed = placed
    this.#nodes = new Map(nodes.map((node) => [node.metadata.name, node]))
    const constraints = (pod.spec.topologySpreadConstraints ?? []).map((each) => mergedConstraint(each, labelsOf(pod)))
    const of = (action: string) => constraints.filter((each) => each.whenUnsatisfiable === action)
    const hard = of('DoNotSchedule')
    const keys = hard.map((each) => each.topologyKey)
    this.#hard = hard.map((constraint) => {
      const counts = this.#counts(constraint, nodes, keys)
      const least = counts.size < (constraint.minDomains ?? 1) ? 0 : Math.min(...counts.values())
      return { constraint, counts, least, self: selects(constraint.labelSelector, labelsOf(pod)) ? 1 : 0 }
    })
    const soft = of('ScheduleAnyway')
    this.#soft = soft.map((constraint) => ({
      constraint,
      counts: this.#counts(
        constraint,
        nodes,
        soft.map((each) => each.topologyKey),
      ),
    }))
  }

  /** Null: the pod may go there. The order is that in which kube-scheduler runs its filters. */
  filter(node: Node): Verdict | null {
    const { spec } = this.#pod
    const tolerations = spec.tolerations ?? []
    const unschedulable = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }
    if (node.spec.unschedulable && !tolerates(tolerations, unschedulable)) return final('node(s) were unschedulable')
    const taint = untolerated(node, this.#pod)
    if (taint) return final('node(s) had untolerated taint(s)')
    if (!fitsNodeAffinity(node, this.#pod)) return final("node(s) didn't match Pod's node affinity/selector")
    const lacking = this.#lacking(node)
    if (lacking) return lacking
    for (const { constraint, counts, least, self } of this.#hard) {
      const domain = labelsOf(node)[constraint.topologyKey]
      const reason = "node(s) didn't match pod topology spread constraints"
      if (domain === undefined) return final(`${reason} (missing required label)`)
      if ((counts.get(domain) ?? 0) + self - least > constraint.maxSkew) return { reasons: [reason], final: false }
    }
    return this.#affinity(node)
  }

  score(node: Node): number {
    const { cpu, memory } = this.#free(node)
    const { allocatable } = node.status
    let score = 30 * (cpu / quantity(allocatable.cpu)) + 30 * (memory / quantity(allocatable.memory))
    for (const { constraint, counts } of [...this.#soft, ...this.#hard]) {
      const values = [...counts.values()]
      const most = Math.max(1, ...values)
      const own = counts.get(labelsOf(node)[constraint.topologyKey] ?? '') ?? most
      score += 200 * (1 - own / most)
    }
    const preferred = this.#pod.spec.affinity?.podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []
    for (const { weight, podAffinityTerm } of preferred) score -= weight * this.#matching(podAffinityTerm, node)
    // The same workload on one node is spread a little even without constraints (System defaults).
    const alike = this.#placed.filter((each) => each.spec.nodeName === node.metadata.name && sameOwner(each, this.#pod))
    return score - 40 * alike.length
  }

  #counts(constraint: SpreadConstraint, nodes: readonly Node[], keys: readonly string[]): Map<string, number> {
    const counts = new Map<string, number>()
    const included = new Set<string>()
    for (const node of nodes) {
      const labels = labelsOf(node)
      if (keys.some((key) => labels[key] === undefined)) continue
      if (constraint.nodeAffinityPolicy !== 'Ignore' && !fitsNodeAffinity(node, this.#pod)) continue
      if (constraint.nodeTaintsPolicy === 'Honor' && untolerated(node, this.#pod)) continue
      included.add(node.metadata.name)
      const domain = labels[constraint.topologyKey] ?? ''
      if (!counts.has(domain)) counts.set(domain, 0)
    }
    for (const pod of this.#placed) {
      const node = this.#nodes.get(pod.spec.nodeName ?? '')
      if (!node || !included.has(node.metadata.name) || isTerminating(pod)) continue
      if (pod.metadata.namespace !== this.#pod.metadata.namespace) continue
      if (!selects(constraint.labelSelector, labelsOf(pod))) continue
      const domain = labelsOf(node)[constraint.topologyKey] ?? ''
      counts.set(domain, (counts.get(domain) ?? 0) + 1)
    }
    return counts
  }

  #affinity(node: Node): Verdict | null {
    const { podAffinity, podAntiAffinity } = this.#pod.spec.affinity ?? {}
    const wanted = podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []
    if (wanted.length > 0) {
      const near = wanted.every((term) => this.#matching(term, node) > 0)
      const first =
        wanted.every((term) => selects(term.labelSelector, labelsOf(this.#pod))) &&
        !this.#placed.some(
          (each) =>
            each.metadata.namespace === this.#pod.metadata.namespace &&
            wanted.every((term) => selects(term.labelSelector, labelsOf(each))),
        )
      if (!near && !first) return final("node(s) didn't match pod affinity rules")
    }
    const unwanted = podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []
    if (unwanted.some((term) => this.#matching(term, node) > 0)) {
      return { reasons: ["node(s) didn't match pod anti-affinity rules"], final: false }
    }
    for (const existing of this.#placed) {
      const terms = existing.spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []
      if (terms.length === 0 || existing.metadata.namespace !== this.#pod.metadata.namespace) continue
      const host = this.#nodes.get(existing.spec.nodeName ?? '')
      for (const term of terms) {
        const domain = labelsOf(node)[term.topologyKey]
        if (!selects(term.labelSelector, labelsOf(this.#pod)) || domain === undefined) continue
        if (host && labelsOf(host)[term.topologyKey] === domain) {
          return { reasons: ["node(s) didn't satisfy existing pods anti-affinity rules"], final: false }
        }
      }
    }
    return null
  }

  /** Pods of the namespace that a term matches in the node's domain; terminating ones count. */
  #matching(term: PodAffinityTerm, node: Node): number {
    const domain = labelsOf(node)[term.topologyKey]
    if (domain === undefined) return 0
    return this.#placed.filter((each) => {
      const host = this.#nodes.get(each.spec.nodeName ?? '')
      return (
        each.metadata.namespace === this.#pod.metadata.namespace &&
        host !== undefined &&
        labelsOf(host)[term.topologyKey] === domain &&
        selects(term.labelSelector, labelsOf(each))
      )
    }).length
  }

  #lacking(node: Node): Verdict | null {
    const free = this.#free(node)
    const wanted = requestsOf(this.#pod)
    const reasons: string[] = []
    if (free.pods < 1) reasons.push('Too many pods')
    if (wanted.cpu > free.cpu + 1e-9) reasons.push('Insufficient cpu')
    if (wanted.memory > free.memory) reasons.push('Insufficient memory')
    return reasons.length === 0 ? null : { reasons, final: false }
  }

  #free(node: Node): { cpu: number; memory: number; pods: number } {
    const { allocatable } = node.status
    const free = {
      cpu: quantity(allocatable.cpu),
      memory: quantity(allocatable.memory),
      pods: quantity(allocatable.pods),
    }
    for (const pod of this.#placed) {
      if (pod.spec.nodeName !== node.metadata.name) continue
      const { cpu, memory } = requestsOf(pod)
      free.cpu -= cpu
      free.memory -= memory
      free.pods -= 1
    }
    return free
  }
}

function final(reason: string): Verdict {
  return { reasons: [reason], final: true }
}

function untolerated(node: Node, pod: Pod) {
  return (node.spec.taints ?? []).find(
    (taint) =>
      taint.effect !== 'PreferNoSchedule' &&
      taint.key !== 'node.kubernetes.io/unschedulable' &&
      !tolerates(pod.spec.tolerations ?? [], taint),
  )
}

function fitsNodeAffinity(node: Node, pod: Pod): boolean {
  const labels = labelsOf(node)
  for (const [key, value] of Object.entries(pod.spec.nodeSelector ?? {})) if (labels[key] !== value) return false
  const required = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  return !required || nodeTermsMatch(required.nodeSelectorTerms, node.metadata.name, labels)
}

function sameOwner(a: Pod, b: Pod): boolean {
  const owner = a.metadata.ownerReferences?.[0]
  return owner !== undefined && owner.uid === b.metadata.ownerReferences?.[0]?.uid
}

const requests = new WeakMap<object, { cpu: number; memory: number }>()

/** What a pod reserves: its containers and sidecars together, or its largest init container if that is more. */
function requestsOf(pod: Pod): { cpu: number; memory: number } {
  const known = requests.get(pod.spec)
  if (known) return known
  const total = { cpu: 0, memory: 0 }
  const sidecars = (pod.spec.initContainers ?? []).filter((each) => each.restartPolicy === 'Always')
  for (const container of [...pod.spec.containers, ...sidecars]) {
    total.cpu += quantity(container.resources.requests?.cpu)
    total.memory += quantity(container.resources.requests?.memory)
  }
  for (const container of pod.spec.initContainers ?? []) {
    total.cpu = Math.max(total.cpu, quantity(container.resources.requests?.cpu))
    total.memory = Math.max(total.memory, quantity(container.resources.requests?.memory))
  }
  requests.set(pod.spec, total)
  return total
}
