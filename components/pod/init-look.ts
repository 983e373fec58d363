import type { Severity } from '../../domain/health/severity.ts'
import type { ContainerDetail } from '../../domain/live/protocol.ts'

export interface StepLook {
  readonly severity: Severity | 'none'
  readonly words: string
}

/** Where an init container or native sidecar stands, as colour and word. */
export function stepLook({ init, type, started }: ContainerDetail): StepLook {
  switch (init?.state) {
    case 'done':
      return { severity: 'ok', words: 'done' }
    case 'running':
      if (type === 'sidecar' && started !== true) return { severity: 'progress', words: 'starting' }
      return { severity: 'progress', words: 'running' }
    case 'started':
      return { severity: 'ok', words: 'runs on beside the containers' }
    case 'failed':
      return { severity: 'error', words: 'failed' }
    default:
      return { severity: 'none', words: 'waits its turn' }
  }
}
