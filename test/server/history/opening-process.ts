import { HistoryUnavailable } from '../../../server/history/history-unavailable.ts'
import { Store } from '../../../server/history/store.ts'

/** Opens a history and says how it went, for a test as another user: `opening-process.ts FILE`. */
const [file = ''] = process.argv.slice(2)
const store = new Store({ file, clusterId: 'cluster-1', busyTimeout: 50 })
try {
  await store.open(Date.now())
  await store.close(Date.now(), true)
  console.log('opened')
} catch (error) {
  console.log(error instanceof HistoryUnavailable ? `${error.reason} ${error.message}` : String(error))
}
