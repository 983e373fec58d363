import { Worker } from 'node:worker_threads'
import { HistoryUnavailable, type UnavailableReason } from './history-unavailable.ts'
import type { Store, StoreOptions } from './store.ts'

/** What can be asked of the store in its thread: its methods, whose parameters and results can be copied. */
export type StoreMethod = Exclude<keyof Store, symbol>

export interface StoreRequest {
  readonly id: number
  readonly method: StoreMethod
  readonly parameters: readonly unknown[]
}

export type StoreAnswer =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly message: string; readonly reason: UnavailableReason | null }

interface Waiting {
  readonly resolve: (result: unknown) => void
  readonly reject: (error: Error) => void
}

/**
 * The store in a thread of its own, seen from here. SQLite blocks whoever calls it, for as long as the
 * disk takes or another program holds the file; the event loop that serves live views must not be
 * that. A thread that dies is begun anew with the next call: the store must then be opened again.
 */
export class StoreThread implements Pick<Store, StoreMethod> {
  readonly #options: StoreOptions
  #worker: Worker | null = null
  readonly #waiting = new Map<number, Waiting>()
  #nextId = 0
  #ended = false

  constructor(options: StoreOptions) {
    this.#options = options
  }

  readonly open: Store['open'] = (...parameters) => this.#call('open', parameters)
  readonly check: Store['check'] = (...parameters) => this.#call('check', parameters)
  readonly write: Store['write'] = (...parameters) => this.#call('write', parameters)
  readonly beginResume: Store['beginResume'] = (...parameters) => this.#call('beginResume', parameters)
  readonly addPresent: Store['addPresent'] = (...parameters) => this.#call('addPresent', parameters)
  readonly finishResume: Store['finishResume'] = (...parameters) => this.#call('finishResume', parameters)
  readonly prune: Store['prune'] = (...parameters) => this.#call('prune', parameters)
  readonly checkpoint: Store['checkpoint'] = (...parameters) => this.#call('checkpoint', parameters)
  readonly size: Store['size'] = (...parameters) => this.#call('size', parameters)
  readonly query: Store['query'] = (...parameters) => this.#call('query', parameters)
  readonly close: Store['close'] = (...parameters) => this.#call('close', parameters)

  /** Ends the thread, whatever it does; nothing can be asked any more. */
  async end(): Promise<void> {
    this.#ended = true
    await this.#worker?.terminate()
  }

  /** As if the thread had died of itself. */
  async kill(): Promise<void> {
    await this.#worker?.terminate()
  }

  #call<T>(method: StoreMethod, parameters: readonly unknown[]): Promise<T> {
    if (this.#ended) return Promise.reject(new HistoryUnavailable('off', 'history is closed'))
    this.#worker ??= this.#start()
    const id = this.#nextId
    this.#nextId += 1
    const request: StoreRequest = { id, method, parameters }
    this.#worker.postMessage(request)
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve: (result) => resolve(result as T), reject })
    })
  }

  #start(): Worker {
    const worker = new Worker(new URL('./history-thread.ts', import.meta.url), {
      workerData: this.#options,
      // It holds one batch at a time; without a limit V8 would let its garbage grow like a server's.
      resourceLimits: { maxYoungGenerationSizeMb: 6, maxOldGenerationSizeMb: 256 },
    })
    let cause = 'it ended'
    worker.on('message', (answer: StoreAnswer) => this.#take(answer))
    worker.on('error', (error) => {
      cause = error instanceof Error ? error.message : String(error)
    })
    worker.on('exit', () => {
      if (this.#worker === worker) this.#worker = null
      const failure = new HistoryUnavailable('io', `the thread that writes ${this.#options.file} failed: ${cause}`)
      for (const { reject } of this.#waiting.values()) reject(failure)
      this.#waiting.clear()
    })
    return worker
  }

  #take(answer: StoreAnswer): void {
    const waiting = this.#waiting.get(answer.id)
    this.#waiting.delete(answer.id)
    if (!waiting) return
    if ('result' in answer) waiting.resolve(answer.result)
    else if (answer.reason === null) waiting.reject(new Error(answer.message))
    else waiting.reject(new HistoryUnavailable(answer.reason, answer.message))
  }
}
