import { kubectl } from '../health/kubectl-command.ts'
import { advise, fact, type Told } from '../health/story-context.ts'
import type { SpreadGroupResult } from './spread-group.ts'

/** A spread constraint whose pods lie unevenly. */
export function skewStory(result: SpreadGroupResult): Told {
  const { namespace, workload, topologyKey, maxSkew, skew, globalMinimum, whenUnsatisfiable, domains } = result
  const worst = [...domains].sort((a, b) => b.count - a.count).slice(0, 3)
  const restartable = ['Deployment', 'StatefulSet', 'DaemonSet'].includes(workload.kind)
  return {
    evidence: [
      fact('spec', 'spec.topologySpreadConstraints', `${topologyKey}, maxSkew ${maxSkew}, ${whenUnsatisfiable}`),
      ...worst.map(({ value, count }) =>
        fact(
          'status',
          `Node label ${topologyKey}=${value}`,
          `${count} pods count there, ${count - globalMinimum} above the minimum`,
        ),
      ),
      fact('status', 'Skew', `${skew} where ${maxSkew} is allowed`),
    ],
    next: {
      text:
        whenUnsatisfiable === 'DoNotSchedule'
          ? 'The scheduler moves no pod that runs; new pods go only where they don’t make it worse'
          : 'The scheduler moves no pod that runs; new pods prefer the emptier domains',
      at: null,
    },
    advice: [
      advise('See which nodes are in which domain', kubectl('get', 'nodes', '-L', topologyKey)),
      ...(restartable
        ? [
            advise(
              'Pods made anew are spread anew',
              kubectl('rollout', 'restart', `${workload.kind.toLowerCase()}/${workload.name}`, '-n', namespace),
            ),
          ]
        : []),
      advise('The descheduler (RemovePodsViolatingTopologySpreadConstraint) does that by itself'),
    ],
  }
}
