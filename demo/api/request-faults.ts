import type { ApiRequest, Verb } from './api-request.ts'
import { isLaterPage } from './request-log.ts'
import type { Refusal } from './status.ts'

/** Which requests a fault meets; what is absent may be anything. */
export interface FaultFilter {
  readonly verb?: Verb
  readonly plural?: string
  readonly namespace?: string
  /** Of a single object. */
  readonly name?: string
  /** Whether what is asked for lies below an object: `proxy/metrics/probes`. */
  readonly rest?: string
  /** Of lists: the first page, or those that continue. */
  readonly page?: 'first' | 'later'
}

export type RequestFault =
  | { readonly type: 'refuse'; readonly refusal: Refusal }
  /** A body that isn't a Status, as proxies send it. */
  | { readonly type: 'body'; readonly code: number; readonly text: string }
  | { readonly type: 'delay'; readonly ms: number }
  /** No answer, not even headers, until the faults are healed. */
  | { readonly type: 'stall' }
  | { readonly type: 'reset' }
  /** The connection breaks after so many characters of the body. */
  | { readonly type: 'truncate'; readonly characters: number }

interface Rule {
  readonly filter: FaultFilter
  readonly fault: RequestFault
  left: number
}

/** Faults that wait for requests to meet. */
export class RequestFaults {
  #rules: Rule[] = []
  readonly #stalled = new Set<() => void>()

  /** Adds a fault for the next `times` requests that match. Returns a function that takes it back. */
  add(filter: FaultFilter, fault: RequestFault, times: number): () => void {
    const rule: Rule = { filter, fault, left: times }
    this.#rules.push(rule)
    return () => {
      this.#rules = this.#rules.filter((each) => each !== rule)
    }
  }

  /** The faults that this request meets; each is used up by one. */
  take(request: ApiRequest): readonly RequestFault[] {
    const met = this.#rules.filter((rule) => matches(rule.filter, request))
    // One refusal is enough for one request; the rest wait for the next ones.
    const taken: Rule[] = []
    for (const rule of met) {
      if (rule.fault.type === 'delay' || !taken.some(({ fault }) => fault.type !== 'delay')) taken.push(rule)
    }
    for (const rule of taken) rule.left -= 1
    this.#rules = this.#rules.filter((rule) => rule.left > 0)
    return taken.map((rule) => rule.fault)
  }

  /** Waits until the faults are healed. */
  stall(): Promise<void> {
    return new Promise((resolve) => this.#stalled.add(resolve))
  }

  get stalled(): number {
    return this.#stalled.size
  }

  clear(): void {
    this.#rules = []
    for (const release of this.#stalled) release()
    this.#stalled.clear()
  }
}

function matches(filter: FaultFilter, request: ApiRequest): boolean {
  return (
    (filter.verb === undefined || filter.verb === request.verb) &&
    (filter.plural === undefined || filter.plural === request.resource?.plural) &&
    (filter.namespace === undefined || filter.namespace === request.namespace) &&
    (filter.name === undefined || filter.name === request.name) &&
    (filter.rest === undefined || filter.rest === request.rest) &&
    (filter.page === undefined || (filter.page === 'later') === isLaterPage(request.parameters.get('continue')))
  )
}
