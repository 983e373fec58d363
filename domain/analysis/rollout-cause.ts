import { isPodReady } from '../health/pod-condition.ts'
import type { RolloutCause } from '../health/problem.ts'
import { templateChange } from '../health/template-change.ts'
import type { Pod } from '../model/pod.ts'
import type { Workload } from '../model/workload.ts'
import type { ClusterState } from '../state/cluster-state.ts'
import type { ProblemMembers } from './problem-members.ts'

/** What begins within this time of a revision, ms, began with it, though no pod of the one before is left to compare. */
const beginsWithin = 15 * 60_000

/**
 * The revision of its workload with which a trouble came: all pods that have it are of that revision
 * or newer ones, and there is an older one whose pods don't have it; or it began when the revision
 * did. Null where that isn't so, and where it can't be known.
 */
export function rolloutCause(group: ProblemMembers, state: ClusterState): RolloutCause | null {
  if (!group.workload || group.pods === 0) return null
  if (group.workload.kind === 'Deployment') return deploymentRollout(group, state)
  if (group.workload.kind === 'StatefulSet' || group.workload.kind === 'DaemonSet') return setRollout(group, state)
  return null
}

/** A Deployment keeps one ReplicaSet for each revision, numbered in an annotation (k/k pkg/controller/deployment/util). */
function deploymentRollout(group: ProblemMembers, state: ClusterState): RolloutCause | null {
  const failing: Workload[] = []
  for (const [uid] of group.owners.entries()) {
    const set = state.workload('ReplicaSet', uid)
    if (!set || Number.isNaN(revisionOf(set))) return null
    failing.push(set)
  }
  const [first] = failing.sort((a, b) => revisionOf(a) - revisionOf(b))
  if (!first?.owner) return null
  let before: Workload | null = null
  for (const uid of state.workloadsOfOwner(first.owner.uid)) {
    const set = state.workload('ReplicaSet', uid)
    if (!set || !(revisionOf(set) < revisionOf(first))) continue
    if (!before || revisionOf(set) > revisionOf(before)) before = set
  }
  if (!before) return null
  const serving = podsOf(state, before.uid).filter(isPodReady).length
  const at = startOf(first, state)
  if (serving === 0 && group.since > at + beginsWithin) return null
  return {
    revision: first.revision,
    kind: 'Deployment',
    name: first.owner.name,
    at,
    ...changeOf(before.podSpec, first.podSpec),
    before: { revision: before.revision, readyPods: serving },
    deadlineAt: deadline(state.workload('Deployment', first.owner.uid)),
  }
}

/** k/k pkg/controller/deployment/progress.go: a rollout that is complete has no deadline any more. */
function deadline(deployment: Workload | undefined): number | null {
  const progressing = deployment?.conditions.find(({ type }) => type === 'Progressing')
  if (!deployment || !progressing || progressing.reason === 'NewReplicaSetAvailable') return null
  const { progressDeadlineSeconds, progressedAt } = deployment
  if (progressing.reason === 'ProgressDeadlineExceeded') return progressing.lastTransitionTime
  if (progressDeadlineSeconds === null || progressedAt === null) return null
  return progressedAt + progressDeadlineSeconds * 1_000
}

/** A set that was rolled back to is older than its latest turn. */
function startOf(set: Workload, state: ClusterState): number {
  if (set.annotations['deployment.kubernetes.io/revision-history'] === undefined) return set.createdAt
  return podsOf(state, set.uid).reduce((first, { createdAt }) => Math.min(first, createdAt), Number.POSITIVE_INFINITY)
}

const hashLabel = 'controller-revision-hash'

/** The pods of StatefulSets and DaemonSets carry their ControllerRevision's hash. */
function setRollout(group: ProblemMembers, state: ClusterState): RolloutCause | null {
  const [owner, ...others] = group.owners.entries().map(([uid]) => uid)
  if (!owner || others.length > 0 || !group.workload) return null
  const failing = new Set<string>()
  for (const uid of group.podUids()) failing.add(state.pod(uid)?.labels[hashLabel] ?? '')
  const [hash, ...more] = failing
  if (!hash || more.length > 0) return null
  const pods = podsOf(state, owner)
  const made = pods.filter(({ labels }) => labels[hashLabel] === hash)
  const old = pods.filter(({ labels }) => labels[hashLabel] !== hash)
  const [sample] = old
  if (!sample) return null
  const at = made.reduce((first, { createdAt }) => Math.min(first, createdAt), Number.POSITIVE_INFINITY)
  // The younger hash is the new one.
  if (!old.some(({ createdAt }) => createdAt < at)) return null
  return {
    revision: hash,
    kind: group.workload.kind,
    name: group.workload.name,
    at,
    ...changeOf(sample.spec, made[0]?.spec ?? null),
    before: { revision: sample.labels[hashLabel] ?? '', readyPods: old.filter(isPodReady).length },
    deadlineAt: null,
  }
}

function changeOf(before: Pod['spec'] | null, after: Pod['spec'] | null): Pick<RolloutCause, 'images' | 'changes'> {
  if (!before || !after) return { images: [], changes: [] }
  const { images, others } = templateChange(before, after)
  return { images, changes: others }
}

/** The youngest first. */
function podsOf(state: ClusterState, owner: string): Pod[] {
  const pods: Pod[] = []
  for (const uid of state.podsOfOwner(owner)) {
    const pod = state.pod(uid)
    if (pod) pods.push(pod)
  }
  return pods.sort((a, b) => b.createdAt - a.createdAt || (a.name < b.name ? -1 : 1))
}

function revisionOf({ revision }: Workload): number {
  return revision === '' ? Number.NaN : Number(revision)
}
