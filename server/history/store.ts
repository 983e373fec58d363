import { statSync } from 'node:fs'
import { plumblineDown } from '../../domain/history/gap-facts.ts'
import type { PrismaClient } from '../../prisma/client/client.ts'
import { encodeFacts, type FactBatch } from './fact-batch.ts'
import { HistoryUnavailable } from './history-unavailable.ts'
import { type Lock, lockFile } from './lock.ts'
import type { Migration } from './migrate.ts'
import { checkPath, isSound, openDatabase } from './open-database.ts'
import { quarantine } from './quarantine.ts'
import { HistoryQueries, type QueryName, type QueryParameter } from './queries.ts'
import { Resume, type Resumed } from './resume.ts'
import { type Prune, Retention } from './retention.ts'
import { beginSession, endSession, type Session } from './session.ts'
import { sqliteFailure } from './sqlite-failure.ts'
import { makeBatchSubject, writeBatch } from './write-batch.ts'

export interface StoreOptions {
  readonly file: string
  /** The cluster's own identity: facts of different clusters don't mix. */
  readonly clusterId: string
  /** How long, ms, to wait for another program's lock. */
  readonly busyTimeout: number
  readonly migrations?: readonly Migration[]
  /** The file may have no more pages of 4 KiB than this: as if its disk were that small. */
  readonly mostPages?: number
}

export interface StoreSize {
  readonly bytes: number
  /** Grows where another program reads without an end. */
  readonly walBytes: number
}

interface Open {
  readonly prisma: PrismaClient
  readonly session: Session
  readonly queries: HistoryQueries
  readonly retention: Retention
}

/**
 * The history file: one connection, on which everything is done one after the other. All methods
 * throw HistoryUnavailable where the system refuses. It runs in a thread of its own, see
 * history-thread.ts: SQLite blocks whoever calls it.
 */
export class Store {
  readonly #options: StoreOptions
  #lock: Lock | null = null
  #open: Open | null = null
  #resume: Resume | null = null
  #resumed = false
  /** SQLite came upon damage, whatever a check says. */
  #damaged = false
  #last: Promise<unknown> = Promise.resolve()

  constructor(options: StoreOptions) {
    this.#options = options
  }

