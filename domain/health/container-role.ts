import type { Pod } from '../model/pod.ts'

export type ContainerRole = 'main' | 'init' | 'native-sidecar' | 'sidecar' | 'ambassador' | 'adapter' | 'injected'

/** What a container is for in its pod, and why that is thought. */
export interface RoleFinding {
  readonly role: ContainerRole
  /** The well-known product that it is ("Istio proxy"); null where it is none. */
  readonly product: string | null
  readonly confidence: 'certain' | 'likely' | 'guess'
  /** Sentences; at least one. */
  readonly evidence: readonly string[]
}

/** The role of each container of a pod, by name. */
export function containerRoles(pod: Pod): ReadonlyMap<string, RoleFinding> {
  const roles = new Map<string, RoleFinding>()
  for (const { name, restartPolicy } of pod.spec.initContainers) {
    const role = restartPolicy === 'Always' ? 'native-sidecar' : 'init'
    roles.set(name, { role, product: null, confidence: 'certain', evidence: ['It is one of the initContainers.'] })
  }
  for (const { name } of pod.spec.containers) {
    roles.set(name, { role: 'main', product: null, confidence: 'likely', evidence: ['It is one of the containers.'] })
  }
  return roles
}
