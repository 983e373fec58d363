import type { Probe, ProbeHandler } from '../model/pod-spec.ts'
import { count, isRecord, numberOrText, positive, type Raw, text, texts, wholeOrNull } from './raw.ts'

const unknownHandler: ProbeHandler = Object.freeze({ type: 'unknown' })

/** Defaults as the API server would have filled them in: k/k pkg/apis/core/v1/defaults.go, SetDefaults_Probe and SetDefaults_HTTPGetAction. */
export function readProbe(value: unknown): Probe | null {
  if (!isRecord(value)) return null
  return {
    handler: readHandler(value),
    initialDelaySeconds: count(value.initialDelaySeconds),
    periodSeconds: positive(value.periodSeconds, 10),
    timeoutSeconds: positive(value.timeoutSeconds, 1),
    successThreshold: positive(value.successThreshold, 1),
    failureThreshold: positive(value.failureThreshold, 3),
    terminationGracePeriodSeconds: wholeOrNull(value.terminationGracePeriodSeconds),
  }
}

/** Headers of an HTTP probe are left out: they may carry tokens. */
function readHandler({ httpGet, tcpSocket, exec, grpc }: Raw): ProbeHandler {
  if (isRecord(httpGet)) {
    return {
      type: 'httpGet',
      scheme: text(httpGet.scheme) || 'HTTP',
      host: text(httpGet.host),
      port: numberOrText(httpGet.port),
      path: text(httpGet.path) || '/',
    }
  }
  if (isRecord(tcpSocket)) {
    return { type: 'tcpSocket', host: text(tcpSocket.host), port: numberOrText(tcpSocket.port) }
  }
  if (isRecord(exec)) return { type: 'exec', command: texts(exec.command) }
  if (isRecord(grpc)) return { type: 'grpc', port: numberOrText(grpc.port), service: text(grpc.service) }
  return unknownHandler
}