  /**
   * Takes the lock and opens the file. May be called again after it failed.
   *
   * @returns the name under which a damaged file was put aside, or null
   */
  open(now: number): Promise<string | null> {
    return this.#inTurn(async () => {
      if (this.#open) return null
      const { file } = this.#options
      checkPath(file)
      this.#lock ??= lockFile(file, now)
      try {
        return await this.#openFile(now)
      } catch (error) {
        this.#lock.release()
        this.#lock = null
        throw error
      }
    })
  }

  /**
   * Reads the whole file for damage; a damaged one is put aside and a new one begun.
   *
   * @returns the name under which it was put aside, or null
   */
  check(now: number): Promise<string | null> {
    return this.#inTurn(async () => {
      if (!this.#damaged && (await isSound(this.#opened.prisma))) return null
      return await this.#replace(now)
    })
  }

  /** Writes all of it or nothing. A batch may be written again. */
  write(batch: FactBatch): Promise<void> {
    return this.#inTurn(async () => {
      const { prisma, session } = this.#opened
      // Until resume has told what the last session missed, this one counts as not alive.
      const known = this.#resumed ? batch : { ...batch, aliveAt: null }
      await transaction(prisma, () => writeBatch(prisma, { cluster: session.cluster, session: session.id }, known))
    })
  }

  beginResume(): Promise<void> {
    return this.#inTurn(async () => {
      const { prisma, session } = this.#opened
      this.#resume = new Resume(prisma, session.cluster)
      await this.#resume.begin()
    })
  }

  /** See Resume.add. */
  addPresent(pods: string, runs: string): Promise<void> {
    return this.#inTurn(async () => this.#resume?.add(pods, runs))
  }

  /** See Resume.finish. The first time of a session, the time since the last one becomes a gap. */
  finishResume(at: number, pods: boolean, violated: string | null): Promise<Resumed> {
    return this.#inTurn(async () => {
      const { prisma, session } = this.#opened
      const resume = this.#resume
      if (!resume) throw new Error('finishResume before beginResume')
      const gaps = this.#resumed || session.knownUntil === null ? [] : [plumblineDown(session.knownUntil, at)]
      const batch = encodeFacts(gaps, at, () => {})
      const resumed = await transaction(prisma, async () => {
        const result = await resume.finish(at, pods, violated)
        await writeBatch(prisma, { cluster: session.cluster, session: session.id }, batch)
        return result
      })
      this.#resume = null
      this.#resumed = true
      return resumed
    })
  }

  /** See Retention.prune. */
  prune(what: Prune): Promise<boolean> {
    return this.#inTurn(async () => {
      const { prisma, retention } = this.#opened
      const more = await transaction(prisma, () => retention.prune(what))
      await retention.giveBack()
      return more
    })
  }

  /** Moves what the -wal file holds into the database and empties it, where nobody reads. */
  checkpoint(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#opened.prisma.$queryRawUnsafe('PRAGMA wal_checkpoint(TRUNCATE)')
    })
  }

  size(): Promise<StoreSize> {
    const { file } = this.#options
    return Promise.resolve({ bytes: sizeOf(file), walBytes: sizeOf(`${file}-wal`) })
  }

  /** Between two writes, so that no half of a batch is seen. The answer's type is in queries.ts. */
  query(name: QueryName, parameter: QueryParameter): Promise<unknown> {
    return this.#inTurn(async () => {
      const { queries } = this.#opened
      const ask: (parameter: never) => Promise<unknown> = queries[name]
      return await ask.call(queries, parameter as never)
    })
  }

  /** `alive`: everything heard has been written. */
  close(now: number, alive: boolean): Promise<void> {
    return this.#inTurn(async () => {
      const open = this.#open
      this.#open = null
      try {
        if (open) {
          await endSession(open.prisma, open.session, now, alive && this.#resumed)
          await open.prisma.$disconnect()
        }
      } finally {
        this.#lock?.release()
        this.#lock = null
      }
    })
  }

  get #opened(): Open {
    if (!this.#open) throw new HistoryUnavailable('io', `${this.#options.file} is not open`)
    return this.#open
  }

  async #openFile(now: number): Promise<string | null> {
    const { clusterId } = this.#options
    const { prisma, script, aside } = await openDatabase({ ...this.#options, now })
    try {
      await prisma.$executeRawUnsafe(makeBatchSubject)
      const { mostPages } = this.#options
      if (mostPages !== undefined) await prisma.$queryRawUnsafe(`PRAGMA max_page_count = ${mostPages}`)
      const session = await beginSession(prisma, clusterId, now)
      this.#open = {
        prisma,
        session,
        queries: new HistoryQueries(prisma, session.cluster),
        retention: new Retention(prisma, script, session),
      }
      this.#resumed = false
      return aside
    } catch (error) {
      await prisma.$disconnect()
      throw error
    }
  }

  /** Puts the file aside and begins a new one. */
  async #replace(now: number): Promise<string> {
    const { file } = this.#options
    const open = this.#open
    this.#open = null
    await open?.prisma.$disconnect()
    const aside = quarantine(file, now)
    this.#damaged = false
    await this.#openFile(now)
    return aside
  }

  /** One after the other: a transaction spans several calls of one connection. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work).catch((error: unknown) => {
      const failure = sqliteFailure(error, this.#options.file)
      if (failure instanceof HistoryUnavailable && failure.reason === 'corrupt') this.#damaged = true
      throw failure
    })
    this.#last = done.catch(() => {})
    return done
  }
}

/** IMMEDIATE: a transaction that begins by reading could not be made to wait for another writer. */
async function transaction<T>(prisma: PrismaClient, work: () => Promise<T>): Promise<T> {
  await prisma.$executeRawUnsafe('BEGIN IMMEDIATE')
  try {
    const result = await work()
    await prisma.$executeRawUnsafe('COMMIT')
    return result
  } catch (error) {
    // SQLite may have rolled back itself, for instance when the disk was full.
    await prisma.$executeRawUnsafe('ROLLBACK').catch(() => {})
    throw error
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}
