import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kubectl } from '../../../domain/health/kubectl-command.ts'
import { taintEviction } from '../../../domain/health/not-ready-story.ts'
import { podHealth } from '../../../domain/health/pod-health.ts'
import type { ProblemKind } from '../../../domain/health/problem.ts'
import { problemDocs } from '../../../domain/health/problem-docs.ts'
import { podProblemStory } from '../../../domain/health/problem-story.ts'
import type { ClusterEvent } from '../../../domain/model/cluster-event.ts'
import type { Pod } from '../../../domain/model/pod.ts'
import { readClusterObject } from '../../../domain/read/cluster-object.ts'
import { Interner } from '../../../domain/read/interner.ts'
import { realObjects, realPod } from '../read/real-objects.ts'
import {
  ago,
  context,
  type MadePod,
  madeEvent,
  madeNode,
  madePod,
  now,
  oldest,
  terminated,
  waiting,
} from './made-pod.ts'

const kinds: readonly ProblemKind[] = [
  'restart-loop',
  'probe-failing',
  'container-waiting',
  'init-failing',
  'init-stuck',
  'pod-failed',
  'pod-pending',
  'pod-not-ready',
  'pod-terminating-stuck',
  'node-not-ready',
  'node-pressure',
  'skew-violated',
  'skew-uneven',
  'service-down',
]
const causes = [
  '',
  'liveness',
  'oom',
  'exit/3',
  'init/migrate/exit/7',
  'init/x/image',
  'image',
  'config',
  'creation',
  'spread/a/b/c',
]

