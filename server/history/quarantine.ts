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

/**
 * Whether a file that SQLite doesn't know is text: then it is someone's document, named by mistake,
 * and no damaged database. Those have zero bytes from their first line on.
 */
export function isText(file: string): boolean {
  const head = Buffer.alloc(4_096)
  const descriptor = openSync(file, 'r')
  try {
    const length = readSync(descriptor, head, 0, head.length, 0)
    return length > 0 && !head.subarray(0, length).includes(0)
  } finally {
    closeSync(descriptor)
  }
}
