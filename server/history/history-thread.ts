import { parentPort, workerData } from 'node:worker_threads'
import { HistoryUnavailable } from './history-unavailable.ts'
import { Store, type StoreOptions } from './store.ts'
import type { StoreAnswer, StoreRequest } from './store-thread.ts'

/** The thread in which SQLite is called; store-thread.ts is the other end. */
const port = parentPort
if (!port) throw new Error('history-thread.ts runs as a worker thread only')
const store = new Store(workerData as StoreOptions)

port.on('message', (request: StoreRequest) => {
  const method = store[request.method] as (...parameters: readonly unknown[]) => Promise<unknown>
  method.apply(store, [...request.parameters]).then(
    (result) => port.postMessage({ id: request.id, result } satisfies StoreAnswer),
    (error: unknown) => port.postMessage(failed(request.id, error)),
  )
})

function failed(id: number, error: unknown): StoreAnswer {
  const message = error instanceof Error ? error.message : String(error)
  return { id, message, reason: error instanceof HistoryUnavailable ? error.reason : null }
}
