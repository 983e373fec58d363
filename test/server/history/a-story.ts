import { eventFacts } from '../../../domain/history/event-facts.ts'
import type { Fact } from '../../../domain/history/fact.ts'
import { podFacts } from '../../../domain/history/pod-facts.ts'
import type { ClusterEvent } from '../../../domain/model/cluster-event.ts'
import type { Pod } from '../../../domain/model/pod.ts'
import { container, podWith, running, terminated, waiting } from '../../domain/history/crashing-pod.ts'
import { noon } from './a-history.ts'

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const result = [...items]
  for (let i = result.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1))
    ;[result[i], result[j]] = [result[j] as T, result[i] as T]
  }
  return result
}

/** Every state that a crashing pod goes through as kubelet reports it, from its making to its deletion. */
export function podStates(n: number, restarts: number): { pod: Pod | null; at: number }[] {
  const states: { pod: Pod | null; at: number }[] = []
  let flipped = { ready: false, second: 0 }
  const parts = (phase: string, ready: boolean, second: number) => {
    // lastTransitionTime changes only with the status.
    if (ready !== flipped.ready) flipped = { ready, second }
    return partsOf(phase, flipped)
  }
  const partsOf = (phase: string, { ready, second }: { ready: boolean; second: number }) => ({
    metadata: { uid: `pod-uid-${n}`, namespace: 'shop', name: `web-${n}`, ownerReferences: [owner] },
    spec: { nodeName: `node-${n % 3}` },
    status: {
      phase,
      conditions: [
        {
          type: 'Ready',
          status: ready ? 'True' : 'False',
          lastTransitionTime: new Date(noon + second * 1_000).toISOString(),
        },
      ],
    },
  })
  const at = (second: number) => noon + second * 1_000 + 300
  states.push({ pod: podWith([], { ...parts('Pending', false, 0), spec: {} }), at: at(0) })
  states.push({
    pod: podWith([container({ state: waiting('ContainerCreating') })], parts('Pending', false, 0)),
    at: at(1),
  })
  let last: object = {}
  for (let run = 0; run <= restarts; run += 1) {
    const id = `containerd://${n}-${run}`
    const began = 2 + run * 10
    const add = (second: number, ready: boolean, state: object, lastState: object) =>
      states.push({
        pod: podWith(
          [container({ containerID: id, restartCount: run, ready, state, lastState })],
          parts('Running', ready, second),
        ),
        at: at(second),
      })
    add(began, false, running(began), last)
    add(began + 1, true, running(began), last)
    const end = terminated(id, began, began + 3)
    add(began + 3, false, end, last)
    if (run < restarts) add(began + 4, false, waiting('CrashLoopBackOff'), end)
    last = end
  }
  states.push({ pod: null, at: at(2 + restarts * 10 + 5) })
  return states
}

const owner = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid: 'web-uid', controller: true }

/** The facts of these states, as a watch that misses some of them tells them. */
export function storyOf(states: readonly { pod: Pod | null; at: number }[], seen: (index: number) => boolean): Fact[] {
  let previous: Pod | null = null
  const facts: Fact[] = []
  states.forEach(({ pod, at }, index) => {
    if (pod !== null && !seen(index)) return
    facts.push(...podFacts(previous, pod, at))
    previous = pod
  })
  return facts
}

/** An Event of a failing probe that counts from 1 to `until`. */
export function probeStory(n: number, until: number, combined: boolean): Fact[] {
  const facts: Fact[] = []
  let previous: ClusterEvent | null = null
  for (let count = 1; count <= until; count += 1) {
    const prefix = combined ? '(combined from similar events): ' : ''
    const event: ClusterEvent = {
      kind: 'Event',
      uid: `event-${n}-${combined}`,
      namespace: 'shop',
      name: 'x',
      resourceVersion: String(count),
      labels: Object.create(null),
      createdAt: noon,
      deletedAt: null,
      owner: null,
      regarding: {
        kind: 'Pod',
        namespace: 'shop',
        name: `web-${n}`,
        uid: `pod-uid-${n}`,
        fieldPath: 'spec.containers{app}',
      },
      type: 'Warning',
      reason: 'Unhealthy',
      message: `${prefix}Liveness probe failed: ${combined ? count : 'timeout'}`,
      count,
      firstAt: noon,
      lastAt: noon + count * 10_000,
      reportingController: 'kubelet',
      host: '',
    }
    facts.push(...eventFacts(previous, event, event.lastAt))
    previous = event
  }
  return facts
}
