import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import Database from 'better-sqlite3'
import { PrismaClient } from '../../prisma/client/client.ts'
import { HistoryUnavailable } from './history-unavailable.ts'
import { type Migration, migrate, readMigrations } from './migrate.ts'
import { fileType, quarantine } from './quarantine.ts'
import { sqliteCode, sqliteFailure } from './sqlite-failure.ts'

export const migrationsFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'prisma', 'migrations')

/** "PLMB": marks our files, so that no other program's database is ever taken for one. */
const applicationId = 0x504c4d42

export interface OpenedDatabase {
  readonly prisma: PrismaClient
  /** Runs statements to their end on the same connection. Prisma takes one step of those that give no rows. */
  readonly script: (sql: string) => Promise<void>
  /** The name under which a damaged file was put aside; null: there was none. */
  readonly aside: string | null
}

export interface OpenDatabaseOptions {
  readonly file: string
  readonly now: number
  /** How long, ms, to wait for another program's lock. */
  readonly busyTimeout: number
  readonly migrations?: readonly Migration[]
}

/**
 * Opens the history, making or migrating it where needed; a file that is no readable database is
 * put aside and a new one begun. The caller holds the lock.
 *
 * @throws {HistoryUnavailable}
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<OpenedDatabase> {
  const { file, now } = options
  checkPath(file)
  const type = fileType(file)
  if (type === 'text') {
    throw new HistoryUnavailable('foreign', `${file} is a text, not a history; name another file with --database`)
  }
  let aside = type === 'damaged' ? quarantine(file, now) : null
  try {
    prepareFile(options)
  } catch (error) {
    const failure = sqliteFailure(error, file)
    if (aside !== null || !(failure instanceof HistoryUnavailable) || failure.reason !== 'corrupt') throw failure
    aside = quarantine(file, now)
    prepareFile(options)
  }
  return { ...(await connect(options)), aside }
}

/** `quick_check`: whether the file's structure is sound. Reads all of it. */
export async function isSound(prisma: PrismaClient): Promise<boolean> {
  try {
    const rows = await prisma.$queryRawUnsafe<{ quick_check: string }[]>('PRAGMA quick_check(1)')
    return rows[0]?.quick_check === 'ok'
  } catch (error) {
    const code = sqliteCode(error)
    if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return false
    throw error
  }
}

/** @throws {HistoryUnavailable} where the file system would refuse; says so more clearly than SQLite can */
export function checkPath(file: string): void {
  const folder = dirname(file)
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK | constants.X_OK)
    if (!existsSync(file)) return
    if (statSync(file).isDirectory()) {
      throw new HistoryUnavailable('unwritable', `${file} is a folder; name a file with --database`)
    }
    accessSync(file, constants.R_OK | constants.W_OK)
  } catch (error) {
    if (error instanceof HistoryUnavailable) throw error
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'ENOSPC' || code === 'EDQUOT') {
      throw new HistoryUnavailable('disk-full', `no space left for ${file}; free some on its disk`)
    }
    const remedy = 'make it writable for this user, or name another file with --database'
    if (existsSync(file)) {
      throw new HistoryUnavailable('read-only', `${file} or its folder may not be written (${code}); ${remedy}`)
    }
    throw new HistoryUnavailable('unwritable', `${file} can't be made (${code} for ${folder}); ${remedy}`)
  }
}

/** What has to be done before Prisma comes: settings kept in the file itself, and the schema. */
function prepareFile(options: OpenDatabaseOptions): void {
  const { file, now, busyTimeout } = options
  const database = new Database(file, { timeout: busyTimeout })
  try {
    const id = database.pragma('application_id', { simple: true })
    const tables = database.prepare('SELECT count(*) AS count FROM sqlite_schema').get() as { count: number }
    if (id !== applicationId && tables.count > 0) {
      throw new HistoryUnavailable(
        'foreign',
        `${file} is another program's database; name another file with --database`,
      )
    }
    if (tables.count === 0) {
      // Can only be chosen while the file is empty; deleted rows give their space back with it.
      database.pragma('auto_vacuum = INCREMENTAL')
      database.pragma(`application_id = ${applicationId}`)
    }
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = NORMAL')
    migrate(database, options.migrations ?? readMigrations(migrationsFolder), { file, now })
  } finally {
    database.close()
  }
}

async function connect({ file, busyTimeout }: OpenDatabaseOptions): Promise<Omit<OpenedDatabase, 'aside'>> {
  // The adapter keeps one connection, so settings of the connection hold for its life.
  const adapter = new PrismaBetterSqlite3({ url: `file:${file}`, timeout: busyTimeout })
  const connection = await adapter.connect()
  adapter.connect = async () => connection
  const prisma = new PrismaClient({ adapter })
  try {
    for (const setting of [
      'synchronous = NORMAL',
      'foreign_keys = ON',
      'journal_size_limit = 67108864',
      'temp_store = MEMORY',
      'cache_size = -16000',
    ]) {
      await prisma.$queryRawUnsafe(`PRAGMA ${setting}`)
    }
    return { prisma, script: (sql) => connection.executeScript(sql) }
  } catch (error) {
    await prisma.$disconnect()
    throw sqliteFailure(error, file)
  }
}
