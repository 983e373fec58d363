import type { ContainerRole } from '../../domain/health/container-role.ts'

interface RoleWord {
  readonly word: string
  /** What a container of this role is for. */
  readonly meaning: string
}

export const roleWords: Readonly<Record<ContainerRole, RoleWord>> = {
  main: { word: 'main', meaning: 'It does the pod’s own work.' },
  init: { word: 'init', meaning: 'It runs once, to its end, before the pod’s containers start.' },
  'native-sidecar': {
    word: 'native sidecar',
    meaning: 'It starts in its place among the init containers and runs on beside the main containers.',
  },
  sidecar: {
    word: 'sidecar',
    meaning: 'It helps the main container: ships logs, reloads configuration, keeps caches.',
  },
  ambassador: { word: 'ambassador', meaning: 'The main container reaches the outside through it.' },
  adapter: { word: 'adapter', meaning: 'It translates what the main container puts out for others.' },
  injected: {
    word: 'injected',
    meaning: 'A controller put it into the pod; the workload’s own template doesn’t have it.',
  },
}

/** The word of a role; of a newer server's role, as it came. */
export function roleWord(role: string): string {
  return Object.hasOwn(roleWords, role) ? roleWords[role as ContainerRole].word : role
}

/** Whatever only accompanies the main container: its failure is another thing than the main one's. */
export function isCompanion(role: string | null): boolean {
  return role !== null && role !== 'main' && role !== 'init'
}
