import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ClusterAnalysis } from '../../../domain/analysis/cluster-analysis.ts'
import { kubectlDialect } from '../../../domain/health/kubectl-dialect.ts'
import { PodSource } from '../../../domain/live/pod-source.ts'
import type { PodDetail } from '../../../domain/live/protocol.ts'
import { schedulerRules } from '../../../domain/placement/scheduler-rules.ts'
import { readClusterObject } from '../../../domain/read/cluster-object.ts'
import { Interner } from '../../../domain/read/interner.ts'
import { ClusterState } from '../../../domain/state/cluster-state.ts'
import { ago, type MadeContainer, now, rawPod, running, sidecar, terminated, waiting } from '../health/made-pod.ts'
import { mutilate } from '../read/mutilate.ts'
import { realObjects } from '../read/real-objects.ts'
import { seededRandom } from '../read/seeded-random.ts'

const seed = Number(process.env.PLUMBLINE_SEED ?? 20_261_124)
const rounds = Number(process.env.PLUMBLINE_ROUNDS ?? 1_500)

type Random = (below: number) => number
type Json = Record<string, unknown>

const versions = ['v1.20.2', 'v1.28.4', 'v1.34.1', 'v1.35.0', 'v1.37.0', '', 'nonsense']

/** Fields whose text a person reads: never empty, and never a program's words for nothing. */
const sentences: ReadonlySet<string> = new Set(['words', 'sentence', 'evidence', 'then', 'title', 'text'])
const slips = /\bundefined\b|\bNaN\b|\bnull\b|\[object|\bInfinity\b|invalid date/i

function checkTexts(value: unknown, path: string): void {
  if (Array.isArray(value)) {
    for (const [index, each] of value.entries()) checkTexts(each, `${path}[${index}]`)
  } else if (typeof value === 'number') {
    assert.ok(Number.isFinite(value), `${path} is ${value}`)
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, each] of Object.entries(value)) {
      if (sentences.has(key) && typeof each === 'string') {
        assert.match(each, /\S/, `${path}.${key} is empty`)
        assert.doesNotMatch(each, slips, `${path}.${key}`)
      }
      checkTexts(each, `${path}.${key}`)
    }
  }
}

/** All that the pod's page gets, through the same reader, state and analysis as in the service. */
function page(raw: unknown, events: readonly unknown[], node: unknown, version: string, at: number): PodDetail | null {
  const interner = new Interner()
  const state = new ClusterState()
  const rules = { dialect: kubectlDialect(version), scheduler: schedulerRules(version) }
  const analysis = new ClusterAnalysis(state, rules)
  const objects = [
    readClusterObject('Node', node, interner),
    ...events.map((event) => readClusterObject('Event', event, interner)),
    readClusterObject('Pod', raw, interner),
  ]
  for (const object of objects) if (object) analysis.apply(state.apply(object))
  analysis.settle(at)
  assert.equal(analysis.faults, 0)
  const pod = objects.at(-1)
  if (!pod) return null
  const records = new Map(new PodSource(state, analysis, pod.namespace, pod.name).records())
  return (records.get('pod') ?? null) as PodDetail | null
}

function judge(raw: unknown, events: readonly unknown[], random: Random, at: number): boolean {
  const node = {
    metadata: { uid: 'node-uid', name: 'node-1' },
    status: {
      nodeInfo: { kubeletVersion: versions[random(versions.length)] },
      conditions: [{ type: 'Ready', status: random(4) === 0 ? 'Unknown' : 'True', lastTransitionTime: ago(90) }],
    },
  }
  const found = page(
    raw,
    events,
    random(8) === 0 ? mutilate(node, random) : node,
    versions[random(versions.length)] ?? '',
    at,
  )
  if (!found) return false
  checkTexts(found.containers, 'containers')
  checkTexts(found.problems, 'problems')
  for (const { probes, role, loop, runs } of found.containers) {
    assert.ok(role.evidence.length > 0)
    for (const { sentence, evidence, startup } of probes) {
      assert.match(sentence, /^[A-Z].*\.$/s)
      assert.match(evidence, /^[A-Z].*\.$/s)
      assert.ok(!startup || startup.earliestEndAt <= startup.latestEndAt)
    }
    if (loop?.nextAttemptAt != null) assert.ok((loop.nextAttemptUntil ?? 0) >= loop.nextAttemptAt)
    for (const { finishedAt, cause } of runs) assert.ok(cause !== null || finishedAt === null)
  }
  return true
}

test(`${rounds} mutilated real pods (seed ${seed}): the page has a sentence for everything`, () => {
  const random = seededRandom(seed)
  const objects = realObjects()
  const pods = objects.filter(({ kind }) => kind === 'Pod')
  const events = objects
    .filter(({ kind }) => kind === 'Event')
    .map(({ raw }) => raw as { involvedObject?: { uid?: string } })
  const captured = Date.parse('2026-11-24T03:51:30Z')
  let shown = 0
  for (let round = 0; round < rounds; round += 1) {
    const real = pods[random(pods.length)]
    assert.ok(real)
    const uid = (real.raw as { metadata: { uid: string } }).metadata.uid
    const own = events.filter(({ involvedObject }) => involvedObject?.uid === uid)
    const raw = round < pods.length ? pods[round]?.raw : mutilate(real.raw, random)
    const told = own.map((event) => (random(6) === 0 ? mutilate(event, random) : event))
    if (judge(raw, told, random, captured + random(4) * 300_000)) shown += 1
  }
  assert.ok(shown > rounds * 0.85, `${shown} of ${rounds}`)
})

