import type { PodDetail } from '../../domain/live/protocol.ts'
import type { PlumblineProcess } from '../support/plumbline-process.ts'
import { type ApiAccess, apiJson } from './api-json.ts'

/** One wait in CrashLoopBackOff: what Plumbline foretold of its end, and when the kubelet really ended it. */
export interface BackOffWait {
  readonly container: string
  readonly backOffMs: number
  /** When the run before it ended, ms. */
  readonly finishedAt: number
  /** What was foretold when it began, and the last time that it was asked before the end: ms. */
  readonly first: Foretold
  last: Foretold
  /** By the kubelet's own timestamp, ms, in whole seconds; null while it waits. */
  startedAt: number | null
}

interface Foretold {
  readonly at: number
  readonly until: number
}

interface KubernetesPod {
  readonly metadata: { readonly name: string }
  readonly status: {
    readonly initContainerStatuses?: readonly KubernetesContainerStatus[]
    readonly containerStatuses?: readonly KubernetesContainerStatus[]
  }
}

interface KubernetesContainerStatus {
  readonly name: string
  readonly state?: KubernetesState
  readonly lastState?: KubernetesState
}

interface KubernetesState {
  readonly running?: { readonly startedAt: string }
  readonly terminated?: { readonly startedAt: string }
}

/**
 * Looks at some pods again and again, at Plumbline's word and at the API server's, and notes how
 * each wait of their containers was foretold and how it ended.
 */
export class BackOffWatch {
  readonly waits: BackOffWait[] = []
  readonly #plumbline: PlumblineProcess
  readonly #access: ApiAccess
  readonly #pods: readonly string[]
  readonly #open = new Map<string, BackOffWait>()
  #stopped = false
  readonly #run: Promise<void>

  /** @param pods "namespace/name" */
  constructor(plumbline: PlumblineProcess, access: ApiAccess, pods: readonly string[]) {
    this.#plumbline = plumbline
    this.#access = access
    this.#pods = pods
    this.#run = this.#watch()
  }

  /** The waits that have ended. */
  get ended(): readonly BackOffWait[] {
    return this.waits.filter(({ startedAt }) => startedAt !== null)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#run
  }

  async #watch(): Promise<void> {
    while (!this.#stopped) {
      for (const pod of this.#pods) await this.#look(pod).catch(() => {})
      await new Promise((resolve) => setTimeout(resolve, 400))
    }
  }

  async #look(pod: string): Promise<void> {
    const [namespace = '', name = ''] = pod.split('/')
    const { pod: detail } = (await this.#plumbline.json(`/api/v1/pods/${pod}`)) as { pod: PodDetail }
    for (const { name: container, loop, lastState } of detail.containers) {
      const key = `${pod}/${container}`
      if (loop?.backOffMs == null || loop.nextAttemptAt === null) continue
      if (lastState.type !== 'terminated' || lastState.finishedAt === null) continue
      const { backOffMs } = loop
      const { finishedAt } = lastState
      const foretold = { at: loop.nextAttemptAt, until: loop.nextAttemptUntil ?? loop.nextAttemptAt }
      const open = this.#open.get(key)
      if (open?.finishedAt === finishedAt) {
        open.last = foretold
        continue
      }
      const wait = { container: key, backOffMs, finishedAt, first: foretold, last: foretold, startedAt: null }
      this.#open.set(key, wait)
      this.waits.push(wait)
    }
    if (![...this.#open.keys()].some((key) => key.startsWith(`${pod}/`))) return
    const truth = (await apiJson(this.#access, {
      path: `/api/v1/namespaces/${namespace}/pods/${name}`,
    })) as KubernetesPod
    for (const status of [...(truth.status.initContainerStatuses ?? []), ...(truth.status.containerStatuses ?? [])]) {
      this.#end(`${pod}/${status.name}`, status)
    }
  }

  /** A run that began after the wait's own run had ended: the wait is over. */
  #end(key: string, { state, lastState }: KubernetesContainerStatus): void {
    const open = this.#open.get(key)
    if (!open) return
    for (const each of [state, lastState]) {
      const startedAt = Date.parse(each?.running?.startedAt ?? each?.terminated?.startedAt ?? '')
      if (!(startedAt > open.finishedAt)) continue
      open.startedAt = startedAt
      this.#open.delete(key)
      return
    }
  }
}
