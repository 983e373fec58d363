import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import Database from 'better-sqlite3'
import { HistoryUnavailable, type UnavailableReason } from '../../../server/history/history-unavailable.ts'
import { readMigrations } from '../../../server/history/migrate.ts'
import { migrationsFolder } from '../../../server/history/open-database.ts'
import { Store } from '../../../server/history/store.ts'
import { dump, historyFile, noon, openStore, podFact, podRef, runFacts, write } from './a-history.ts'
import { child, kill } from './child.ts'

/** Asserts that opening is refused in one line that names the file. */
async function refused(file: string, reason: UnavailableReason, words: RegExp): Promise<void> {
  const store = new Store({ file, clusterId: 'cluster-1', busyTimeout: 50 })
  await assert.rejects(store.open(noon), (error) => {
    assert.ok(error instanceof HistoryUnavailable, String(error))
    assert.equal(error.reason, reason)
    assert.match(error.message, words)
    assert.ok(error.message.includes(file))
    assert.ok(!error.message.includes('\n'))
    return true
  })
}

/** A closed history with some thousand facts. */
async function filled(t: TestContext): Promise<string> {
  const file = historyFile(t)
  const store = await openStore(t, file)
  const pods = Array.from({ length: 300 }, (_, n) => n)
  await write(store, [...pods.map(podFact), ...pods.flatMap((n) => runFacts(podRef(n), 0))])
  await store.close(noon, true)
  return file
}

test('a file that is locked by another program is told so, and opens when that is over', async (t) => {
  const file = await filled(t)
  const holder = await child(t, 'holding-process.ts', ['exclusive', file])
  await refused(file, 'busy', /locked by another program/)
  await kill(holder)
  const store = await openStore(t, file)
  assert.equal((await store.query('podHistory', { uid: podRef(1).uid })) !== null, true)
})

test('a file of a newer Plumbline is refused and left as it is', async (t) => {
  const file = await filled(t)
  const database = new Database(file)
  database.prepare('INSERT INTO plumbline_migration VALUES (?, ?, ?)').run('9999_future', 'x', noon)
  database.close()
  const before = dump(file)
  await refused(file, 'newer-schema', /newer Plumbline.*--database/)
  assert.deepEqual(dump(file), before)
})

test('a file with a changed migration is refused', async (t) => {
  const file = await filled(t)
  const database = new Database(file)
  database.exec("UPDATE plumbline_migration SET checksum = 'another'")
  database.close()
  await refused(file, 'changed-migration', /0001_first/)
})

test("another program's database and someone's text are refused, never moved", async (t) => {
  const file = historyFile(t)
  const database = new Database(file)
  database.exec('CREATE TABLE invoices (id INTEGER)')
  database.close()
  await refused(file, 'foreign', /another program's database/)
  const text = join(dirname(file), 'notes.txt')
  writeFileSync(text, 'a shopping list\n'.repeat(200))
  await refused(text, 'foreign', /is a text/)
  assert.equal(readFileSync(text, 'utf8').startsWith('a shopping list'), true)
})

test('a path that can not be a file is told so', async (t) => {
  const file = historyFile(t)
  await refused(dirname(file), 'unwritable', /is a folder/)
  writeFileSync(file, 'x')
  await refused(join(file, 'history.db'), 'unwritable', /can't be made/)
})

test('a folder that is not there is made', async (t) => {
  const file = join(dirname(historyFile(t)), 'a', 'b', 'history.db')
  await openStore(t, file)
  assert.ok(existsSync(file))
})

test('a read-only file and a read-only folder are told so', { skip: process.platform === 'win32' }, async (t) => {
  const file = await filled(t)
  const folder = dirname(file)
  // Whoever runs as root may write everything, so the look is another user's there.
  const root = process.getuid?.() === 0
  const nobody = 65_534
  if (root) for (const name of ['.', ...readdirSync(folder)]) chownSync(join(folder, name), nobody, nobody)
  const open = async (): Promise<string> => {
    const opener = await child(t, 'opening-process.ts', [file], root ? { uid: nobody } : {})
    return opener.output.join('')
  }
  chmodSync(file, 0o444)
  assert.match(await open(), /^read-only .*history\.db.*make it writable/)
  chmodSync(file, 0o644)
  chmodSync(folder, 0o555)
  assert.match(await open(), /^read-only .*history\.db/)
  chmodSync(folder, 0o755)
  assert.match(await open(), /^opened/)
})

test('a schema of older migrations is brought up to date', async (t) => {
  const file = await filled(t)
  const added = { name: '9998_next', sql: 'CREATE TABLE next (id INTEGER) STRICT;', checksum: 'x' }
  const store = await openStore(t, file, { migrations: [...readMigrations(migrationsFolder), added] })
  await store.close(noon, true)
  const database = new Database(file)
  assert.deepEqual(database.prepare('SELECT count(*) AS count FROM next').get(), { count: 0 })
  database.close()
})

const damages: Readonly<Record<string, (file: string) => void>> = {
  'random bytes': (file) => writeFileSync(file, randomBytes(50_000)),
  'a damaged header': (file) => {
    const bytes = readFileSync(file)
    bytes.fill(0xff, 0, 60)
    writeFileSync(file, bytes)
  },
  'a truncated file': (file) => truncateSync(file, Math.floor(statSync(file).size / 2)),
  'a file cut within its header': (file) => truncateSync(file, 50),
  'pages overwritten in the middle': (file) => {
    const bytes = readFileSync(file)
    bytes.fill(0x5a, 8 * 4_096, bytes.length - 4_096)
    writeFileSync(file, bytes)
  },
}

for (const [name, damage] of Object.entries(damages)) {
  test(`${name}: it is kept aside and a new history begun`, async (t) => {
    const file = await filled(t)
    damage(file)
    const damaged = readFileSync(file)
    writeFileSync(`${file}-wal`, 'a leftover')
    const store = new Store({ file, clusterId: 'cluster-1', busyTimeout: 50 })
    t.after(() => store.close(noon, false).catch(() => {}))
    const aside = (await store.open(noon)) ?? (await store.check(noon))
    assert.equal(aside, `${file}.corrupt-2026-03-01T12-00-00-000Z`)
    assert.deepEqual(readFileSync(aside), damaged)
    // Where SQLite could tell that it is a database, it has taken up or thrown away the leftover.
    assert.ok(existsSync(`${aside}-wal`) || name.startsWith('pages') || name.startsWith('a truncated'))
    await write(store, [podFact(7)])
    assert.equal(await store.check(noon), null)
    assert.deepEqual(
      ((await store.query('podHistory', { uid: podRef(7).uid })) as { pod: { name: string } }).pod.name,
      'web-7',
    )
  })
}

test('a second damaged file does not overwrite the first', async (t) => {
  const file = historyFile(t)
  for (const _ of [1, 2]) {
    writeFileSync(file, randomBytes(9_000))
    const store = await openStore(t, file)
    await store.close(noon, true)
  }
  const aside = readdirSync(dirname(file)).filter((name) => name.startsWith(`${basename(file)}.corrupt-`))
  assert.deepEqual(aside.sort(), [
    'history.db.corrupt-2026-03-01T12-00-00-000Z',
    'history.db.corrupt-2026-03-01T12-00-00-000Z-2',
  ])
})

test('an empty file is a new history', async (t) => {
  const file = historyFile(t)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, '')
  const store = new Store({ file, clusterId: 'cluster-1', busyTimeout: 50 })
  assert.equal(await store.open(noon), null)
  await store.close(noon, true)
})
