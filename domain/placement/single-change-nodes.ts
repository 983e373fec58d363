import type { Node, Taint } from '../model/node.ts'
import type { Pod } from '../model/pod.ts'
import type { NodeAffinity } from '../model/pod-spec.ts'
import { nodesWord, tryChange } from './change-try.ts'
import { withSpec, withToleration } from './changed-pod.ts'
import { HypotheticalView } from './hypothetical-view.ts'
import { PodFit } from './pod-fit.ts'
import { allocatableOf } from './resource-amounts.ts'
import type { SchedulerRules } from './scheduler-rules.ts'
import type { NodeRoom, SchedulingView } from './scheduling-view.ts'
import type { SingleChange } from './single-change.ts'
import { keepsPodsOff, tolerates } from './taints.ts'
import { requirementWords } from './term-words.ts'

const unschedulableKey = 'node.kubernetes.io/unschedulable'
const zoneKey = 'topology.kubernetes.io/zone'
const hostKey = 'kubernetes.io/hostname'
/** Most taints, and most zones, that are tried. */
const triedAtMost = 10

/** Cordons, taints, node selectors and affinity, and one node more. */
export function* nodeChanges(pod: Pod, view: SchedulingView, rules: SchedulerRules): Generator<SingleChange | null> {
  yield* cordonChange(pod, view, rules)
  yield* taintChanges(pod, view, rules)
  yield* selectorChanges(pod, view, rules)
  yield* addedNodeChanges(pod, view, rules)
}

function* cordonChange(pod: Pod, view: SchedulingView, rules: SchedulerRules): Generator<SingleChange | null> {
  if (!view.rooms.some(({ node }) => node.unschedulable)) return
  const uncordoned = withToleration(pod, { key: unschedulableKey, operator: 'Exists', value: '', effect: '' })
  const found = tryChange(uncordoned, view, rules)
  yield found && { kind: 'uncordon', text: `Uncordon ${oneOf(found)}`, ...found }
}

function* taintChanges(pod: Pod, view: SchedulingView, rules: SchedulerRules): Generator<SingleChange | null> {
  for (const taint of untoleratedTaints(pod, view)) {
    const { key, value, effect } = taint
    const found = tryChange(withToleration(pod, { key, operator: 'Equal', value, effect }), view, rules)
    const name = `${key}${value && `=${value}`}:${effect}`
    // Taints of Kubernetes' own tell of a node's trouble: to tolerate them mends nothing.
    const text = key.startsWith('node.kubernetes.io/')
      ? `Mend what gives ${found ? oneOf(found) : ''} the taint ${name}`
      : `Tolerate the taint ${name}, or remove it from ${found ? oneOf(found) : ''}`
    yield found && { kind: 'taint', text, ...found }
  }
}

function untoleratedTaints(pod: Pod, view: SchedulingView): Taint[] {
  const found = new Map<string, { taint: Taint; nodes: number }>()
  for (const { node } of view.rooms) {
    for (const taint of node.taints) {
      if (!keepsPodsOff(taint) || taint.key === unschedulableKey) continue
      if (pod.spec.tolerations.some((each) => tolerates(each, taint))) continue
      const key = JSON.stringify([taint.key, taint.value, taint.effect])
      const known = found.get(key)
      if (known) known.nodes += 1
      else found.set(key, { taint, nodes: 1 })
    }
  }
  const most = [...found.values()].sort((a, b) => b.nodes - a.nodes).slice(0, triedAtMost)
  return most.map(({ taint }) => taint)
}

function* selectorChanges(pod: Pod, view: SchedulingView, rules: SchedulerRules): Generator<SingleChange | null> {
  const { nodeSelector, nodeAffinity } = pod.spec
  for (const key in nodeSelector) {
    const { [key]: value, ...others } = nodeSelector
    const found = tryChange(withSpec(pod, { nodeSelector: others }), view, rules)
    const label = `${key}=${value}`
    const text = `Label ${found ? oneOf(found) : ''} ${label}, or drop that from its node selector`
    yield found && { kind: 'node-affinity', text, ...found }
  }
  for (const { affinity, requirement } of relaxedAffinities(nodeAffinity)) {
    const found = tryChange(withSpec(pod, { nodeAffinity: affinity }), view, rules)
    const text = `Drop ${requirementWords(requirement)} from its node affinity, or label ${found ? oneOf(found) : ''} to match it`
    yield found && { kind: 'node-affinity', text, ...found }
  }
}

