import type { Severity } from '../../domain/health/severity.ts'
import type { ProbeDetail } from '../../domain/live/protocol.ts'

/**
 * Colour and shape of a probe's state. A probe that fails but not yet often enough is a warning.
 * @param ready whether the container is
 */
export function probeSeverity({ state, inARow, kind }: ProbeDetail, ready: boolean): Severity | 'none' {
  switch (state) {
    case 'passing':
      return 'ok'
    case 'failing':
      if (kind === 'startup') return 'progress'
      if (kind === 'readiness') return ready ? 'warning' : 'error'
      return inARow !== null && inARow.count < inARow.of ? 'warning' : 'error'
    case 'not-started':
    case 'held-back':
      return 'progress'
    default:
      return 'none'
  }
}

export const probeStateWords: Readonly<Record<ProbeDetail['state'], string>> = {
  passing: 'passing',
  failing: 'failing',
  'not-started': 'not started',
  'held-back': 'held back',
  unknown: 'unknown',
}

export const sourceWords: Readonly<Record<string, string>> = {
  status: 'status',
  condition: 'condition',
  event: 'event',
  spec: 'spec',
  counter: 'kubelet counter',
  history: 'history',
}
