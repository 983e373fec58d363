import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ProbedContainer, probeSentence } from '../../../domain/health/probe-sentence.ts'
import { defaultedFields, failingSpan, startingSpan } from '../../../domain/health/probe-timing.ts'
import type { Probe, ProbeKind } from '../../../domain/model/pod-spec.ts'
import { readProbe } from '../../../domain/read/probe.ts'

function probe(raw: Record<string, unknown> = {}): Probe {
  const found = readProbe({ httpGet: { port: 8080 }, ...raw })
  assert.ok(found)
  return found
}

const always: ProbedContainer = {
  restartPolicy: 'Always',
  hasRestartRules: false,
  hasStartupProbe: false,
  gracePeriod: 30,
}

const sentences: readonly [name: string, ProbeKind, Record<string, unknown>, Partial<ProbedContainer>, string][] = [
  [
    'Kubernetes’ defaults',
    'liveness',
    {},
    {},
    'Restarts the container after 3 failures in a row, every 10 s: at the earliest 20 s after it stops answering, at the latest 31 s. It is asked to end (SIGTERM) and killed after 30 s if it doesn’t. An answer may take 1 s.',
  ],
  [
    'a single failure, no grace, a delay, a slow answer',
    'liveness',
    {
      failureThreshold: 1,
      periodSeconds: 5,
      timeoutSeconds: 8,
      initialDelaySeconds: 15,
      terminationGracePeriodSeconds: 0,
    },
    {},
    'Restarts the container after 1 failure, every 5 s: as soon as it stops answering, at the latest 13 s later. It is killed at once. The first question comes 15 s after the container’s start. An answer may take 8 s.',
  ],
  [
    'its own grace period goes before the pod’s',
    'liveness',
    { terminationGracePeriodSeconds: 5 },
    { gracePeriod: 600, hasStartupProbe: true },
    'Restarts the container after 3 failures in a row, every 10 s: at the earliest 20 s after it stops answering, at the latest 31 s. It is asked to end (SIGTERM) and killed after 5 s if it doesn’t. It waits until the startup probe has passed. An answer may take 1 s.',
  ],
  [
    'restartPolicy Never',
    'liveness',
    {},
    { restartPolicy: 'Never' },
    'Ends the container after 3 failures in a row, every 10 s: at the earliest 20 s after it stops answering, at the latest 31 s. It is asked to end (SIGTERM) and killed after 30 s if it doesn’t; restartPolicy Never: it isn’t started again. An answer may take 1 s.',
  ],
  [
    'restartPolicy OnFailure',
    'liveness',
    {},
    { restartPolicy: 'OnFailure' },
    'Restarts the container after 3 failures in a row, every 10 s: at the earliest 20 s after it stops answering, at the latest 31 s. It is asked to end (SIGTERM) and killed after 30 s if it doesn’t; under restartPolicy OnFailure it may stay ended if its exit code is 0 then. An answer may take 1 s.',
  ],
  [
    'restart rules',
    'liveness',
    {},
    { restartPolicy: 'Never', hasRestartRules: true },
    'Ends the container after 3 failures in a row, every 10 s: at the earliest 20 s after it stops answering, at the latest 31 s. It is asked to end (SIGTERM) and killed after 30 s if it doesn’t; its restart rules decide whether it is started again. An answer may take 1 s.',
  ],
  [
    'readiness',
    'readiness',
    { successThreshold: 3, periodSeconds: 5 },
    {},
    'Takes the pod out of its Services after 3 failures in a row, every 5 s: at the earliest 10 s after it stops answering, at the latest 16 s. 3 successes in a row bring it back, at the earliest 10 s after it answers again; it restarts nothing. An answer may take 1 s.',
  ],
  [
    'readiness with a delay and a startup probe',
    'readiness',
    { initialDelaySeconds: 30 },
    { hasStartupProbe: true, restartPolicy: 'Never' },
    'Takes the pod out of its Services after 3 failures in a row, every 10 s: at the earliest 20 s after it stops answering, at the latest 31 s. 1 success brings it back; it restarts nothing. The first question comes 30 s after the container’s start, and not before the startup probe has passed. An answer may take 1 s.',
  ],
  [
    'startup',
    'startup',
    { failureThreshold: 30 },
    { hasStartupProbe: true },
    'Gives the container 5 min to start: 30 failures in a row, every 10 s, restart it at the earliest 4 min 50 s and at the latest 5 min 1 s after its start. It is asked to end (SIGTERM) and killed after 30 s if it doesn’t. Liveness and readiness probes wait until it has passed; it is never asked again after that. An answer may take 1 s.',
  ],
  [
    'startup, once and for all',
    'startup',
    { failureThreshold: 1, initialDelaySeconds: 20 },
    { hasStartupProbe: true, restartPolicy: 'Never' },
    'Gives the container 30 s to start: 1 failure, every 10 s, ends it at the earliest 20 s and at the latest 31 s after its start. It is asked to end (SIGTERM) and killed after 30 s if it doesn’t; restartPolicy Never: it isn’t started again. The first question comes 20 s after the container’s start. Liveness and readiness probes wait until it has passed; it is never asked again after that. An answer may take 1 s.',
  ],
]

