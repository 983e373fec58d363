import type { Probe, ProbeHandler } from '../model/pod-spec.ts'
import { count, isRecord, numberOrText, positive, type Raw, text, texts, wholeOrNull } from './raw.ts'

const unknownHandler: ProbeHandler = Object.freeze({ type: 'unknown' })

/**
 * Defaults as the API server would have filled them in: k/k pkg/apis/core/v1/defaults.go,
 * SetDefaults_Probe and SetDefaults_HTTPGetAction.
 * @param like an earlier answer: given back itself where it is equal
 */
export function readProbe(value: unknown, like?: Probe | null): Probe | null {
  if (!isRecord(value)) return null
  const handler = readHandler(value, like?.handler)
  const initialDelaySeconds = count(value.initialDelaySeconds)
  const periodSeconds = positive(value.periodSeconds, 10)
  const timeoutSeconds = positive(value.timeoutSeconds, 1)
  const successThreshold = positive(value.successThreshold, 1)
  const failureThreshold = positive(value.failureThreshold, 3)
  const terminationGracePeriodSeconds = wholeOrNull(value.terminationGracePeriodSeconds)
  if (
    like &&
    like.handler === handler &&
    like.initialDelaySeconds === initialDelaySeconds &&
    like.periodSeconds === periodSeconds &&
    like.timeoutSeconds === timeoutSeconds &&
    like.successThreshold === successThreshold &&
    like.failureThreshold === failureThreshold &&
    like.terminationGracePeriodSeconds === terminationGracePeriodSeconds
  ) {
    return like
  }
  return {
    handler,
    initialDelaySeconds,
    periodSeconds,
    timeoutSeconds,
    successThreshold,
    failureThreshold,
    terminationGracePeriodSeconds,
  }
}

/** Headers of an HTTP probe are left out: they may carry tokens. */
function readHandler({ httpGet, tcpSocket, exec, grpc }: Raw, like: ProbeHandler | undefined): ProbeHandler {
  if (isRecord(httpGet)) {
    const scheme = text(httpGet.scheme) || 'HTTP'
    const host = text(httpGet.host)
    const port = numberOrText(httpGet.port)
    const path = text(httpGet.path) || '/'
    return like?.type === 'httpGet' &&
      like.scheme === scheme &&
      like.host === host &&
      like.port === port &&
      like.path === path
      ? like
      : { type: 'httpGet', scheme, host, port, path }
  }
  if (isRecord(tcpSocket)) {
    const host = text(tcpSocket.host)
    const port = numberOrText(tcpSocket.port)
    return like?.type === 'tcpSocket' && like.host === host && like.port === port
      ? like
      : { type: 'tcpSocket', host, port }
  }
  if (isRecord(exec)) {
    const command = texts(exec.command, like?.type === 'exec' ? like.command : undefined)
    return like?.type === 'exec' && like.command === command ? like : { type: 'exec', command }
  }
  if (isRecord(grpc)) {
    const port = numberOrText(grpc.port)
    const service = text(grpc.service)
    return like?.type === 'grpc' && like.port === port && like.service === service
      ? like
      : { type: 'grpc', port, service }
  }
  return unknownHandler
}
