import assert from 'node:assert/strict'
import { test } from 'node:test'
import { podHealth } from '../../../domain/health/pod-health.ts'
import type { ClusterEvent } from '../../../domain/model/cluster-event.ts'
import type { Pod } from '../../../domain/model/pod.ts'
import { readClusterObject } from '../../../domain/read/cluster-object.ts'
import { Interner } from '../../../domain/read/interner.ts'
import { realObjects, realPod } from '../read/real-objects.ts'
import { context, oldest } from './made-pod.ts'

/** When these pods were captured from a real 1.20 cluster. */
const captured = Date.parse('2026-11-24T03:51:30Z')
const interner = new Interner()
const events = realObjects().flatMap(({ kind, raw }) =>
  kind === 'Event' ? [readClusterObject(kind, raw, interner)] : [],
)

function judged(name: string) {
  const pod = readClusterObject('Pod', realPod(name), interner) as Pod
  const regarding = events.filter((event) => (event as ClusterEvent).regarding.uid === pod.uid) as ClusterEvent[]
  return podHealth(pod, context({ events: regarding, dialect: oldest }), captured)
}

/** The pods of workloads made to behave so; what `kubectl get pods` and a person say of each. */
const cases: Readonly<Record<string, readonly [printed: string, severity: string, ...titles: string[]]>> = {
  crasher: ['0/1 CrashLoopBackOff 27', 'error', 'Container app crashes again and again: exit code 3'],
  checkout: [
    '0/1 CrashLoopBackOff 45',
    'error',
    'Container app crashes again and again: exit code 137 (SIGKILL), perhaps its liveness probe',
  ],
  'slow-starter': ['0/1 CrashLoopBackOff 34', 'error', 'Startup probe restarts container app again and again'],
  'migrate-fails': [
    '0/1 Init:CrashLoopBackOff 27',
    'error',
    'Init container migrate fails again and again: exit code 7',
  ],
  'bad-image': ['0/1 ImagePullBackOff 0', 'error', 'Container app can’t start: its image can’t be pulled'],
  'bad-config': [
    '0/1 CreateContainerConfigError 0',
    'error',
    'Container app can’t start: its configuration is incomplete',
  ],
  cart: ['0/1 Running 0', 'error', 'Readiness probe keeps container app out of service'],
  'one-per-node-pending': ['0/1 Pending 0', 'error', 'No node can take this pod'],
  'legacy-erp': ['1/1 Running 0', 'ok'],
  'with-init': ['1/1 Running 0', 'ok'],
  'web-with-sidecar': ['2/2 Running 0', 'ok'],
  skewed: ['1/1 Running 0', 'ok'],
}

for (const [name, [printed, severity, ...titles]] of Object.entries(cases)) {
  test(`${name}: ${printed}, ${severity}`, () => {
    const { status, problems, ...health } = judged(name)
    assert.equal(`${status.ready}/${status.total} ${status.status} ${status.restarts}`, printed)
    assert.equal(health.severity, severity)
    assert.deepEqual(
      problems.map(({ title }) => title),
      titles,
    )
  })
}

test('the init step at which a real pod fails', () => {
  assert.deepEqual(judged('migrate-fails').init, { done: 1, total: 3, current: 'migrate', state: 'failing' })
})

test('the next attempt is the end of the last run and the back-off that the kubelet tells', () => {
  const [loop] = judged('crasher').loops
  assert.equal(loop?.nextAttemptAt, Date.parse('2026-11-24T03:48:11Z') + 300_000)
})