for (const [name, kind, raw, container, sentence] of sentences) {
  test(`${kind}: ${name}`, () => assert.equal(probeSentence(kind, probe(raw), { ...always, ...container }), sentence))
}

/**
 * The kubelet's own course, simulated: a ticker of periodSeconds that keeps one tick, one question at a
 * time, so many bad answers in a row. Every phase of the ticker and every duration of the answers is tried.
 */
function simulated({ periodSeconds, timeoutSeconds, failureThreshold }: Probe): { earliest: number; latest: number } {
  let earliest = Number.POSITIVE_INFINITY
  let latest = 0
  const step = 0.25
  for (let phase = 0; phase < periodSeconds; phase += step) {
    for (let answer = 0; answer <= timeoutSeconds; answer += step) {
      let at = phase
      let tick = phase
      for (let failures = 1; ; failures += 1) {
        const done = at + answer
        if (failures === failureThreshold) {
          earliest = Math.min(earliest, done)
          latest = Math.max(latest, done)
          break
        }
        // A tick that came during the question is answered right after it, and only one is kept.
        tick += periodSeconds
        if (tick < done) while (tick + periodSeconds <= done) tick += periodSeconds
        at = Math.max(tick, done)
      }
    }
  }
  return { earliest, latest }
}

test('the spans are those of a simulated kubelet', () => {
  for (const periodSeconds of [1, 3, 10]) {
    for (const timeoutSeconds of [1, 2, 5, 12]) {
      for (const failureThreshold of [1, 2, 3, 5]) {
        const made = probe({ periodSeconds, timeoutSeconds, failureThreshold })
        const course = simulated(made)
        const said = failingSpan(made)
        assert.equal(said.earliest, course.earliest)
        // The last phase is just before the next tick.
        assert.ok(said.latest >= course.latest, JSON.stringify([made, said, course]))
        assert.ok(said.latest - course.latest <= 0.25 + (timeoutSeconds > periodSeconds ? periodSeconds : 0))
      }
    }
  }
  const delayed = probe({ initialDelaySeconds: 7 })
  assert.deepEqual(startingSpan(delayed), { earliest: 27, latest: 38 })
})

test('fields that have their default', () => {
  assert.deepEqual(defaultedFields(probe()), [
    'initialDelaySeconds',
    'periodSeconds',
    'timeoutSeconds',
    'successThreshold',
    'failureThreshold',
    'terminationGracePeriodSeconds',
    'httpGet.scheme',
    'httpGet.path',
    'httpGet.host',
  ])
  const written = {
    periodSeconds: 5,
    httpGet: { port: 1, path: '/x', scheme: 'HTTPS', host: 'a' },
    initialDelaySeconds: 1,
  }
  assert.deepEqual(defaultedFields(probe(written)), [
    'timeoutSeconds',
    'successThreshold',
    'failureThreshold',
    'terminationGracePeriodSeconds',
  ])
})
