import type { SpreadGroupResult } from './spread-group.ts'

/** What goes on with a workload's pods. */
export interface WorkloadActivity {
  /** Its controller is replacing pods by those of a new revision. */
  readonly rollout: boolean
  /** Pods that are being deleted: others will be placed for them. */
  readonly terminating: number
  /** Pods that wait for a node. */
  readonly pending: number
}

/** Whether a violated constraint mends itself, and what a person can do. */
export interface SpreadHealing {
  /** It may pass without anybody's help: pods are on the move. */
  readonly transient: boolean
  /** Why, in one sentence. */
  readonly why: string
  /** What helps, the gentlest first, each one sentence without its full stop. */
  readonly actions: readonly string[]
}

/**
 * The scheduler looks at a constraint only when it places a pod and never moves one that runs
 * (k/k pkg/scheduler/framework/plugins/podtopologyspread has no part in anything after binding), so a
 * violation lasts until pods come and go for another reason.
 */
export function spreadHealing(group: SpreadGroupResult, activity: WorkloadActivity): SpreadHealing {
  const { transient, why } = prospects(activity)
  return { transient, why, actions: actions(group, activity) }
}

function prospects({ rollout, terminating, pending }: WorkloadActivity): { transient: boolean; why: string } {
  const pods = (count: number) => (count === 1 ? '1 pod' : `${count} pods`)
  if (rollout) return { transient: true, why: 'A rollout is going on: where its pods end up shows when it is done.' }
  if (terminating > 0) {
    return { transient: true, why: `${pods(terminating)} of it are being deleted: others are placed for them.` }
  }
  if (pending > 0) return { transient: true, why: `${pods(pending)} of it still wait for a node.` }
  return { transient: false, why: 'The scheduler never moves pods that run: it stays so until pods are replaced.' }
}

function actions(group: SpreadGroupResult, { rollout }: WorkloadActivity): string[] {
  const { namespace, workload, surplus, whenUnsatisfiable, domains, revision, topologyKey } = group
  const { kind, name } = workload
  const found: string[] = []
  const [fullest] = [...surplus].sort((a, b) => b.pods - a.pods)
  const emptiest = [...domains].sort((a, b) => a.count - b.count)[0]
  if (fullest) {
    const pods = fullest.pods === 1 ? 'one pod' : `${fullest.pods} pods`
    found.push(
      kind === 'Pod'
        ? `Delete ${pods} in ${fullest.value} and create them anew`
        : `Delete ${pods} in ${fullest.value}: the scheduler places the new ones by the constraint`,
    )
  }
  if (!rollout && restartable.has(kind)) {
    found.push(`Place all of its pods anew: kubectl rollout restart ${kind.toLowerCase()}/${name} -n ${namespace}`)
  }
  if (kind === 'Deployment' && revision === '') {
    found.push(
      'Add matchLabelKeys: [pod-template-hash] to the constraint: without it pods of the old revision count in a rollout and leave a skew behind',
    )
  }
  const soft = whenUnsatisfiable === 'DoNotSchedule' ? '' : ' and constraints: [ScheduleAnyway]'
  found.push(`Run the descheduler with RemovePodsViolatingTopologySpreadConstraint${soft}`)
  if (emptiest && emptiest.count === 0) {
    found.push(`See that ${emptiest.value} (${topologyKey}) has nodes with room for it: it holds none of its pods`)
  }
  return found
}

const restartable: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet'])
