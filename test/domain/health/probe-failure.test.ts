import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readProbeFailure } from '../../../domain/health/probe-failure.ts'

/**
 * Messages of real kubelets: those marked 1.20 were written by the tests' cluster, the others stand in
 * issues of kubernetes/kubernetes for the given release, or in the kubelet's source (pkg/probe).
 */
const cases: readonly [message: string, type: string, httpCode: number | null, output: string][] = [
  // 1.20
  [
    'Readiness probe failed: HTTP probe failed with statuscode: 404',
    'http-status',
    404,
    'HTTP probe failed with statuscode: 404',
  ],
  [
    'Readiness probe failed: Get "http://10.88.2.74:8999/": dial tcp 10.88.2.74:8999: connect: connection refused',
    'refused',
    null,
    'Get "http://10.88.2.74:8999/": dial tcp 10.88.2.74:8999: connect: connection refused',
  ],
  [
    'Readiness probe failed: dial tcp 10.88.3.73:8998: connect: connection refused',
    'refused',
    null,
    'dial tcp 10.88.3.73:8998: connect: connection refused',
  ],
  ['Readiness probe failed: first\nsecond\n', 'output', null, 'first\nsecond'],
  ['Startup probe failed: ', 'output', null, ''],
  ['Liveness probe failed:', 'output', null, ''],
  [
    'Readiness probe errored: rpc error: code = Unknown desc = failed to exec in container: failed to start exec "e4ea": OCI runtime exec failed: exec failed: unable to start container process: exec: "/not/there": stat /not/there: no such file or directory: unknown',
    'not-executed',
    null,
    'rpc error: code = Unknown desc = failed to exec in container: failed to start exec "e4ea": OCI runtime exec failed: exec failed: unable to start container process: exec: "/not/there": stat /not/there: no such file or directory: unknown',
  ],
  // newer
  [
    'Liveness probe failed: Get "http://10.0.0.1:80/healthz": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
    'timeout',
    null,
    'Get "http://10.0.0.1:80/healthz": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
  ],
  [
    'Liveness probe failed: HTTP probe failed with statuscode: 503',
    'http-status',
    503,
    'HTTP probe failed with statuscode: 503',
  ],
  ['Readiness probe failed: dial tcp 10.0.0.1:80: i/o timeout', 'timeout', null, 'dial tcp 10.0.0.1:80: i/o timeout'],
  ['Liveness probe failed: command "sleep 20" timed out', 'timeout', null, 'command "sleep 20" timed out'],
  [
    'Liveness probe failed: command timed out: "sh -c x" timed out after 1s',
    'timeout',
    null,
    'command timed out: "sh -c x" timed out after 1s',
  ],
  [
    'Readiness probe failed: timeout: failed to connect service "10.0.0.1:50051" within 1s: context deadline exceeded',
    'timeout',
    null,
    'timeout: failed to connect service "10.0.0.1:50051" within 1s: context deadline exceeded',
  ],
  [
    'Readiness probe failed: service unhealthy (responded with "NOT_SERVING")',
    'output',
    null,
    'service unhealthy (responded with "NOT_SERVING")',
  ],
  ['Readiness probe failed: Get "https://10.0.0.1/": EOF', 'connection', null, 'Get "https://10.0.0.1/": EOF'],
  [
    'Readiness probe failed: Get "https://10.0.0.1:443/": http: server gave HTTP response to HTTPS client',
    'connection',
    null,
    'Get "https://10.0.0.1:443/": http: server gave HTTP response to HTTPS client',
  ],
  [
    'Readiness probe failed: Get "http://10.0.0.1/": dial tcp 10.0.0.1:80: connect: no route to host',
    'connection',
    null,
    'Get "http://10.0.0.1/": dial tcp 10.0.0.1:80: connect: no route to host',
  ],
  [
    'Liveness probe errored and resulted in unknown state: rpc error: code = NotFound desc = container is not created or running',
    'not-executed',
    null,
    'rpc error: code = NotFound desc = container is not created or running',
  ],
  [
    '(combined from similar events): Readiness probe failed: HTTP probe failed with statuscode: 500',
    'http-status',
    500,
    'HTTP probe failed with statuscode: 500',
  ],
  // a command may print anything
  [
    'Readiness probe failed: HTTP probe failed with statuscode: many',
    'output',
    null,
    'HTTP probe failed with statuscode: many',
  ],
  ['something else', 'output', null, 'something else'],
  ['', 'output', null, ''],
]

for (const [message, type, httpCode, output] of cases) {
  test(`${type}: ${JSON.stringify(message.slice(0, 90))}`, () => {
    const { words, ...found } = readProbeFailure(message)
    assert.deepEqual(found, { type, httpCode, output })
    assert.match(words, /^[a-z]/)
  })
}
