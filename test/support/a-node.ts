import type { Node, Taint } from '../../domain/model/node.ts'
import { labelsOf } from './a-pod.ts'

let nodes = 0

export interface NodeParts extends Partial<Omit<Node, 'kind' | 'name' | 'labels'>> {
  readonly labels?: Record<string, string>
}

/** A node of the model, ready, with its host name for a label; the parts given are put over it. */
export function aNode(name: string, { labels, ...parts }: NodeParts = {}): Node {
  nodes += 1
  return {
    kind: 'Node',
    uid: `node-uid-${nodes}`,
    namespace: '',
    name,
    resourceVersion: String(nodes),
    labels: labelsOf({ 'kubernetes.io/hostname': name, ...labels }),
    createdAt: 0,
    deletedAt: null,
    owner: null,
    unschedulable: false,
    taints: [],
    conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady', message: '', lastTransitionTime: null }],
    allocatable: labelsOf(),
    capacity: labelsOf(),
    kubeletVersion: 'v1.34.3',
    ...parts,
  }
}

export function aTaint(key: string, effect: string, value = ''): Taint {
  return { key, value, effect }
}
