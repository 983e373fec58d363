import type { Node } from '../../domain/model/node.ts'
import type { Pod } from '../../domain/model/pod.ts'
import { readClusterObject } from '../../domain/read/cluster-object.ts'
import { Interner } from '../../domain/read/interner.ts'

const interner = new Interner()
let uids = 0

/** A pod of the model from the parts of an API object that a test cares about. */
export function modelPod(parts: { metadata?: object; spec?: object; status?: object }): Pod {
  uids += 1
  const raw = {
    metadata: {
      uid: `uid-${uids}`,
      namespace: 'default',
      name: `pod-${uids}`,
      resourceVersion: String(uids),
      ...parts.metadata,
    },
    spec: { containers: [{ name: 'app', image: 'app:1' }], ...parts.spec },
    status: { phase: 'Running', ...parts.status },
  }
  return readClusterObject('Pod', raw, interner) as Pod
}

export function modelNode(name: string, labels: Record<string, string>, spec: object = {}): Node {
  uids += 1
  const raw = {
    metadata: {
      uid: `node-uid-${uids}`,
      name,
      labels: { 'kubernetes.io/hostname': name, ...labels },
      resourceVersion: String(uids),
    },
    spec,
    status: { conditions: [{ type: 'Ready', status: 'True' }] },
  }
  return readClusterObject('Node', raw, interner) as Node
}
