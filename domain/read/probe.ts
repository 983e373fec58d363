import type { Probe, ProbeHandler } from '../model/pod-spec.ts'
import { isRecord, numberOrText, type Raw, record, text, texts, whole, wholeOrNull } from './raw.ts'

/** A probe with the API server's defaults (k/k pkg/apis/core/v1/defaults.go); null where there is none. */
export function readProbe(value: unknown): Probe | null {
  if (!isRecord(value)) return null
  return {
    handler: readHandler(value),
    initialDelaySeconds: whole(value.initialDelaySeconds, 0),
    periodSeconds: whole(value.periodSeconds, 0) || 10,
    timeoutSeconds: whole(value.timeoutSeconds, 0) || 1,
    successThreshold: whole(value.successThreshold, 0) || 1,
    failureThreshold: whole(value.failureThreshold, 0) || 3,
    terminationGracePeriodSeconds: wholeOrNull(value.terminationGracePeriodSeconds),
  }
}

function readHandler(probe: Raw): ProbeHandler {
  if (isRecord(probe.httpGet)) {
    const { scheme, host, port, path } = probe.httpGet
    return {
      type: 'httpGet',
      scheme: text(scheme) || 'HTTP',
      host: text(host),
      port: numberOrText(port),
      path: text(path) || '/',
    }
  }
  if (isRecord(probe.tcpSocket)) {
    return { type: 'tcpSocket', host: text(probe.tcpSocket.host), port: numberOrText(probe.tcpSocket.port) }
  }
  if (isRecord(probe.exec)) return { type: 'exec', command: texts(record(probe.exec).command) }
  if (isRecord(probe.grpc)) {
    return { type: 'grpc', port: numberOrText(probe.grpc.port), service: text(probe.grpc.service) }
  }
  return { type: 'unknown' }
}
