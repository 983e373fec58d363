import type { Probe } from '../model/pod-spec.ts'

/** Seconds from the instant at which something begins to fail. */
export interface ProbeSpan {
  readonly earliest: number
  readonly latest: number
}

/**
 * How long until a probe's failures have their effect. The earliest: the first question comes just
 * after it began and each is refused at once. The latest: the last good answer came just before,
 * and each question waits for its timeout; a slow answer holds up the next question
 * (k/k pkg/kubelet/prober/worker.go: a ticker of periodSeconds, one question at a time).
 */
export function failingSpan({ failureThreshold, periodSeconds, timeoutSeconds }: Probe): ProbeSpan {
  const gaps = failureThreshold - 1
  return {
    earliest: gaps * periodSeconds,
    latest: periodSeconds + gaps * Math.max(periodSeconds, timeoutSeconds) + timeoutSeconds,
  }
}

/** How long from the container's start until a probe that never passes has its effect. */
export function startingSpan(probe: Probe): ProbeSpan {
  const { earliest, latest } = failingSpan(probe)
  return { earliest: probe.initialDelaySeconds + earliest, latest: probe.initialDelaySeconds + latest }
}

/** A startup probe's budget as it is usually told, seconds: the delay, then so many periods. */
export function startupBudget({ initialDelaySeconds, failureThreshold, periodSeconds }: Probe): number {
  return initialDelaySeconds + failureThreshold * periodSeconds
}

/** How long from the first good answer until it counts, seconds. */
export function recoverySpan({ successThreshold, periodSeconds }: Probe): number {
  return (successThreshold - 1) * periodSeconds
}

/** Fields that have Kubernetes' default value (k/k pkg/apis/core/v1/defaults.go); terminationGracePeriodSeconds has none. */
export function defaultedFields(probe: Probe): readonly string[] {
  const fields: string[] = []
  if (probe.initialDelaySeconds === 0) fields.push('initialDelaySeconds')
  if (probe.periodSeconds === 10) fields.push('periodSeconds')
  if (probe.timeoutSeconds === 1) fields.push('timeoutSeconds')
  if (probe.successThreshold === 1) fields.push('successThreshold')
  if (probe.failureThreshold === 3) fields.push('failureThreshold')
  if (probe.terminationGracePeriodSeconds === null) fields.push('terminationGracePeriodSeconds')
  const { handler } = probe
  if (handler.type === 'httpGet') {
    if (handler.scheme === 'HTTP') fields.push('httpGet.scheme')
    if (handler.path === '/') fields.push('httpGet.path')
    if (handler.host === '') fields.push('httpGet.host')
  }
  if (handler.type === 'tcpSocket' && handler.host === '') fields.push('tcpSocket.host')
  if (handler.type === 'grpc' && handler.service === '') fields.push('grpc.service')
  return fields
}
