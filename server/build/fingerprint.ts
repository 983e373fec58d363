import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** A digest of files' names and contents (folders with all that is in them): the same for the same sources anywhere. */
export function fingerprint(root: string, paths: readonly string[]): string {
  const hash = createHash('sha256')
  for (const path of paths) {
    const full = join(root, path)
    if (!existsSync(full)) continue
    const files = statSync(full).isDirectory()
      ? readdirSync(full, { recursive: true, encoding: 'utf8' })
          .sort()
          .map((file) => join(path, file))
      : [path]
    for (const file of files) {
      if (!statSync(join(root, file)).isFile()) continue
      hash
        .update(file.replaceAll('\\', '/'))
        .update('\0')
        .update(readFileSync(join(root, file)))
    }
  }
  return hash.digest('hex')
}
