import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { HistoryUnavailable } from './history-unavailable.ts'

export interface Migration {
  readonly name: string
  readonly sql: string
  readonly checksum: string
}

/** The migrations in a folder: one folder each, applied in the order of their names. */
export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((name) => {
      // A checkout on Windows may have other line ends; it is the same migration.
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8').replaceAll('\r\n', '\n')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}

/**
 * Applies the migrations that the database doesn't have yet, each in one transaction together with
 * its record: after a crash it is there completely or not at all.
 *
 * @returns the names of those that were applied
 * @throws {HistoryUnavailable} `newer-schema` or `changed-migration`; the database is as it was
 */
export function migrate(
  database: Database,
  migrations: readonly Migration[],
  options: { readonly file: string; readonly now: number },
): string[] {
  database.exec(
    'CREATE TABLE IF NOT EXISTS plumbline_migration (name TEXT NOT NULL PRIMARY KEY, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT',
  )
  const applied = database.prepare('SELECT name, checksum FROM plumbline_migration ORDER BY name').all() as {
    name: string
    checksum: string
  }[]
  applied.forEach(({ name, checksum }, index) => {
    const own = migrations[index]
    if (!migrations.some((migration) => migration.name === name)) {
      throw new HistoryUnavailable(
        'newer-schema',
        `${options.file} was written by a newer Plumbline (migration ${name}); start that one, or name another file with --database`,
      )
    }
    if (own?.name !== name || own.checksum !== checksum) {
      throw new HistoryUnavailable(
        'changed-migration',
        `${options.file} was made by another version of migration ${name} than this Plumbline has; name another file with --database`,
      )
    }
  })
  const pending = migrations.slice(applied.length)
  for (const { name, sql, checksum } of pending) {
    database.exec('BEGIN IMMEDIATE')
    try {
      database.exec(sql)
      database
        .prepare('INSERT INTO plumbline_migration (name, checksum, applied_at) VALUES (?, ?, ?)')
        .run(name, checksum, options.now)
      database.exec('COMMIT')
    } catch (error) {
      if (database.inTransaction) database.exec('ROLLBACK')
      throw error
    }
  }
  return pending.map(({ name }) => name)
}
