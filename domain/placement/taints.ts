import type { Node, Taint } from '../model/node.ts'
import type { Toleration } from '../model/pod-spec.ts'

/** Whether every taint that keeps pods off (NoSchedule, NoExecute) is tolerated; PreferNoSchedule never keeps any off. */
export function toleratesNode(tolerations: readonly Toleration[], node: Node): boolean {
  return node.taints.every(
    (taint) =>
      (taint.effect !== 'NoSchedule' && taint.effect !== 'NoExecute') ||
      tolerations.some((toleration) => tolerates(toleration, taint)),
  )
}

/** api core/v1 Toleration.ToleratesTaint; Lt and Gt are behind a gate that is off by default. */
export function tolerates(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect !== '' && toleration.effect !== taint.effect) return false
  if (toleration.key !== '' && toleration.key !== taint.key) return false
  switch (toleration.operator) {
    case '':
    case 'Equal':
      return toleration.value === taint.value
    case 'Exists':
      return true
    default:
      return false
  }
}
