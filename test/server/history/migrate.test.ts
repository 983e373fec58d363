import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { HistoryUnavailable } from '../../../server/history/history-unavailable.ts'
import { type Migration, migrate, readMigrations } from '../../../server/history/migrate.ts'
import { migrationsFolder } from '../../../server/history/open-database.ts'
import { historyFile, noon } from './a-history.ts'

function migration(name: string, sql: string): Migration {
  return { name, sql, checksum: `checksum of ${sql}` }
}

const first = migration('0001_first', 'CREATE TABLE a (id INTEGER) STRICT;')
const second = migration('0002_second', 'CREATE TABLE b (id INTEGER) STRICT; INSERT INTO b VALUES (1);')

function tables(database: Database): string[] {
  const rows = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1").all()
  return (rows as { name: string }[]).map(({ name }) => name)
}

test('migrations are applied once, in order', (t) => {
  const file = historyFile(t)
  const database = new Database(file)
  assert.deepEqual(migrate(database, [first], { file, now: noon }), ['0001_first'])
  assert.deepEqual(migrate(database, [first, second], { file, now: noon }), ['0002_second'])
  assert.deepEqual(migrate(database, [first, second], { file, now: noon }), [])
  assert.deepEqual(tables(database), ['a', 'b', 'plumbline_migration'])
  database.close()
})

test('the migrations of the repository apply to an empty file', (t) => {
  const file = historyFile(t)
  const database = new Database(file)
  const names = migrate(database, readMigrations(migrationsFolder), { file, now: noon })
  assert.deepEqual(names, [...names].sort())
  assert.equal(names[0], '0001_first')
  assert.deepEqual(database.pragma('foreign_key_check'), [])
  database.close()
})

test('a migration that was changed after it was applied is refused', (t) => {
  const file = historyFile(t)
  const database = new Database(file)
  migrate(database, [first], { file, now: noon })
  assert.throws(
    () => migrate(database, [{ ...first, checksum: 'another' }, second], { file, now: noon }),
    (error) =>
      error instanceof HistoryUnavailable && error.reason === 'changed-migration' && error.message.startsWith(file),
  )
  assert.deepEqual(tables(database), ['a', 'plumbline_migration'])
  database.close()
})

test('a database of a newer version is refused and left as it is', (t) => {
  const file = historyFile(t)
  const database = new Database(file)
  migrate(database, [first, second], { file, now: noon })
  assert.throws(
    () => migrate(database, [first], { file, now: noon }),
    (error) =>
      error instanceof HistoryUnavailable && error.reason === 'newer-schema' && /0002_second/.test(error.message),
  )
  assert.deepEqual(tables(database), ['a', 'b', 'plumbline_migration'])
  database.close()
})

test('a migration that fails half-way leaves nothing behind and can be tried again', (t) => {
  const file = historyFile(t)
  const database = new Database(file)
  const broken = migration('0002_second', 'CREATE TABLE b (id INTEGER) STRICT; INSERT INTO nowhere VALUES (1);')
  assert.throws(() => migrate(database, [first, broken], { file, now: noon }), /nowhere/)
  assert.deepEqual(tables(database), ['a', 'plumbline_migration'])
  assert.deepEqual(migrate(database, [first, second], { file, now: noon }), ['0002_second'])
  database.close()
})

test('a process killed within a migration leaves nothing behind either', async (t) => {
  const file = historyFile(t)
  const folder = join(dirname(file), 'migrations')
  // Long enough to be killed within.
  const sql = `CREATE TABLE big (id INTEGER PRIMARY KEY, text TEXT) STRICT;
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 600000)
    INSERT INTO big SELECT i, hex(randomblob(20)) FROM n;`
  mkdirSync(join(folder, '0001_big'), { recursive: true })
  writeFileSync(join(folder, '0001_big', 'migration.sql'), sql)
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      fileURLToPath(new URL('./migrating-process.ts', import.meta.url)),
      file,
      folder,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const output: string[] = []
  child.stdout.on('data', (data) => output.push(String(data)))
  await new Promise((resolve) => child.stdout.once('data', resolve))
  await new Promise((resolve) => setTimeout(resolve, 100))
  child.kill('SIGKILL')
  await new Promise((resolve) => child.once('exit', resolve))
  assert.equal(output.join(''), 'begins\n', 'killed too late to prove anything')

  const database = new Database(file)
  assert.ok(!tables(database).includes('big'))
  assert.deepEqual(migrate(database, readMigrations(folder), { file, now: noon }), ['0001_big'])
  assert.deepEqual(database.prepare('SELECT count(*) AS count FROM big').get(), { count: 600_000 })
  assert.equal(database.pragma('integrity_check', { simple: true }), 'ok')
  database.close()
})
