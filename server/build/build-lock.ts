import { readFileSync, rmSync, writeFileSync } from 'node:fs'

/** How often a waiting build looks whether it may begin, ms. */
const lookEvery = 250

/** Runs `build` while no other process of this machine builds the same folder; one that died holds nobody up. */
export async function withBuildLock<T>(file: string, build: () => Promise<T>): Promise<T> {
  while (!take(file)) await new Promise((resolve) => setTimeout(resolve, lookEvery))
  try {
    return await build()
  } finally {
    rmSync(file, { force: true })
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch {
    if (!isAlive(holder(file))) rmSync(file, { force: true })
    return false
  }
}

/** The process that builds; 0 where the file can't be read (any more). */
function holder(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8'))
  } catch {
    return 0
  }
}

function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
