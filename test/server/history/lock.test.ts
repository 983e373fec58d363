import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { test } from 'node:test'
import Database from 'better-sqlite3'
import { HistoryUnavailable } from '../../../server/history/history-unavailable.ts'
import { lockFile } from '../../../server/history/lock.ts'
import { historyFile, noon, openStore, podFact, write } from './a-history.ts'
import { child, kill } from './child.ts'

test('a second Plumbline on the same file is refused, by name, until the first is gone', async (t) => {
  const file = historyFile(t)
  const holder = await child(t, 'holding-process.ts', ['plumbline', file])
  assert.throws(
    () => lockFile(file, noon),
    (error) => {
      assert.ok(error instanceof HistoryUnavailable)
      assert.equal(error.reason, 'locked')
      assert.match(
        error.message,
        new RegExp(`in use by another Plumbline \\(process ${holder.pid} on .* since 2026-03-01T12:00:00`),
      )
      return true
    },
  )
  // However it ends, its lock ends with it.
  await kill(holder)
  lockFile(file, noon).release()
})

test('a second Plumbline within one process is refused too', (t) => {
  const file = historyFile(t)
  const lock = lockFile(file, noon)
  assert.throws(() => lockFile(file, noon), HistoryUnavailable)
  lock.release()
  lockFile(file, noon).release()
})

test('a damaged lock file is no obstacle', (t) => {
  const file = historyFile(t)
  writeFileSync(`${file}.lock`, 'not a database at all, and long enough to be told from an empty one'.repeat(20))
  lockFile(file, noon).release()
})

test('the lock leaves the history to whoever reads or backs it up', async (t) => {
  const file = historyFile(t)
  const store = await openStore(t, file)
  await write(store, [podFact(1)])
  const reader = new Database(file, { readonly: true })
  assert.deepEqual(reader.prepare('SELECT count(*) AS count FROM pod').get(), { count: 1 })
  reader.exec(`VACUUM INTO '${file}.backup'`)
  await write(store, [podFact(2)])
  reader.close()
})
