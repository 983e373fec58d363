import type { Verb } from './api-request.ts'

/** One request as the server saw it. */
export interface LoggedRequest {
  readonly verb: Verb
  /** Empty for discovery. */
  readonly plural: string
  readonly namespace: string
  readonly name: string
  readonly path: string
  readonly parameters: Readonly<Record<string, string | undefined>>
  readonly user: string
  readonly userAgent: string
  /** Wall clock at its arrival, ms since the Unix epoch. */
  readonly at: number
  /** HTTP status; 0 until it is answered, or where the connection was cut before. */
  status: number
}

export interface RequestFilter {
  readonly verb?: Verb
  readonly plural?: string
  /** Of lists: the first page only, or only those that continue. */
  readonly page?: 'first' | 'later'
  readonly since?: number
  readonly status?: number
}

const mostKept = 20_000

/** What clients have asked, for tests of the API budget. */
export class RequestLog {
  #entries: LoggedRequest[] = []
  /** All requests ever, also those that are no longer kept. */
  total = 0

  get entries(): readonly LoggedRequest[] {
    return this.#entries
  }

  add(entry: LoggedRequest): void {
    this.total += 1
    this.#entries.push(entry)
    if (this.#entries.length > mostKept * 1.5) this.#entries = this.#entries.slice(-mostKept)
  }

  find(filter: RequestFilter): LoggedRequest[] {
    return this.#entries.filter(
      (entry) =>
        (filter.verb === undefined || entry.verb === filter.verb) &&
        (filter.plural === undefined || entry.plural === filter.plural) &&
        (filter.page === undefined || (filter.page === 'later') === isLaterPage(entry.parameters.continue)) &&
        (filter.since === undefined || entry.at >= filter.since) &&
        (filter.status === undefined || entry.status === filter.status),
    )
  }

  count(filter: RequestFilter): number {
    return this.find(filter).length
  }

  clear(): void {
    this.#entries = []
    this.total = 0
  }
}

export function isLaterPage(continuation: string | null | undefined): boolean {
  return continuation !== undefined && continuation !== null && continuation !== ''
}
