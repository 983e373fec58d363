import { type KubectlDialect, kubectlDialect } from '../../../domain/health/kubectl-dialect.ts'
import type { PodContext } from '../../../domain/health/pod-context.ts'
import type { ClusterEvent } from '../../../domain/model/cluster-event.ts'
import type { Node } from '../../../domain/model/node.ts'
import type { Pod } from '../../../domain/model/pod.ts'
import { readClusterObject } from '../../../domain/read/cluster-object.ts'
import { Interner } from '../../../domain/read/interner.ts'

/** Tests count seconds from here; it is the "now" of most of them. */
export const now = Date.parse('2026-11-24T12:00:00Z')

/** An API time so many seconds before `now`. */
export function ago(seconds: number): string {
  return new Date(now - seconds * 1_000).toISOString().replace('.000Z', 'Z')
}

export const newest: KubectlDialect = kubectlDialect('v1.37.0')
export const oldest: KubectlDialect = kubectlDialect('v1.20.2')

type Json = Record<string, unknown>

export interface MadePod {
  metadata?: Json
  spec?: Json
  status?: Json
  /** Specs and statuses of containers together; a container without a state has no status. */
  init?: readonly MadeContainer[]
  main?: readonly MadeContainer[]
  /** Condition types that are True, or [type, status, seconds ago, reason, message]. */
  conditions?: readonly (string | readonly [string, string, number, string?, string?])[]
}

export interface MadeContainer {
  name?: string
  state?: Json
  lastState?: Json
  ready?: boolean
  started?: boolean
  restartCount?: number
  spec?: Json
}

/** A pod as the API gives it, read as any other. Bound to node-1 and two hours old unless told otherwise. */
export function madePod(made: MadePod = {}): Pod {
  const pod = readClusterObject('Pod', rawPod(made), new Interner())
  if (!pod) throw new Error('not a pod')
  return pod as Pod
}

export function rawPod({ metadata, spec, status, init = [], main = [{}], conditions = [] }: MadePod): Json {
  const statuses = (containers: readonly MadeContainer[], prefix: string) =>
    containers.flatMap((each, index) => (each.state ? [madeStatus(each, `${prefix}${index}`)] : []))
  return {
    metadata: {
      uid: 'uid-1',
      name: 'pod-1',
      namespace: 'shop',
      resourceVersion: '1',
      creationTimestamp: ago(7_200),
      ...metadata,
    },
    spec: {
      nodeName: 'node-1',
      initContainers: init.map((each, index) => ({
        name: `i${index}`,
        image: 'busybox:1',
        ...named(each),
        ...each.spec,
      })),
      containers: main.map((each, index) => ({ name: `m${index}`, image: 'busybox:1', ...named(each), ...each.spec })),
      ...spec,
    },
    status: {
      phase: 'Running',
      startTime: ago(7_200),
      conditions: conditions.map((each) =>
        typeof each === 'string'
          ? { type: each, status: 'True', lastTransitionTime: ago(7_000) }
          : { type: each[0], status: each[1], lastTransitionTime: ago(each[2]), reason: each[3], message: each[4] },
      ),
      initContainerStatuses: statuses(init, 'i'),
      containerStatuses: statuses(main, 'm'),
      ...status,
    },
  }
}

function named({ name }: MadeContainer): Json {
  return name === undefined ? {} : { name }
}

function madeStatus({ spec: _, ...made }: MadeContainer, name: string): Json {
  return { name, ready: false, restartCount: 0, image: 'busybox:1', ...made }
}

export const running = (seconds = 7_000): Json => ({ running: { startedAt: ago(seconds) } })
export const waiting = (reason: string, message = ''): Json => ({ waiting: { reason, message } })

/** A run that took `took` seconds and ended `ended` seconds ago. */
export function terminated(exitCode: number, reason: string, ended = 60, took = 5, more: Json = {}): Json {
  return { terminated: { exitCode, reason, startedAt: ago(ended + took), finishedAt: ago(ended), ...more } }
}

export const done = (): Json => terminated(0, 'Completed', 6_900)
/** Running and ready. */
export const well = (more: MadeContainer = {}): MadeContainer => ({
  state: running(),
  ready: true,
  started: true,
  ...more,
})
export const sidecar = (more: MadeContainer): MadeContainer => ({
  ...more,
  spec: { restartPolicy: 'Always', ...more.spec },
})

export function madeEvent(reason: string, message: string, first: number, last = first, more: Json = {}): ClusterEvent {
  const event = readClusterObject('Event', rawEvent(reason, message, first, last, more), new Interner())
  if (!event) throw new Error('not an event')
  return event as ClusterEvent
}

/** An event of the kubelet about container m0 (`container` names another, null none), seen `first` to `last` seconds ago. */
export function rawEvent(reason: string, message: string, first: number, last = first, more: Json = {}): Json {
  const { container = 'm0', count = 1, type = 'Warning', ...rest } = more
  return {
    metadata: {
      uid: `event-${reason}-${message}-${first}`,
      name: 'pod-1.17',
      namespace: 'shop',
      creationTimestamp: ago(first),
    },
    involvedObject: {
      kind: 'Pod',
      name: 'pod-1',
      namespace: 'shop',
      uid: 'uid-1',
      ...(container !== null && { fieldPath: `spec.containers{${container}}` }),
    },
    reason,
    message,
    type,
    count,
    firstTimestamp: ago(first),
    lastTimestamp: ago(last),
    source: { component: 'kubelet', host: 'node-1' },
    ...rest,
  }
}

export function madeNode(status: Json = {}, more: Json = {}): Node {
  const node = readClusterObject(
    'Node',
    {
      metadata: { uid: 'uid-node', name: 'node-1', creationTimestamp: ago(90_000) },
      status: {
        conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady', lastTransitionTime: ago(80_000) }],
        ...status,
      },
      ...more,
    },
    new Interner(),
  )
  if (!node) throw new Error('not a node')
  return node as Node
}

export function context(more: Partial<PodContext> = {}): PodContext {
  return { node: madeNode(), workload: null, events: [], dialect: newest, ...more }
}
