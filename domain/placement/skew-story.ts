import { kubectl } from '../health/kubectl-command.ts'
import { advise, fact, type Told } from '../health/story-context.ts'
import type { SpreadGroupResult } from './spread-group.ts'
import type { SpreadHealing } from './spread-healing.ts'

/** @param healing of this constraint; null: not known */
export function skewStory(result: SpreadGroupResult, healing: SpreadHealing | null): Told {
  const { topologyKey, maxSkew, skew, globalMinimum, whenUnsatisfiable, domains } = result
  const worst = [...domains].sort((a, b) => b.count - a.count).slice(0, 3)
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
        healing?.why.replace(/\.$/, '') ??
        (whenUnsatisfiable === 'DoNotSchedule'
          ? 'The scheduler moves no pod that runs; new pods go only where they don’t make it worse'
          : 'The scheduler moves no pod that runs; new pods prefer the emptier domains'),
      at: null,
    },
    advice: [
      ...(healing?.actions ?? []).map((action) => {
        const [, text = action, command = null] = /^(.*): (kubectl .*)$/.exec(action) ?? []
        return advise(text, command)
      }),
      advise('See which nodes are in which domain', kubectl('get', 'nodes', '-L', topologyKey)),
    ],
  }
}
