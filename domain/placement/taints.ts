import type { Node, Taint } from '../model/node.ts'
import type { Toleration } from '../model/pod-spec.ts'

/**
 * Whether every taint that keeps pods off a node (NoSchedule, NoExecute) is tolerated.
 * PreferNoSchedule keeps none off (k/k pkg/scheduler/framework/plugins/helper/taint.go).
 */
export function toleratesTaints(tolerations: readonly Toleration[], taints: readonly Taint[]): boolean {
  return taints.every((taint) => !keepsPodsOff(taint) || tolerations.some((toleration) => tolerates(toleration, taint)))
}

export function keepsPodsOff({ effect }: Taint): boolean {
  return effect === 'NoSchedule' || effect === 'NoExecute'
}

/**
 * api core/v1 Toleration.ToleratesTaint: an empty effect and an empty key stand for any. Lt and Gt
 * are behind a gate that is off by default.
 */
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

export function sameTaints(a: Node, b: Node): boolean {
  return (
    a.taints.length === b.taints.length &&
    a.taints.every((taint, index) => {
      const other = b.taints[index]
      return taint.key === other?.key && taint.value === other.value && taint.effect === other.effect
    })
  )
}