test('every kind and cause has its page of kubernetes.io', () => {
  for (const kind of kinds) {
    for (const cause of causes) {
      assert.match(
        problemDocs({ kind, cause }),
        /^https:\/\/kubernetes\.io\/docs\/[a-z/-]+\/(?:#[a-z-]+)?$/,
        `${kind} ${cause}`,
      )
    }
  }
  assert.notEqual(
    problemDocs({ kind: 'init-failing', cause: 'init/x/image' }),
    problemDocs({ kind: 'init-failing', cause: '' }),
  )
})

interface Case {
  readonly pod: MadePod
  readonly events?: readonly ClusterEvent[]
  /** Beginning of `next`, and its seconds from now. */
  readonly next: readonly [string, number | null]
  /** The first command. */
  readonly command: string
  readonly evidence: readonly string[]
}

const bound: MadePod['conditions'] = [['PodScheduled', 'True', 7_000]]
const pulled = (message: string, at: number, count = 1) => madeEvent('Failed', message, at, at, { count })

const cases: Readonly<Record<string, Case>> = {
  'a restart loop': {
    pod: {
      main: [
        {
          state: waiting('CrashLoopBackOff', 'back-off 1m20s restarting failed container=m0 pod=x'),
          restartCount: 4,
          lastState: terminated(3, 'Error', 30),
        },
      ],
    },
    next: ['The kubelet starts container m0 again', 50],
    command: 'kubectl logs pod-1 -n shop -c m0 --previous --tail=100',
    evidence: ['status.containerStatuses[m0].lastState.terminated', 'status.containerStatuses[m0].restartCount'],
  },
  'an image that can’t be pulled': {
    pod: { main: [{ state: waiting('ImagePullBackOff', 'Back-off pulling image "x"') }], conditions: bound },
    events: [pulled('Failed to pull image "x": not found', 10, 3)],
    next: ['The kubelet pulls the image again at about', 30],
    command: "kubectl get pod pod-1 -n shop -o 'jsonpath={.spec.imagePullSecrets}'",
    evidence: ['status.containerStatuses[m0].state.waiting', 'spec.containers[m0].image', 'Event Failed'],
  },
  'a ConfigMap that isn’t there': {
    pod: {
      main: [{ state: waiting('CreateContainerConfigError', 'configmap "not-there" not found') }],
      conditions: bound,
    },
    next: ['The kubelet looks again about every minute', null],
    command: 'kubectl get configmap not-there -n shop',
    evidence: ['status.containerStatuses[m0].state.waiting'],
  },
  'a key that a Secret lacks': {
    pod: {
      main: [{ state: waiting('CreateContainerConfigError', "couldn't find key password in Secret shop/db-login") }],
      conditions: bound,
    },
    next: ['The kubelet looks again about every minute', null],
    command: 'kubectl get secret db-login -n shop',
    evidence: [],
  },
  'no node fits': {
    pod: {
      spec: { nodeName: '' },
      status: { phase: 'Pending', startTime: null },
      conditions: [['PodScheduled', 'False', 100, 'Unschedulable', '0/3 nodes are available: 3 Insufficient cpu.']],
    },
    next: ['The scheduler tries again when something changes', null],
    command: 'kubectl describe nodes',
    evidence: ['Pod condition PodScheduled'],
  },
  'an init container that failed and can’t start now': {
    pod: {
      init: [{ state: waiting('ErrImageNeverPull', 'no') }],
      main: [{ state: waiting('PodInitializing') }],
      conditions: bound,
    },
    next: ['Nothing, until the image or its pull policy is changed', null],
    command: 'kubectl describe pod pod-1 -n shop',
    evidence: ['status.initContainerStatuses[i0].state.waiting'],
  },
  'a deleted pod on a node that isn’t heard': {
    pod: { metadata: { deletionTimestamp: ago(600) }, main: [{ state: { running: {} } }] },
    next: ['It stays Terminating until the kubelet answers again', null],
    command: 'kubectl describe node node-1',
    evidence: ['metadata.deletionTimestamp', 'status.containerStatuses[m0].state.running'],
  },
  'a failed bare pod': {
    pod: { status: { phase: 'Failed' }, main: [{ state: terminated(6, 'Error') }] },
    next: ['Nothing: no controller makes this pod anew', null],
    command: 'kubectl logs pod-1 -n shop -c m0 --tail=100',
    evidence: ['status.phase', 'status.containerStatuses[m0].state.terminated'],
  },
}

const unheard = madeNode({ conditions: [{ type: 'Ready', status: 'Unknown', lastTransitionTime: ago(100) }] })

for (const [name, { pod: made, events = [], next, command, evidence }] of Object.entries(cases)) {
  test(name, () => {
    const pod = madePod(made)
    const around = context({ events, ...(made.metadata?.deletionTimestamp ? { node: unheard } : {}) })
    const [problem] = podHealth(pod, around, now).problems
    assert.ok(problem)
    const story = podProblemStory(problem, pod, { ...around, now })
    assert.equal(story.next?.text.startsWith(next[0]), true, story.next?.text)
    assert.equal(story.next?.at == null ? null : (story.next.at - now) / 1_000, next[1])
    assert.equal(story.advice.find((each) => each.command !== null)?.command, command)
    const paths = story.evidence.map(({ path }) => path)
    for (const path of evidence) assert.ok(paths.includes(path), `${path} in ${paths.join('; ')}`)
  })
}

test('each real pod’s problem has evidence, a next step and advice', () => {
  const interner = new Interner()
  const captured = Date.parse('2026-11-24T03:51:30Z')
  const events = realObjects().flatMap(({ kind, raw }) =>
    kind === 'Event' ? [readClusterObject(kind, raw, interner) as ClusterEvent] : [],
  )
  let told = 0
  for (const name of [
    'crasher',
    'checkout',
    'slow-starter',
    'migrate-fails',
    'bad-image',
    'bad-config',
    'cart',
    'one-per-node-pending',
  ]) {
    const pod = readClusterObject('Pod', realPod(name), interner) as Pod
    const around = context({ events: events.filter(({ regarding }) => regarding.uid === pod.uid), dialect: oldest })
    for (const problem of podHealth(pod, around, captured).problems) {
      const story = podProblemStory(problem, pod, { ...around, now: captured })
      assert.ok(story.evidence.length > 0 && story.next !== null && story.advice.length > 0, name)
      assert.ok(story.advice.every(({ text }) => /\S/.test(text)))
      told += 1
    }
  }
  assert.equal(told, 8)
})

test('when a pod on a lost node is evicted', () => {
  const pod = (tolerations: object[]) => madePod({ spec: { tolerations } })
  const unreachable = { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute' }
  const usual = taintEviction(pod([{ ...unreachable, tolerationSeconds: 300 }]), unheard, now)
  assert.equal(usual?.at, now + 200_000)
  assert.match(taintEviction(pod([unreachable]), unheard, now)?.text ?? '', /stays bound/)
  assert.match(taintEviction(pod([]), unheard, now)?.text ?? '', /doesn’t tolerate/)
  assert.equal(taintEviction(pod([{ ...unreachable, tolerationSeconds: 60 }]), unheard, now)?.at, null)
  assert.equal(taintEviction(pod([]), madeNode(), now), null)
})

test('a command runs what it says and nothing else, whatever the names are', () => {
  assert.equal(kubectl('get', 'pod', 'web-0', '-n', 'shop'), 'kubectl get pod web-0 -n shop')
  assert.equal(kubectl('logs', "x'; rm -rf ~ #"), "kubectl logs 'x'\\''; rm -rf ~ #'")
  assert.equal(kubectl('get', '$(reboot)', '`id`', ''), "kubectl get '$(reboot)' '`id`' ''")
  assert.equal(kubectl('logs', 'a\nreboot'), "kubectl logs 'a reboot'")
})
