import { withoutFoldedPrefix } from './container-event.ts'

/** How a probe failed. */
export interface ProbeFailure {
  /**
   * http-status: another code than 200 to 399. refused: nothing listens. timeout: no answer in time.
   * connection: the connection broke, or couldn't be made. output: a command or a gRPC service that
   * says no. not-executed: the kubelet couldn't ask, which doesn't count as a failure.
   */
  readonly type: 'http-status' | 'refused' | 'timeout' | 'connection' | 'output' | 'not-executed'
  readonly httpCode: number | null
  /** What the kubelet tells beside "Readiness probe failed: "; may be empty. */
  readonly output: string
  /** Completes "The probe …": "got HTTP code 404". */
  readonly words: string
}

const head = /^(?:Liveness|Readiness|Startup) probe (failed|errored)(?: and resulted in \w+ state)?(?:: ?|$)/

/**
 * Reads the message of an Unhealthy event (k/k pkg/kubelet/prober/prober.go; texts of pkg/probe/http,
 * tcp, exec, grpc and of Go's net, 1.20 to 1.37).
 */
export function readProbeFailure(message: string): ProbeFailure {
  const text = withoutFoldedPrefix(message)
  const match = head.exec(text)
  const output = (match ? text.slice(match[0].length) : text).trim()
  const failure = (type: ProbeFailure['type'], words: string, httpCode: number | null = null): ProbeFailure => {
    return { type, httpCode, output, words }
  }
  if (match?.[1] === 'errored') return failure('not-executed', 'couldn’t be carried out, which counts as no answer')
  const code = /^HTTP probe failed with statuscode: (\d{1,3})\b/.exec(output)?.[1]
  if (code !== undefined) return failure('http-status', `got HTTP code ${code}`, Number(code))
  if (/connect: connection refused/.test(output)) return failure('refused', 'found nothing that listens')
  if (timedOut.test(output)) return failure('timeout', 'got no answer in time')
  if (unconnected.test(output)) return failure('connection', 'couldn’t connect, or lost the connection')
  if (output === '') return failure('output', 'failed without a word')
  return failure('output', 'failed with the words that follow')
}

const timedOut =
  /context deadline exceeded|Client\.Timeout exceeded|i\/o timeout|^timeout: |^command ".*" timed out|^command timed out|timed out after/s

const unconnected =
  /^Get "|^Get https?:|^dial tcp|^dial unix|: EOF$|connection reset by peer|no route to host|network is unreachable|malformed HTTP|server gave HTTP response|tls: |x509: |^error: failed to connect|no such host/
