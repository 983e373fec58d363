import { kubectl } from '../health/kubectl-command.ts'
import type { KubectlDialect } from '../health/kubectl-dialect.ts'
import { nodeStory } from '../health/node-story.ts'
import type { Evidence, Problem, ProblemGroup, ProblemStory, RolloutCause } from '../health/problem.ts'
import { problemDocs } from '../health/problem-docs.ts'
import { podProblemStory } from '../health/problem-story.ts'
import { serviceStory } from '../health/service-story.ts'
import type { Pod } from '../model/pod.ts'
import { withFindings } from '../placement/pending-findings.ts'
import type { PendingPod } from '../placement/pending-pod.ts'
import { skewStory } from '../placement/skew-story.ts'
import type { SpreadGroups } from '../placement/spread-groups.ts'
import type { SpreadHealing } from '../placement/spread-healing.ts'
import type { ClusterState } from '../state/cluster-state.ts'
import type { Counter } from './counter.ts'
import type { ProblemGroups } from './problem-groups.ts'
import type { ProblemMembers } from './problem-members.ts'
import { rolloutCause } from './rollout-cause.ts'
import type { ServiceStates } from './service-states.ts'
import { workloadKey } from './workload-key.ts'

const listed = 50
/** Pods of a group whose own stories are put together. */
const heard = 10
/** Pods of a Service that are asked what is wrong with them. */
const asked = 1_000

/** What stories are told from. All of it is as of the last settling. */
export interface StorySources {
  readonly state: ClusterState
  readonly groups: ProblemGroups
  readonly services: ServiceStates
  /** Pods by workloadKey. */
  readonly podsByWorkload: Counter
  readonly spread: () => SpreadGroups
  readonly healing: (groupId: string) => SpreadHealing | null
  /** Null: the pod isn't pending. */
  readonly pending: (podUid: string) => PendingPod | null
  readonly dialect: () => KubectlDialect
  readonly now: () => number
  readonly problemsOf: (podUid: string) => readonly Problem[]
}

/**
 * Tells problems and groups whole: for what somebody looks at, and only once until something in it
 * changes.
 */
export class ProblemStories {
  readonly #sources: StorySources
  readonly #told = new Map<string, ProblemGroup>()

  constructor(sources: StorySources) {
    this.#sources = sources
  }

  /** Null: there is no such group (any more). What is told is kept, for whoever looks looks again. */
  group(id: string): ProblemGroup | null {
    const made = this.groupOnce(id)
    if (made) this.#told.set(id, made)
    return made
  }

  /** The same for those who ask for all of them once: there may be tens of thousands. */
  groupOnce(id: string): ProblemGroup | null {
    const told = this.#told.get(id)
    if (told) return told
    const group = this.#sources.groups.get(id)
    return group ? this.#tell(group) : null
  }

  forget(id: string): void {
    this.#told.delete(id)
  }

