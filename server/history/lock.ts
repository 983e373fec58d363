import { rmSync } from 'node:fs'
import { hostname } from 'node:os'
import Database from 'better-sqlite3'
import { HistoryUnavailable } from './history-unavailable.ts'
import { sqliteCode } from './sqlite-failure.ts'

/** Holds a history file for this process; `release` lets others have it. */
export interface Lock {
  release(): void
}

/**
 * Makes sure that only one Plumbline writes to `file`. The lock is the operating system's, held by
 * an open transaction on `<file>.lock`: it ends with the process, however that ends, and it leaves
 * the history itself open to backup tools and to people with sqlite3.
 *
 * @throws {HistoryUnavailable} `locked`, naming the holder
 */
export function lockFile(file: string, now: number): Lock {
  try {
    return takeLock(file, now)
  } catch (error) {
    const code = sqliteCode(error)
    if (code !== 'SQLITE_NOTADB' && code !== 'SQLITE_CORRUPT') throw error
    // It holds nothing that anyone could miss.
    rmSync(`${file}.lock`, { force: true })
    return takeLock(file, now)
  }
}

function takeLock(file: string, now: number): Lock {
  const path = `${file}.lock`
  // Long enough for whoever only reads who holds it.
  const database = new Database(path, { timeout: 500 })
  try {
    database.exec('BEGIN IMMEDIATE')
    database.exec('CREATE TABLE IF NOT EXISTS holder (pid INTEGER, host TEXT, since INTEGER)')
    database.exec('DELETE FROM holder')
    database.prepare('INSERT INTO holder VALUES (?, ?, ?)').run(process.pid, hostname(), now)
    // Others may read who it is, so that is committed; then the lock is taken for good.
    database.exec('COMMIT')
    database.exec('BEGIN IMMEDIATE')
  } catch (error) {
    const code = sqliteCode(error)
    const holder = code.startsWith('SQLITE_BUSY') ? describeHolder(path) : ''
    database.close()
    if (!code.startsWith('SQLITE_BUSY')) throw error
    throw new HistoryUnavailable(
      'locked',
      `${file} is in use by another Plumbline${holder}; stop that one, or name another file with --database`,
    )
  }
  return {
    release() {
      database.close()
    },
  }
}

function describeHolder(path: string): string {
  try {
    const database = new Database(path, { readonly: true, timeout: 200 })
    try {
      const holder = database.prepare('SELECT pid, host, since FROM holder').get()
      if (typeof holder !== 'object' || holder === null) return ''
      const { pid, host, since } = holder as Record<string, unknown>
      if (typeof since !== 'number' || Number.isNaN(new Date(since).getTime())) return ''
      return ` (process ${pid} on ${host} since ${new Date(since).toISOString()})`
    } finally {
      database.close()
    }
  } catch {
    // Who it is only helps people; the refusal stands without it.
    return ''
  }
}
