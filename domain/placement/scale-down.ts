import type { Pod } from '../model/pod.ts'
import { isReady } from './budget-standing.ts'

/**
 * The pods that a controller deletes first when it has too many. Of a StatefulSet those with the
 * highest ordinals; else those without a node, then pending, not ready, then those that share their
 * node with most of the others, then the youngest (k/k pkg/controller/controller_utils.go
 * ActivePodsWithRanks; of pods of about one age it takes any).
 */
export function firstToGo(pods: readonly Pod[], count: number, kind: string): readonly Pod[] {
  if (kind === 'StatefulSet') return [...pods].sort((a, b) => ordinal(b) - ordinal(a)).slice(0, count)
  const onNode = new Map<string, number>()
  for (const { nodeName } of pods) onNode.set(nodeName, (onNode.get(nodeName) ?? 0) + 1)
  const rank = ({ nodeName }: Pod) => (nodeName === '' ? 0 : (onNode.get(nodeName) ?? 0))
  return [...pods]
    .sort(
      (a, b) =>
        Number(a.nodeName !== '') - Number(b.nodeName !== '') ||
        Number(a.phase !== 'Pending') - Number(b.phase !== 'Pending') ||
        Number(isReady(a)) - Number(isReady(b)) ||
        rank(b) - rank(a) ||
        b.createdAt - a.createdAt ||
        (a.name < b.name ? -1 : 1),
    )
    .slice(0, count)
}

function ordinal({ name }: Pod): number {
  return Number(/-(\d+)$/.exec(name)?.[1] ?? 0)
}
