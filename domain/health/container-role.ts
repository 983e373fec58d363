import type { Pod } from '../model/pod.ts'

/** What a container is for in its pod. */
export type ContainerRole = 'main' | 'init' | 'native-sidecar' | 'sidecar' | 'ambassador' | 'adapter' | 'injected'

export interface RoleFinding {
  readonly role: ContainerRole
  /** "Istio proxy"; null where the product isn't known. */
  readonly product: string | null
  readonly confidence: 'certain' | 'likely' | 'guess'
  readonly evidence: readonly string[]
}

/** The role of each container by name. */
export function containerRoles(pod: Pod): ReadonlyMap<string, RoleFinding> {
  const roles = new Map<string, RoleFinding>()
  for (const { name, restartPolicy } of pod.spec.initContainers) {
    roles.set(name, certain(restartPolicy === 'Always' ? 'native-sidecar' : 'init'))
  }
  for (const { name } of pod.spec.containers) roles.set(name, certain('main'))
  return roles
}

function certain(role: ContainerRole): RoleFinding {
  return { role, product: null, confidence: 'certain', evidence: [] }
}