function pick<T>(random: Random, ...choices: readonly T[]): T {
  return choices[random(choices.length)] as T
}

function madeProbe(random: Random): Json {
  const handler = pick<Json>(
    random,
    { httpGet: { port: pick<unknown>(random, 8080, 'http', ''), path: '/healthz' } },
    { tcpSocket: { port: 5432 } },
    { exec: { command: ['true'] } },
    { grpc: { port: 9000, service: pick(random, 'x', undefined) } },
    { quantum: {} },
  )
  const number = () => pick(random, undefined, 0, 1, 3, 60, 86_400, 2_147_483_647)
  return {
    ...handler,
    initialDelaySeconds: number(),
    periodSeconds: number(),
    timeoutSeconds: number(),
    successThreshold: number(),
    failureThreshold: number(),
    terminationGracePeriodSeconds: number(),
  }
}

function madeState(random: Random): Json {
  const ended = 1 + random(2_000)
  return pick<Json>(
    random,
    running(random(4_000)),
    { running: {} },
    waiting(
      'CrashLoopBackOff',
      `back-off ${pick(random, '10s', '20s', '5m0s', '1m0s', '1s', '-1s', 'soon', '1e9h')} restarting failed container=x`,
    ),
    waiting(
      pick(
        random,
        '',
        'PodInitializing',
        'ImagePullBackOff',
        'CreateContainerConfigError',
        'PostStartHookError',
        'Novel',
      ),
    ),
    terminated(
      pick(random, 0, 1, 3, 126, 127, 128, 137, 143, 255, -7, 1_000),
      pick(random, '', 'Error', 'OOMKilled', 'StartError', 'ContainerStatusUnknown', 'Completed'),
      ended,
      random(900),
      {
        message: pick(random, '', 'exec: "x": executable file not found in $PATH', 'a\nb'),
        signal: pick(random, undefined, 9),
      },
    ),
    { terminated: { exitCode: 1 } },
    {},
  )
}

function madeContainer(random: Random): MadeContainer {
  return {
    state: madeState(random),
    lastState: madeState(random),
    ready: random(2) === 0,
    ...(random(3) > 0 && { started: random(2) === 0 }),
    restartCount: pick(random, 0, 1, 2, 7, 9_999),
    spec: {
      image: pick(random, 'app:1', 'istio/proxyv2:1', 'prom/statsd-exporter', '', ':::@'),
      restartPolicy: pick(random, undefined, 'Always', 'Never', 'OnFailure', 'Sometimes'),
      restartPolicyRules: pick<unknown>(
        random,
        undefined,
        [{ action: 'Restart', exitCodes: { operator: 'In', values: [42] } }],
        [{}],
      ),
      ...(random(2) === 0 && { livenessProbe: madeProbe(random) }),
      ...(random(2) === 0 && { readinessProbe: madeProbe(random) }),
      ...(random(3) === 0 && { startupProbe: madeProbe(random) }),
    },
  }
}

function madeEvents(random: Random): readonly Json[] {
  const texts: readonly (readonly [string, string])[] = [
    ['Unhealthy', 'Liveness probe failed: HTTP probe failed with statuscode: 500'],
    ['Unhealthy', '(combined from similar events): Readiness probe failed: '],
    ['Unhealthy', 'Startup probe errored: no'],
    ['Killing', 'Container m0 failed liveness probe, will be restarted'],
    ['Killing', ''],
    ['FailedPostStartHook', ''],
    ['BackOff', 'Back-off restarting failed container'],
    ['SandboxChanged', 'Pod sandbox changed'],
  ]
  return Array.from({ length: random(8) }, (_, index) => {
    const [reason, message] = pick(random, ...texts)
    const first = random(3_000)
    return {
      metadata: { uid: `event-${index}`, name: `e${index}`, namespace: 'shop' },
      involvedObject: {
        kind: 'Pod',
        uid: 'uid-1',
        namespace: 'shop',
        name: 'pod-1',
        fieldPath: `spec.containers{m${random(2)}}`,
      },
      ...{ reason, message, type: 'Warning', count: 1 + random(40) },
      firstTimestamp: ago(first),
      lastTimestamp: ago(random(first + 1)),
    }
  })
}

test(`${rounds} made pods of every kind, some mutilated (seed ${seed}): the page has a sentence for everything`, () => {
  const random = seededRandom(seed + 1)
  let shown = 0
  for (let round = 0; round < rounds; round += 1) {
    const raw = rawPod({
      metadata: { ...(random(6) === 0 && { deletionTimestamp: ago(random(100) - 50) }) },
      spec: {
        restartPolicy: pick(random, 'Always', 'OnFailure', 'Never'),
        terminationGracePeriodSeconds: pick(random, undefined, 0, 30),
      },
      status: {
        phase: pick(random, 'Pending', 'Running', 'Running', 'Succeeded', 'Failed', 'Unknown'),
        reason: pick(random, undefined, 'Evicted', 'NodeLost'),
      },
      init: Array.from({ length: random(3) }, () =>
        pick(random, madeContainer(random), sidecar(madeContainer(random))),
      ),
      main: Array.from({ length: 1 + random(3) }, () => madeContainer(random)),
      conditions: pick(random, [], ['Initialized', 'Ready'], [['Ready', 'False', 100]]),
    })
    const events = madeEvents(random)
    if (judge(random(3) === 0 ? mutilate(raw, random) : raw, events, random, now + random(3) * 100_000)) shown += 1
  }
  assert.ok(shown > rounds * 0.9, `${shown} of ${rounds}`)
})
