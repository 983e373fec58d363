import type { ClusterAnalysis } from '../analysis/cluster-analysis.ts'
import { workloadKey } from '../analysis/workload-key.ts'
import { containerRoles } from '../health/container-role.ts'
import { isPodReady } from '../health/pod-condition.ts'
import { probeSentence } from '../health/probe-sentence.ts'
import { probedContainer } from '../health/probes.ts'
import type { ProblemGroup } from '../health/problem.ts'
import { compareProblemGroups } from '../health/problem-order.ts'
import { compareSeverity } from '../health/severity.ts'
import type { Pod } from '../model/pod.ts'
import type { ContainerSpec, PodSpec, Probe, ProbeKind } from '../model/pod-spec.ts'
import type { Workload } from '../model/workload.ts'
import type { ClusterState } from '../state/cluster-state.ts'
import { entries } from './container-detail.ts'
import { placementGroup } from './placement-group.ts'
import type { RevisionDetail, ServiceDetail, TemplateContainer, WorkloadDetail } from './protocol.ts'
import { serviceDetail } from './service-detail.ts'

const shownPods = 200
const shownRevisions = 20

/** All that is known of one workload. Costs a walk over its pods. */
export function workloadDetail(state: ClusterState, analysis: ClusterAnalysis, workload: Workload): WorkloadDetail {
  const { namespace, kind, name, uid } = workload
  const pods = podsOf(state, workload)
  const rows = pods
    .flatMap((pod) => analysis.rows.get(pod.uid) ?? [])
    .sort((a, b) => compareSeverity(a.severity, b.severity) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  return {
    namespace,
    kind,
    name,
    uid,
    replicas: workload.replicas,
    readyReplicas: workload.readyReplicas,
    updatedReplicas: workload.updatedReplicas,
    availableReplicas: workload.availableReplicas,
    conditions: workload.conditions,
    createdAt: workload.createdAt,
    revisions: revisionsOf(state, workload, pods).slice(0, shownRevisions),
    problems: problemsOf(analysis, workload),
    pods: rows.slice(0, shownPods),
    podsTotal: rows.length,
    services: servicesOf(analysis, pods),
    containers: containersOf(workload, pods),
    spread: spreadOf(analysis, pods),
    placed: analysis.audit.workloads.get(`${namespace}/${kind}/${name}`) ?? null,
  }
}

/** The youngest first: its own pods, and those of the ReplicaSets or Jobs that it controls. */
export function podsOf(state: ClusterState, workload: Workload): readonly Pod[] {
  const owners = [workload.uid, ...state.workloadsOfOwner(workload.uid)]
  return owners
    .flatMap((owner) => [...state.podsOfOwner(owner)].flatMap((uid) => state.pod(uid) ?? []))
    .sort((a, b) => b.createdAt - a.createdAt || (a.name < b.name ? -1 : 1))
}

function problemsOf(analysis: ClusterAnalysis, workload: Workload): readonly ProblemGroup[] {
  return [...analysis.problemGroups.ofWorkload(workloadKey(workload.namespace, workload))]
    .flatMap((id) => analysis.problemGroup(id) ?? [])
    .sort(compareProblemGroups)
}

/** A Deployment's ReplicaSets; the ControllerRevisions of others as far as their pods carry their hash. */
function revisionsOf(state: ClusterState, workload: Workload, pods: readonly Pod[]): readonly RevisionDetail[] {
  if (workload.kind === 'Deployment') {
    return [...state.workloadsOfOwner(workload.uid)]
      .flatMap((uid) => state.workload('ReplicaSet', uid) ?? [])
      .sort((a, b) => Number(b.revision) - Number(a.revision) || b.createdAt - a.createdAt)
      .map((set) => ({
        revision: set.revision,
        name: set.name,
        createdAt: set.createdAt,
        replicas: set.replicas ?? 0,
        readyReplicas: set.readyReplicas,
        images: imagesOf(set.podSpec),
        current: set.revision === workload.revision,
      }))
  }
  if (workload.kind !== 'StatefulSet' && workload.kind !== 'DaemonSet') return []
  const byHash = new Map<string, Pod[]>()
  for (const pod of pods) {
    const hash = pod.labels['controller-revision-hash'] ?? ''
    const same = byHash.get(hash)
    if (same) same.push(pod)
    else byHash.set(hash, [pod])
  }
  const revisions = [...byHash]
    .filter(([hash]) => hash !== '')
    .map(([hash, made]) => ({
      revision: hash,
      name: hash.startsWith(`${workload.name}-`) ? hash : `${workload.name}-${hash}`,
      createdAt: made.reduce((first, { createdAt }) => Math.min(first, createdAt), Number.POSITIVE_INFINITY),
      replicas: made.length,
      readyReplicas: made.filter(isPodReady).length,
      images: imagesOf(made[0]?.spec ?? null),
    }))
    .sort((a, b) => b.createdAt - a.createdAt)
  // A StatefulSet names its update revision; a DaemonSet makes new pods of the youngest.
  return revisions.map((revision, index) => ({
    ...revision,
    current: workload.revision === '' ? index === 0 : revision.revision === workload.revision,
  }))
}

function imagesOf(spec: PodSpec | null): RevisionDetail['images'] {
  return spec ? [...spec.initContainers, ...spec.containers].map(({ name, image }) => [name, image] as const) : []
}

function servicesOf(analysis: ClusterAnalysis, pods: readonly Pod[]): readonly ServiceDetail[] {
  const services = new Map<string, ServiceDetail>()
  let seen: Pod['labels'] | null = null
  for (const pod of pods) {
    // Pods of one template mostly share their labels.
    if (pod.labels === seen) continue
    seen = pod.labels
    for (const state of analysis.services.ofPod(pod)) services.set(state.service.name, serviceDetail(state))
  }
  return [...services.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

function containersOf({ podSpec }: Workload, [pod]: readonly Pod[]): readonly TemplateContainer[] {
  const spec = podSpec ?? pod?.spec
  if (!spec) return []
  // Roles may rest on what admission has added, so on a real pod where there is one.
  const roles = pod ? containerRoles(pod) : null
  const container = (each: ContainerSpec, type: TemplateContainer['type']): TemplateContainer => ({
    name: each.name,
    type,
    image: each.image,
    role: roles?.get(each.name) ?? null,
    probes: probesOf(spec, each),
    requests: entries(each.requests),
    limits: entries(each.limits),
  })
  return [
    ...spec.initContainers.map((each) => container(each, each.restartPolicy === 'Always' ? 'sidecar' : 'init')),
    ...spec.containers.map((each) => container(each, 'main')),
  ]
}

function probesOf(spec: PodSpec, container: ContainerSpec): TemplateContainer['probes'] {
  const probed = probedContainer(spec, container)
  const of = (kind: ProbeKind, probe: Probe | null) =>
    probe ? [{ kind, probe, sentence: probeSentence(kind, probe, probed) }] : []
  return [
    ...of('startup', container.startupProbe),
    ...of('liveness', container.livenessProbe),
    ...of('readiness', container.readinessProbe),
  ]
}

function spreadOf(analysis: ClusterAnalysis, pods: readonly Pod[]): WorkloadDetail['spread'] {
  const ids = new Set(pods.flatMap(({ uid }) => analysis.spread.groupsOfPod(uid)))
  return [...ids].flatMap((id) => placementGroup(analysis, id) ?? [])
}
