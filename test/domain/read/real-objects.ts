import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ClusterObjectKind } from '../../../domain/model/cluster-object.ts'

const folder = join(import.meta.dirname, '..', '..', 'fixtures')

/** Objects of a real Kubernetes 1.20 cluster, each with its kind: what its API server stores and serves. */
export function realObjects(): { readonly name: string; readonly kind: ClusterObjectKind; readonly raw: unknown }[] {
  const pods = readdirSync(join(folder, 'pods')).map((file) => ({
    name: `pods/${file}`,
    kind: 'Pod' as const,
    raw: json(join('pods', file)),
  }))
  return [
    ...pods,
    ...listed('Event', 'events.json'),
    ...listed('Node', 'nodes.json'),
    ...listed('Service', 'services.json'),
    ...listed('EndpointSlice', 'endpoint-slices.json'),
    ...listed('Deployment', 'deployments.json'),
    ...listed('ReplicaSet', 'replicasets.json'),
    ...listed('Namespace', 'namespaces.json'),
  ]
}

export function realPod(name: string): unknown {
  return json(join('pods', `${name}.json`))
}

function listed(kind: ClusterObjectKind, file: string) {
  const { items } = json(file) as { items: readonly unknown[] }
  return items.map((raw, index) => ({ name: `${file} ${index}`, kind, raw }))
}

function json(file: string): unknown {
  return JSON.parse(readFileSync(join(folder, file), 'utf8'))
}
