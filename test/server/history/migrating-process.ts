import Database from 'better-sqlite3'
import { migrate, readMigrations } from '../../../server/history/migrate.ts'

/** Applies the migrations in a folder, for a test that kills it: `migrating-process.ts FILE FOLDER`. */
const [file = '', folder = ''] = process.argv.slice(2)
const database = new Database(file)
database.pragma('journal_mode = WAL')
process.stdout.write('begins\n', () => {
  migrate(database, readMigrations(folder), { file, now: 0 })
  process.stdout.write('done\n')
})
