import { HistoryUnavailable } from './history-unavailable.ts'

/**
 * What an error of the database means: HistoryUnavailable where the system refuses (in any tool's
 * wrapping), and the error itself where the statement or its data are at fault.
 */
export function sqliteFailure(error: unknown, file: string): Error {
  if (error instanceof HistoryUnavailable) return error
  const code = sqliteCode(error)
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new HistoryUnavailable('busy', `${file} is locked by another program (a backup?); it is tried again`)
  }
  if (code === 'SQLITE_FULL') {
    return new HistoryUnavailable('disk-full', `no space left for ${file}; free some on its disk`)
  }
  if (code === 'SQLITE_CORRUPT' || code.startsWith('SQLITE_CORRUPT_') || code === 'SQLITE_NOTADB') {
    return new HistoryUnavailable('corrupt', `${file} is damaged`)
  }
  if (code.startsWith('SQLITE_READONLY')) {
    return new HistoryUnavailable('read-only', `${file} may not be written; make it writable or name another file`)
  }
  if (code.startsWith('SQLITE_CANTOPEN') || code === 'SQLITE_PERM' || code === 'SQLITE_AUTH') {
    return new HistoryUnavailable('unwritable', `${file} can't be opened; does its folder exist and is it writable?`)
  }
  if (code.startsWith('SQLITE_IOERR') || code === 'SQLITE_PROTOCOL' || code === 'SQLITE_NOMEM') {
    return new HistoryUnavailable('io', `${file} can't be read or written (${code}); look at its disk`)
  }
  return error instanceof Error ? error : new Error(String(error))
}

/** SQLite's name of the error, whether better-sqlite3 threw it or Prisma wrapped it; empty: it is none of SQLite's. */
export function sqliteCode(error: unknown): string {
  if (typeof error !== 'object' || error === null) return ''
  const own = field(error, 'code')
  if (typeof own === 'string' && own.startsWith('SQLITE_')) return own
  const wrapped = field(field(field(error, 'meta'), 'driverAdapterError') ?? error, 'cause')
  const original = field(wrapped, 'originalCode')
  return typeof original === 'string' ? original : ''
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}
