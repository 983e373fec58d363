import { closeSync, existsSync, openSync, readSync, renameSync } from 'node:fs'

/**
 * Puts a damaged database aside, with what belongs to it, under a name that tells when. Nothing is
 * ever deleted: people may want to rescue what is in it.
 *
 * @returns the new name
 */
export function quarantine(file: string, now: number): string {
  const stamp = new Date(now).toISOString().replaceAll(':', '-').replace('.', '-')
  let aside = `${file}.corrupt-${stamp}`
  for (let n = 2; existsSync(aside); n += 1) aside = `${file}.corrupt-${stamp}-${n}`
  // First the sidecars: a new database beside an old -wal would take that for its own.
  for (const suffix of ['-wal', '-shm', '-journal', '']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix)
  }
  return aside
}

/** For people: what became of a damaged file. */
export function damageNotice(file: string, aside: string): string {
  return `${file} was damaged; it is kept as ${aside} and a new history was begun`
}

/**
 * What a file is by its beginning. `text`: someone's document, named by mistake; a damaged database
 * has zero bytes from its first line on. To be asked before SQLite opens it: that would delete the
 * -wal beside what it takes for no database.
 */
export function fileType(file: string): 'new' | 'database' | 'damaged' | 'text' {
  if (!existsSync(file)) return 'new'
  const head = Buffer.alloc(4_096)
  const descriptor = openSync(file, 'r')
  try {
    const length = readSync(descriptor, head, 0, head.length, 0)
    if (length === 0) return 'new'
    if (!head.subarray(0, length).includes(0)) return 'text'
    // No database is smaller than the smallest page.
    return length >= 512 && head.subarray(0, magic.length).equals(magic) ? 'database' : 'damaged'
  } finally {
    closeSync(descriptor)
  }
}

const magic = Buffer.from('SQLite format 3\0', 'latin1')
