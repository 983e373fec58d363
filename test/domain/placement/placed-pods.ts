import type { Node } from '../../../domain/model/node.ts'
import type { Pod } from '../../../domain/model/pod.ts'
import type { TopologySpreadConstraint } from '../../../domain/model/pod-spec.ts'
import { aNode } from '../../support/a-node.ts'
import { aConstraint, aPod, aPodSpec, type PodParts } from '../../support/a-pod.ts'

export const zone = 'topology.kubernetes.io/zone'
export const hostname = 'kubernetes.io/hostname'
export const workload = { kind: 'Deployment', name: 'web' }

/** Nodes a1, a2, b1 … of the zones named by their first letter. */
export function nodes(...names: string[]): Node[] {
  return names.map((name) => aNode(name, { labels: { [zone]: name.slice(0, 1) } }))
}

/** So many pods on each node; all have the same constraints. */
export function pods(
  placed: Record<string, number>,
  constraints: readonly TopologySpreadConstraint[] = [aConstraint()],
  { spec, ...parts }: PodParts = {},
): Pod[] {
  const shared = aPodSpec({ ...spec, topologySpreadConstraints: constraints })
  return Object.entries(placed).flatMap(([node, count]) =>
    Array.from({ length: count }, () => aPod({ labels: { app: 'web' }, nodeName: node, ...parts, spec: shared })),
  )
}