/** The affinity with one requirement of one of its terms left out. */
function* relaxedAffinities(affinity: NodeAffinity | null) {
  for (const [at, term] of (affinity?.required ?? []).entries()) {
    for (const field of ['matchExpressions', 'matchFields'] as const) {
      for (const [index, requirement] of term[field].entries()) {
        const kept = { ...term, [field]: term[field].filter((_, each) => each !== index) }
        // A term without any requirement would match no node.
        const isEmpty = kept.matchExpressions.length + kept.matchFields.length === 0
        const required = isEmpty
          ? null
          : (affinity?.required ?? []).map((each, position) => (position === at ? kept : each))
        yield { affinity: { required, preferred: affinity?.preferred ?? [] }, requirement }
      }
    }
  }
}

/** A node like one that is there, empty: for each zone the one that has most to give. */
function* addedNodeChanges(pod: Pod, view: SchedulingView, rules: SchedulerRules): Generator<SingleChange | null> {
  const models = new Map<string, NodeRoom>()
  for (const room of view.rooms) {
    const zone = room.node.labels[zoneKey] ?? ''
    const known = models.get(zone)
    if (!known || isBetterModel(room, known)) models.set(zone, room)
  }
  const tries = [...models].slice(0, triedAtMost)
  let found = false
  for (const [zone, { node: model }] of tries) {
    const fits = fitsOn(nodeLike(model, `${model.name}-more`), pod, view, rules)
    found ||= fits
    const where = zone === '' ? '' : ` in ${zone}`
    yield fits ? { kind: 'add-node', text: `Add a node like ${model.name}${where}`, nodes: 1, node: model.name } : null
  }
  // Where each zone has all that it may have, another one helps.
  const [best] = tries
    .filter(([zone]) => zone !== '')
    .map(([, room]) => room)
    .sort((a, b) => (isBetterModel(a, b) ? -1 : 1))
  if (found || !best) return
  const { node: model } = best
  const node = nodeLike(model, `${model.name}-more`)
  const labels = Object.setPrototypeOf({ ...node.labels, [zoneKey]: `${model.labels[zoneKey]}-other` }, null)
  const text = `Add a node like ${model.name} in another zone`
  yield fitsOn({ ...node, labels }, pod, view, rules) ? { kind: 'add-node', text, nodes: 1, node: model.name } : null
}

function fitsOn(node: Node, pod: Pod, view: SchedulingView, rules: SchedulerRules): boolean {
  const hypothetical = new HypotheticalView(view, rules)
  const room = hypothetical.addNode(node)
  return new PodFit(pod, hypothetical, rules).rejection(room) === null
}

function isBetterModel(a: NodeRoom, b: NodeRoom): boolean {
  const [x, y] = [allocatableOf(a.node), allocatableOf(b.node)]
  const taints = a.node.taints.length - b.node.taints.length
  return taints < 0 || (taints === 0 && (x.cpu > y.cpu || (x.cpu === y.cpu && x.memory > y.memory)))
}

/** A new node of the same kind: not cordoned, and with a host name of its own. */
export function nodeLike(model: Node, name: string): Node {
  return {
    ...model,
    uid: name,
    name,
    labels: Object.setPrototypeOf(
      { ...model.labels, ...(model.labels[hostKey] !== undefined && { [hostKey]: name }) },
      null,
    ),
    taints: model.taints.filter(({ key }) => !key.startsWith('node.kubernetes.io/')),
    unschedulable: false,
  }
}

function oneOf({ nodes, node }: { readonly nodes: number; readonly node: string }): string {
  return nodes === 1 ? node : `one of ${nodesWord(nodes)} (${node})`
}
