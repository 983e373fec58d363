import { ByteSink } from '../api/byte-sink.ts'
import type { KubernetesObject, StoredObject } from '../api/kubernetes-object.ts'
import { hex32, suffixOf, uidOf } from './identifiers.ts'
import type { LoadLayout } from './load-layout.ts'

export type LoadPodState = 'ready' | 'not-ready' | 'crash-loop' | 'pending'

/** The numbers that make one version of one pod. Times are seconds, and milliseconds, after the layout's epoch. */
export interface LoadPodNumbers {
  readonly workload: number
  /** Never used twice: name, uid and addresses come from it. */
  readonly serial: number
  readonly node: number
  readonly state: LoadPodState
  readonly restarts: number
  readonly createdAt: number
  /** When its state last changed, s. */
  readonly since: number
  /** When this version was made, ms; -1 where it has never been changed. */
  readonly changedAt: number
  readonly revision: number
}

/** A pod that exists only as a few numbers until somebody reads it. */
export class LoadPod implements StoredObject {
  readonly revision: number
  readonly workload: number
  readonly serial: number
  readonly node: number
  readonly state: LoadPodState
  readonly restarts: number
  readonly createdAt: number
  readonly since: number
  readonly changedAt: number
  readonly #layout: LoadLayout

  constructor(layout: LoadLayout, numbers: LoadPodNumbers) {
    this.#layout = layout
    this.revision = numbers.revision
    this.workload = numbers.workload
    this.serial = numbers.serial
    this.node = numbers.node
    this.state = numbers.state
    this.restarts = numbers.restarts
    this.createdAt = numbers.createdAt
    this.since = numbers.since
    this.changedAt = numbers.changedAt
  }

  get namespace(): string {
    return this.#layout.namespaceOf(this.workload)
  }

  get name(): string {
    return `${this.#layout.replicaSetName(this.workload)}-${suffixOf(this.serial, 5)}`
  }

  get uid(): string {
    return uidOf(this.serial, 1)
  }

  object(): KubernetesObject {
    return objectOf(this)
  }

  at(revision: number): LoadPod {
    return new LoadPod(this.#layout, { ...this.numbers, revision })
  }

  get numbers(): LoadPodNumbers {
    const { workload, serial, node, state, restarts, createdAt, since, changedAt, revision } = this
    return { workload, serial, node, state, restarts, createdAt, since, changedAt, revision }
  }

  writeRest(sink: ByteSink): void {
    const layout = this.#layout
    const { workload, serial } = this
    const first = hex32(serial, 7)
    const second = hex32(serial, this.restarts)
    const ready = this.state === 'ready'
    layout
      .podTemplate(workload, this.state)
      .write(sink, [
        layout.namespaceOf(workload),
        layout.appOf(workload),
        layout.hashOf(workload),
        suffixOf(serial, 5),
        layout.replicaSetName(workload),
        uidOf(serial, 1),
        uidOf(workload, 2),
        String(this.revision),
        layout.time(this.createdAt),
        layout.time(this.since),
        layout.time(this.createdAt + 4),
        layout.time(this.since - 2),
        this.changedAt < 0 ? '' : String(layout.epoch + this.changedAt),
        layout.nodeName(this.node),
        layout.hostIP(this.node),
        layout.podIP(this.node, serial),
        `containerd://${first}${second}${first}${second}${first}${second}${first}${second}`,
        String(this.restarts),
        ready ? 'true' : 'false',
        ready ? 'True' : 'False',
      ])
  }
}

/** An object as whoever reads its text gets it. */
export function objectOf(stored: StoredObject): KubernetesObject {
  const sink = new ByteSink()
  sink.ascii('{')
  stored.writeRest(sink)
  return JSON.parse(sink.take().toString('latin1')) as KubernetesObject
}
