import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import Database from 'better-sqlite3'
import { openDatabase } from '../../../server/history/open-database.ts'
import { historyFile, noon } from './a-history.ts'

/**
 * Prisma's adapter asks for better-sqlite3 12, which aborts the process on Node 24.19 and newer when
 * a statement is collected; package.json overrides it with 13. This shows that the pair works here.
 */

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

test('adapter and driver read and write on this Node, through many collected statements', async (t) => {
  const { prisma } = await openDatabase({ file: historyFile(t), now: noon, busyTimeout: 100 })
  const cluster = await prisma.cluster.create({ data: { identity: 'c', firstSeenAt: BigInt(noon) } })
  await prisma.$executeRawUnsafe('BEGIN')
  for (let n = 0; n < 2_000; n += 1) {
    await prisma.$executeRawUnsafe(
      'INSERT INTO subject (cluster_id, kind, namespace, name, uid) VALUES (?, ?, ?, ?, ?)',
      cluster.id,
      'Pod',
      'shop',
      `web-${n}`,
      `uid-${n}`,
    )
    if (n % 100 === 0) collectGarbage()
  }
  await prisma.$executeRawUnsafe('COMMIT')
  collectGarbage()
  assert.equal(await prisma.subject.count(), 2_000)
  const [found] = await prisma.cluster.findMany({ include: { subjects: { take: 1, orderBy: { id: 'desc' } } } })
  assert.equal(found?.firstSeenAt, BigInt(noon), 'instants come through whole')
  assert.equal(found?.subjects[0]?.name, 'web-1999')
  await prisma.$disconnect()
})

test('the settings that history counts on are in force', async (t) => {
  const { prisma } = await openDatabase({ file: historyFile(t), now: noon, busyTimeout: 123 })
  const setting = async (name: string) =>
    Object.values((await prisma.$queryRawUnsafe<Record<string, unknown>[]>(`PRAGMA ${name}`))[0] ?? {}).map(String)[0]
  assert.equal(await setting('journal_mode'), 'wal')
  assert.equal(await setting('synchronous'), '1')
  assert.equal(await setting('foreign_keys'), '1')
  assert.equal(await setting('busy_timeout'), '123')
  assert.equal(await setting('auto_vacuum'), '2')
  assert.equal(await setting('journal_size_limit'), String(64 * 1024 * 1024))
  await prisma.$disconnect()
})

test('SQLite is new enough for what the statements use', () => {
  const database = new Database(':memory:')
  const { version } = database.prepare('SELECT sqlite_version() AS version').get() as { version: string }
  const [major = 0, minor = 0] = version.split('.').map(Number)
  // ->> since 3.38, STRICT since 3.37.
  assert.ok(major > 3 || minor >= 38, version)
})