  /** The story of one problem by itself. */
  problem(problem: Problem): ProblemStory {
    const { state, spread, healing } = this.#sources
    const { subject } = problem
    const docs = problemDocs(problem)
    switch (subject.kind) {
      case 'Pod': {
        const pod = state.pod(subject.uid)
        if (!pod) break
        const story = podProblemStory(problem, pod, this.#context(pod))
        const found = problem.kind === 'pod-pending' ? this.#sources.pending(subject.uid)?.explanation : null
        return found ? withFindings(story, found) : story
      }
      case 'Node': {
        const node = state.node(subject.name)
        if (node) return { ...nodeStory(problem, node, this.#sources.now()), docs }
        break
      }
      case 'Service': {
        const known = this.#sources.services.get(subject.uid)
        if (known) return { ...serviceStory(known.service, known.endpoints, this.#podsOfService(subject.uid)), docs }
        break
      }
      default: {
        const id = problem.cause.replace(/^spread\//, '')
        const result = spread().result(id)
        if (result) return { ...skewStory(result, healing(id)), docs }
      }
    }
    return { evidence: [], next: null, advice: [], docs }
  }

  #tell(group: ProblemMembers): ProblemGroup | null {
    const { id, kind, severity, cause, namespace, workload, role, since } = group
    const first = group.problems.slice(0, listed)
    // One of which it is known for certain speaks for those of which it is only likely.
    const byNews = [...first].sort((a, b) => b.lastSeenAt - a.lastSeenAt)
    const lead = byNews.find(({ title }) => !title.includes(', perhaps ')) ?? byNews[0]
    if (!lead) return null
    let lastSeenAt = 0
    for (const problem of group.problems) if (problem.lastSeenAt > lastSeenAt) lastSeenAt = problem.lastSeenAt
    const rollout = rolloutCause(group, this.#sources.state)
    return {
      id,
      kind,
      severity,
      cause,
      namespace,
      workload,
      role,
      title: lead.title,
      detail: lead.detail,
      since,
      lastSeenAt,
      affects: {
        ...this.#pods(group, lead),
        containers: group.containers
          .entries()
          .slice(0, listed)
          .map(([name]) => name),
        subjects: first.map(({ subject, container, since }) => ({ ...subject, container, since })),
        services: lead.subject.kind === 'Service' ? [lead.subject.name] : this.#services(first),
      },
      rollout,
      explainedBy: lead.subject.kind === 'Service' ? this.#explanations(lead.subject.uid) : [],
      ...this.#story(group, lead, byNews, rollout),
    }
  }

  #pods({ pods, namespace, workload }: ProblemMembers, { subject }: Problem): { pods: number; podsTotal: number } {
    if (subject.kind === 'Service') {
      const all = this.#sources.services.podsOf(subject.uid).size
      return { pods: all, podsTotal: all }
    }
    const total = workload ? this.#sources.podsByWorkload.get(workloadKey(namespace, workload)) : 0
    return { pods, podsTotal: Math.max(total, pods) }
  }

  /** The lead's story, with what events tell of the others. */
  #story(
    group: ProblemMembers,
    lead: Problem,
    members: readonly Problem[],
    rollout: RolloutCause | null,
  ): ProblemStory {
    const own = this.problem(lead)
    if (group.problems.length === 1 && !rollout) return own
    const others = members
      .filter((problem) => problem !== lead)
      .slice(0, heard)
      .map((problem) => this.problem(problem))
    const { now } = this.#sources
    const soonest = [own, ...others]
      .flatMap(({ next }) => (next !== null && next.at !== null && next.at >= now() ? [{ ...next, at: next.at }] : []))
      .sort((a, b) => a.at - b.at)[0]
    return {
      evidence: [...(rollout ? [rolloutEvidence(rollout)] : []), ...together(lead, own, others, group.pods > 1)],
      next: soonest ?? own.next,
      advice: rollout?.kind ? [...own.advice, ...rolloutAdvice(rollout, group.namespace)] : own.advice,
      docs: own.docs,
    }
  }

  #services(problems: readonly Problem[]): readonly string[] {
    const names = new Set<string>()
    let seen: Pod['labels'] | null = null
    for (const { subject } of problems) {
      const pod = subject.kind === 'Pod' ? this.#sources.state.pod(subject.uid) : undefined
      // Pods of one template mostly share their labels.
      if (!pod || pod.labels === seen) continue
      seen = pod.labels
      for (const { service } of this.#sources.services.ofPod(pod)) names.add(service.name)
    }
    return [...names].sort().slice(0, listed)
  }

  /** The groups of problems of a Service's pods. */
  #explanations(uid: string): readonly string[] {
    const { services, problemsOf, groups } = this.#sources
    const ids = new Set<string>()
    let left = asked
    for (const pod of services.podsOf(uid)) {
      for (const problem of problemsOf(pod)) ids.add(groups.idOf(problem) ?? problem.id)
      left -= 1
      if (left === 0) break
    }
    return [...ids].sort().slice(0, listed)
  }

  #podsOfService(uid: string): readonly Pod[] {
    const pods: Pod[] = []
    for (const podUid of this.#sources.services.podsOf(uid)) {
      const pod = this.#sources.state.pod(podUid)
      if (pod) pods.push(pod)
      if (pods.length === asked) break
    }
    return pods.sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  #context(pod: Pod) {
    const { state, dialect, now } = this.#sources
    return {
      node: state.node(pod.nodeName) ?? null,
      workload: state.workloadOf(pod),
      events: state.eventsRegarding(pod.uid),
      dialect: dialect(),
      now: now(),
    }
  }
}

/** Of several pods one status is enough, but all that events tell: the same words once, with their counts added up. */
function together(
  lead: Problem,
  own: ProblemStory,
  others: readonly ProblemStory[],
  severalPods: boolean,
): readonly Evidence[] {
  const events = new Map<string, Evidence>()
  for (const { evidence } of [own, ...others]) {
    for (const each of evidence) {
      if (each.source !== 'event') continue
      const key = `${each.path}\n${each.text}`
      const known = events.get(key)
      const count = (known?.count ?? 0) + (each.count ?? 1)
      events.set(key, { ...each, at: Math.max(known?.at ?? 0, each.at ?? 0) || null, count })
    }
  }
  const told = [...events.values()].sort((a, b) => (b.count ?? 0) - (a.count ?? 0)).slice(0, 5)
  const rest = own.evidence.filter(({ source }) => source !== 'event')
  return [
    ...told,
    ...(severalPods ? rest.map((each) => ({ ...each, path: `Pod ${lead.subject.name}: ${each.path}` })) : rest),
  ]
}

function rolloutEvidence({ kind, name, revision, at, images, before }: RolloutCause): Evidence {
  const image = images.map(({ container, from, to }) => `${container} ${from} → ${to}`).join(', ')
  const text = `its pods alone have this${image === '' ? '' : `; ${image}`}; ${before.readyPods} pods of revision ${before.revision} are ready`
  return { source: 'spec', path: `${kind} ${name}, revision ${revision}`, text, at, count: null }
}

function rolloutAdvice({ kind, name, revision }: RolloutCause, namespace: string): ProblemStory['advice'] {
  const target = `${kind.toLowerCase()}/${name}`
  const at = ['-n', namespace]
  return [
    ...(kind === 'Deployment'
      ? [
          {
            text: `See what revision ${revision} is`,
            command: kubectl('rollout', 'history', target, ...at, `--revision=${revision}`),
          },
        ]
      : []),
    { text: 'Go back to the revision before', command: kubectl('rollout', 'undo', target, ...at) },
  ]
}
