import Database from 'better-sqlite3'
import { lockFile } from '../../../server/history/lock.ts'

/**
 * Holds a file for a test until it is killed: `holding-process.ts exclusive FILE` as a backup tool
 * would, `holding-process.ts plumbline FILE` as another Plumbline.
 */
const [how, file = ''] = process.argv.slice(2)
if (how === 'plumbline') lockFile(file, Date.UTC(2026, 2, 1, 12))
else new Database(file).exec('BEGIN EXCLUSIVE')
process.stdout.write('holds\n')
setInterval(() => {}, 60_000)
