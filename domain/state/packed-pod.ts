import type { Labels } from '../model/labels.ts'
import type { OwnerReference } from '../model/object-meta.ts'
import type { ContainerState, ContainerStatus, Pod, PodCondition } from '../model/pod.ts'
import type { PodSpec } from '../model/pod-spec.ts'
import { type KeptTime, keepTime, timeOf } from './kept-time.ts'
import type { ContainersShape, PodShapes, StatusShape } from './pod-shape.ts'

/**
 * A pod as the state keeps it: what it shares with others by reference, and its own texts and times
 * in one short list. At 150,000 pods this is a third of what they take as they are, and a third of
 * the objects that the garbage collector has to walk. `unpack` gives the pod as it was.
 */
export class PackedPod {
  readonly uid: string
  readonly namespace: string
  readonly name: string
  readonly resourceVersion: string
  readonly labels: Labels
  readonly owner: OwnerReference | null
  readonly nodeName: string
  readonly #annotations: Labels
  readonly #spec: PodSpec
  readonly #createdAt: KeptTime
  readonly #deletedAt: KeptTime
  readonly #startTime: KeptTime
  readonly #podIP: string
  readonly #message: string
  readonly #status: StatusShape
  readonly #containers: ContainersShape
  /** For each condition its time, then for each container what `packContainer` gives. */
  readonly #own: readonly Own[]

  constructor(pod: Pod, shapes: PodShapes) {
    this.uid = pod.uid
    this.namespace = pod.namespace
    this.name = pod.name
    this.resourceVersion = pod.resourceVersion
    this.labels = pod.labels
    this.owner = pod.owner
    this.nodeName = pod.nodeName
    this.#annotations = pod.annotations
    this.#spec = pod.spec
    this.#createdAt = keepTime(pod.createdAt)
    this.#deletedAt = keepTime(pod.deletedAt)
    this.#startTime = keepTime(pod.startTime)
    this.#podIP = pod.podIP
    this.#message = pod.message
    this.#status = shapes.status(pod)
    this.#containers = shapes.containers(pod)
    this.#own = packOwn(pod)
  }

  get createdAt(): number {
    return timeOf(this.#createdAt) ?? 0
  }

  unpack(): Pod {
    const own = new OwnReader(this.#own)
    const { phase, reason, nominatedNodeName, qosClass, conditions } = this.#status
    const { init, main } = this.#containers
    return {
      kind: 'Pod',
      uid: this.uid,
      namespace: this.namespace,
      name: this.name,
      resourceVersion: this.resourceVersion,
      labels: this.labels,
      createdAt: this.createdAt,
      deletedAt: timeOf(this.#deletedAt),
      owner: this.owner,
      annotations: this.#annotations,
      spec: this.#spec,
      nodeName: this.nodeName,
      phase,
      reason,
      message: this.#message,
      podIP: this.#podIP,
      startTime: timeOf(this.#startTime),
      nominatedNodeName,
      qosClass,
      conditions: conditions.map((shape): PodCondition => ({ ...shape, lastTransitionTime: own.time() })),
      initContainerStatuses: init.map((shape) => unpackContainer(shape, own)),
      containerStatuses: main.map((shape) => unpackContainer(shape, own)),
    }
  }
}

type Own = string | number | null

class OwnReader {
  readonly #own: readonly Own[]
  #at = 0

  constructor(own: readonly Own[]) {
    this.#own = own
  }

  text(): string {
    return this.#next() as string
  }

  whole(): number {
    return this.#next() as number
  }

  time(): number | null {
    return timeOf(this.#next() as KeptTime)
  }

  #next(): Own {
    const value = this.#own[this.#at] ?? null
    this.#at += 1
    return value
  }
}

function packOwn(pod: Pod): readonly Own[] {
  const own: Own[] = []
  for (const { lastTransitionTime } of pod.conditions) own.push(keepTime(lastTransitionTime))
  for (const status of pod.initContainerStatuses) packContainer(status, own)
  for (const status of pod.containerStatuses) packContainer(status, own)
  // A list that has grown by pushing has room for half as many again; a copy has none.
  return own.slice()
}

function packContainer({ restartCount, containerID, state, lastState }: ContainerStatus, own: Own[]): void {
  own.push(restartCount, containerID)
  packState(state, own)
  packState(lastState, own)
}

function unpackContainer(shape: ContainerStatus, own: OwnReader): ContainerStatus {
  return {
    ...shape,
    restartCount: own.whole(),
    containerID: own.text(),
    state: unpackState(shape.state, own),
    lastState: unpackState(shape.lastState, own),
  }
}

function packState(state: ContainerState, own: Own[]): void {
  switch (state.type) {
    case 'running':
      own.push(keepTime(state.startedAt))
      break
    case 'waiting':
      own.push(state.message)
      break
    case 'terminated':
      own.push(state.message, keepTime(state.startedAt), keepTime(state.finishedAt), state.containerID)
      break
  }
}

function unpackState(shape: ContainerState, own: OwnReader): ContainerState {
  switch (shape.type) {
    case 'running':
      return { ...shape, startedAt: own.time() }
    case 'waiting':
      return { ...shape, message: own.text() }
    case 'terminated':
      return {
        ...shape,
        message: own.text(),
        startedAt: own.time(),
        finishedAt: own.time(),
        containerID: own.text(),
      }
    case 'none':
      return shape
  }
}
