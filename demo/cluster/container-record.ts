import { timestamp } from '../api/object-store.ts'
import type { Exit } from './behaviour.ts'
import type { Container } from './pod-types.ts'
import { RestartBackOff } from './restart-back-off.ts'

export type ContainerState =
  | { readonly waiting: { readonly reason: string; readonly message?: string } }
  | { readonly running: { readonly startedAt: string } }
  | { readonly terminated: TerminatedState }

export interface TerminatedState {
  readonly exitCode: number
  readonly reason: string
  readonly message?: string
  readonly startedAt: string
  readonly finishedAt: string
  readonly containerID: string
}

/** What kubelet knows of one container of one pod. */
export class ContainerRecord {
  readonly spec: Container
  readonly init: boolean
  state: ContainerState
  lastState: { readonly terminated?: TerminatedState } = {}
  ready = false
  started = false
  restartCount = 0
  containerID = ''
  imageID = ''
  startedAt = 0
  finishedAt = 0
  /** Runs so far, the present one included. */
  runs = 0
  readonly backOff = new RestartBackOff()

  constructor(spec: Container, init: boolean, waitingReason: string) {
    this.spec = spec
    this.init = init
    this.state = { waiting: { reason: waitingReason } }
  }

  /** A native sidecar: an init container that goes on running. */
  get sidecar(): boolean {
    return this.init && this.spec.restartPolicy === 'Always'
  }

  get running(): boolean {
    return 'running' in this.state
  }

  get exitCode(): number | null {
    return 'terminated' in this.state ? this.state.terminated.exitCode : null
  }

  get succeeded(): boolean {
    return this.exitCode === 0
  }

  /** What has to be over before the next init container starts. */
  get passed(): boolean {
    return this.sidecar ? this.started : this.succeeded
  }

  run(now: number, containerID: string, imageID: string): void {
    const last = 'terminated' in this.state ? this.state.terminated : null
    if (last) this.lastState = { terminated: last }
    if (this.runs > 0) this.restartCount += 1
    this.runs += 1
    this.startedAt = now
    this.containerID = containerID
    this.imageID = imageID
    this.state = { running: { startedAt: timestamp(now) } }
    this.ready = false
    this.started = false
  }

  end(now: number, exit: Pick<Exit, 'exitCode' | 'reason' | 'message'>): void {
    this.finishedAt = now
    this.ready = this.init && !this.sidecar && exit.exitCode === 0
    this.started = false
    this.state = {
      terminated: {
        exitCode: exit.exitCode,
        reason: exit.reason,
        ...(exit.message !== undefined && { message: exit.message }),
        startedAt: timestamp(this.startedAt),
        finishedAt: timestamp(now),
        containerID: this.containerID,
      },
    }
  }

  /** Kubelet shows the finished run as the last state while it waits. */
  wait(reason: string, message?: string): void {
    if ('terminated' in this.state) this.lastState = { terminated: this.state.terminated }
    this.state = { waiting: { reason, ...(message !== undefined && { message }) } }
  }
}
