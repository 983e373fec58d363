import type { Probe, ProbeHandler, ProbeKind } from '../../domain/model/pod-spec.ts'

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

/** When it asks: "every 10 s, first after 5 s, 1 s to answer". */
export function timingWords(probe: Probe): string {
  const delay = probe.initialDelaySeconds > 0 ? `, first after ${probe.initialDelaySeconds} s` : ''
  return `every ${probe.periodSeconds} s${delay}, ${probe.timeoutSeconds} s to answer`
}

/** What follows from its answers, as the kubelet acts (k/k pkg/kubelet/prober/worker.go). */
export function consequenceWords(kind: ProbeKind, probe: Probe): string {
  const failures = inARow(probe.failureThreshold, 'failure')
  if (kind === 'liveness') return `${failures} restart${probe.failureThreshold === 1 ? 's' : ''} the container`
  if (kind === 'startup') {
    const budget = probe.initialDelaySeconds + probe.failureThreshold * probe.periodSeconds
    return `${probe.failureThreshold === 1 ? '1 try' : `${probe.failureThreshold} tries`}: about ${budget} s to start, then it is restarted; the other probes wait for it`
  }
  const back = inARow(probe.successThreshold, 'success', 'successes')
  return `${failures} take${probe.failureThreshold === 1 ? 's' : ''} the pod out of its Services, ${back} bring${probe.successThreshold === 1 ? 's' : ''} it back`
}

function inARow(count: number, one: string, many = `${one}s`): string {
  return count === 1 ? `1 ${one}` : `${count} ${many} in a row`
}
