import type { ClusterEvent } from '../model/cluster-event.ts'
import type { Node } from '../model/node.ts'
import type { KubectlDialect } from './kubectl-dialect.ts'

/** What a pod's health depends on beside the pod. */
export interface PodContext {
  /** The node it is bound to; null where it has none or nodes may not be read. */
  readonly node: Node | null
  readonly workload: { readonly kind: string; readonly name: string } | null
  /** Events that regard the pod; that there is none proves nothing. */
  readonly events: readonly ClusterEvent[]
  readonly dialect: KubectlDialect
}
