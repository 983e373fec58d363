import type { Probe, ProbeHandler, ProbeKind } from '../../domain/model/pod-spec.ts'

export const probeKindWords: Readonly<Record<ProbeKind, string>> = {
  startup: 'Startup probe',
  liveness: 'Liveness probe',
  readiness: 'Readiness probe',
}

/** What a probe asks: "HTTP GET :8080/healthz". */
export function handlerWords(handler: ProbeHandler): string {
  switch (handler.type) {
    case 'httpGet': {
      const path = handler.path.startsWith('/') ? handler.path : `/${handler.path}`
      return `${handler.scheme.toUpperCase()} GET ${handler.host}:${handler.port}${path}`
    }
    case 'tcpSocket':
      return `TCP connect to ${handler.host}:${handler.port}`
    case 'exec':
      return `exec ${handler.command.join(' ')}`
    case 'grpc':
      return `gRPC health check on :${handler.port}${handler.service === '' ? '' : ` for ${handler.service}`}`
    default:
      return 'a handler that this version doesn’t know'
  }
}

export interface ProbeValue {
  /** Kubernetes' own name of the field. */
  readonly field: string
  readonly name: string
  readonly value: string
}

/** The values that hold for a probe, defaults filled in. */
export function probeValues(probe: Probe): readonly ProbeValue[] {
  const grace = probe.terminationGracePeriodSeconds
  return [
    { field: 'initialDelaySeconds', name: 'Initial delay', value: `${probe.initialDelaySeconds} s` },
    { field: 'periodSeconds', name: 'Period', value: `${probe.periodSeconds} s` },
    { field: 'timeoutSeconds', name: 'Timeout', value: `${probe.timeoutSeconds} s` },
    { field: 'failureThreshold', name: 'Failures', value: String(probe.failureThreshold) },
    { field: 'successThreshold', name: 'Successes', value: String(probe.successThreshold) },
    ...(grace === null ? [] : [{ field: 'terminationGracePeriodSeconds', name: 'Grace period', value: `${grace} s` }]),
  ]
}
