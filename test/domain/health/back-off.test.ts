import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { type BackOff, backOff } from '../../../domain/health/back-off.ts'
import { loopWords } from '../../../domain/health/loop-words.ts'
import { restartLoop } from '../../../domain/health/restart-loop.ts'
import type { ClusterEvent } from '../../../domain/model/cluster-event.ts'
import type { ContainerStatus } from '../../../domain/model/pod.ts'
import { madeEvent, madePod, now, terminated, waiting } from './made-pod.ts'

/** Waits of real containers on a kubelet 1.20: what it told, when it looked in vain, when it started them. */
interface RealWait {
  readonly pod: string
  readonly containers: number
  readonly message: string
  readonly finishedAt: string
  readonly backOffEvents: readonly string[]
  readonly startedAt: string
}

const file = join(import.meta.dirname, '..', '..', 'fixtures', 'back-off-1.20.json')
const realWaits = JSON.parse(readFileSync(file, 'utf8')) as readonly RealWait[]

function crashing(message: string, finishedAt: string): ContainerStatus {
  const lastState = { terminated: { exitCode: 1, reason: 'Error', startedAt: finishedAt, finishedAt } }
  const pod = madePod({ main: [{ state: waiting('CrashLoopBackOff', message), lastState, restartCount: 2 }] })
  return pod.containerStatuses[0] as ContainerStatus
}

function lookedAt(time: string): ClusterEvent {
  const seconds = (now - Date.parse(time)) / 1_000
  return madeEvent('BackOff', 'Back-off restarting failed container', seconds)
}

/** The API's times are whole seconds, cut off, and a start takes a moment on a busy node. */
const blur = 2_000

test(`${realWaits.length} real restarts of a kubelet 1.20 came when they were said to come`, () => {
  let widest = 0
  let outside = 0
  for (const { pod, containers, message, finishedAt, backOffEvents, startedAt } of realWaits) {
    const started = Date.parse(startedAt)
    const status = crashing(message, finishedAt)
    const seen = backOffEvents.filter((time) => Date.parse(time) < started - 2_000)
    for (const events of [[], seen.slice(0, 1), seen]) {
      const told = backOff(status, events.map(lookedAt), 'v1.20.2', containers === 1)
      assert.ok(told, message)
      if (started < told.earliestAt - blur || started > told.latestAt + blur) {
        outside += 1
        console.log(`${pod}: ${startedAt} isn't within ${told.earliestAt - started} to ${told.latestAt - started} ms`)
      }
      widest = Math.max(widest, told.latestAt - told.earliestAt)
    }
  }
  // One was made while the machine was overloaded by the start of all these pods.
  assert.ok(outside <= 1, `${outside} outside`)
  assert.ok(widest <= 18_000, `${widest} ms`)
})

const wait = (told: string, ended = 4) =>
  crashing(`back-off ${told} restarting failed container=m0 pod=x_y(z)`, isoAgo(ended))
const isoAgo = (seconds: number) => new Date(now - seconds * 1_000).toISOString().replace('.000Z', 'Z')
const seconds = (found: BackOff | null) => found && [(found.earliestAt - now) / 1_000, (found.latestAt - now) / 1_000]

/** Windows in seconds from now, of a run that ended 4 s ago. */
const windows: readonly [name: string, told: string, kubelet: string, look: number | null, window: [number, number]][] =
  [
    // 10 to 15 s after the look that found it ended, at the next tick of a second (pod_workers.go to 1.34).
    ['old kubelet', '10s', 'v1.20.2', null, [6, 16]],
    ['old kubelet, a longer wait', '5m0s', 'v1.34.1', null, [296, 314]],
    ['old kubelet that has just looked in vain', '10s', 'v1.31.0', 3, [7, 15]],
    ['old kubelet that looked after the end', '10s', 'v1.31.0', -8, [18, 26]],
    // From 1.35 it looks when the wait is over, up to half of the rest later, and at least once a minute.
    ['new kubelet', '10s', 'v1.35.0', null, [6, 14.5]],
    ['new kubelet, a longer wait', '5m0s', 'v1.36.2', null, [296, 329]],
    ['unknown kubelet', '10s', '', null, [6, 16]],
    ['a kubelet of another name', '10s', 'weird', null, [6, 16]],
  ]

for (const [name, told, kubelet, look, window] of windows) {
  test(`next attempt: ${name}`, () => {
    const events = look === null ? [] : [madeEvent('BackOff', 'Back-off restarting failed container', look)]
    assert.deepEqual(seconds(backOff(wait(told), events, kubelet, true)), window)
  })
}

test('another container’s doings make the kubelet look sooner', () => {
  const looked = [madeEvent('BackOff', 'Back-off restarting failed container', 3)]
  assert.equal(seconds(backOff(wait('10s'), looked, 'v1.20.2', false))?.[0], 6)
})

const maxima: readonly [told: string, following: number, maximum: number, certain: boolean][] = [
  ['10s', 20, 300, false],
  ['20s', 40, 300, false],
  ['2m40s', 300, 300, false],
  ['5m0s', 300, 300, true],
  // No step of the usual ladder: it can only be the longest.
  ['1m0s', 60, 60, true],
  ['30s', 30, 30, true],
  ['1m40s', 100, 100, true],
  // KEP-4603: 1 s and its doubles up to a minute.
  ['1s', 2, 60, false],
  ['16s', 32, 60, false],
  ['32s', 60, 60, false],
]

for (const [told, following, maximum, certain] of maxima) {
  test(`after a wait of ${told} comes one of ${following} s; the longest is ${maximum} s`, () => {
    const found = backOff(wait(told), [], 'v1.35.0', true)
    assert.deepEqual(found && [found.followingMs / 1_000, found.maximum.ms / 1_000, found.maximum.certain], [
      following,
      maximum,
      certain,
    ])
  })
}

test('what isn’t told isn’t made up', () => {
  assert.equal(backOff(wait('a while'), [], '', true), null)
  assert.equal(backOff(wait('-3s'), [], '', true), null)
  const running = madePod({ main: [{ state: { running: {} } }] }).containerStatuses[0] as ContainerStatus
  assert.equal(backOff(running, [], '', true), null)
  const never = madePod({
    main: [{ state: waiting('CrashLoopBackOff', 'back-off 10s restarting failed container=m0') }],
  })
  assert.equal(backOff(never.containerStatuses[0] as ContainerStatus, [], '', true), null)
})

test('words: the wait, the next, the longest, and when it is overdue', () => {
  const words = (message: string, ended: number, at = now) => {
    const last = {
      state: waiting('CrashLoopBackOff', message),
      lastState: terminated(1, 'Error', ended),
      restartCount: 4,
    }
    const loop = restartLoop(madePod({ main: [last] }), 'm0', [], at, 'v1.20.2')
    assert.ok(loop)
    return loopWords(loop, 'v1.20.2', at)
  }
  const told = 'back-off 1m20s restarting failed container=m0 pod=pod-1_shop(uid-1)'
  assert.equal(
    words(told, 10),
    'The kubelet waits 80 s from the end of the last run. It starts the container when it next looks at the pod after that: kubelets before 1.35 do so up to 18 s later. If it fails again within ten minutes the next wait is 2 min 40 s. The longest wait is taken to be 5 min: a node may be configured otherwise, which the API doesn’t show. A run of ten minutes starts the waits anew.',
  )
  assert.match(words(told, 10, now + 300_000), /overdue/)
  assert.match(words('who knows', 10), /doesn’t say for how long/)
})
