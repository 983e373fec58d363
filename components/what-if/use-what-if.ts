import { useEffect, useState } from 'react'
import type { WhatIfChange } from '../../domain/placement/what-if-request.ts'
import type { WhatIfResult } from '../../domain/placement/what-if-result.ts'

export interface WhatIfAnswer extends WhatIfResult {
  /** The cluster as of then, ms; null where it was never heard. */
  readonly observedAt: number | null
}

export interface WhatIfState {
  /** The last answer; it may be one to another question, while `asking`. */
  readonly answer: WhatIfAnswer | null
  /** Why there is no answer to this question, in a sentence; empty where there is one. */
  readonly error: string
  readonly asking: boolean
}

const settleMilliseconds = 120
const againMilliseconds = 1_000
const mostTries = 8

/** Has the server work it out. Asked anew when the question or `sign` is another. */
export function useWhatIf(changes: readonly WhatIfChange[] | null, sign: number): WhatIfState {
  const question = changes === null ? '' : JSON.stringify({ changes })
  const [state, setState] = useState<WhatIfState>({ answer: null, error: '', asking: false })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sign is there to ask again
  useEffect(() => {
    if (question === '') {
      setState({ answer: null, error: '', asking: false })
      return
    }
    const abort = new AbortController()
    setState((last) => ({ ...last, asking: true }))
    const timer = setTimeout(() => {
      ask(question, abort.signal)
        .then((found) => {
          if (!abort.signal.aborted) setState({ ...found, asking: false })
        })
        .catch(() => {})
    }, settleMilliseconds)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [question, sign])
  return state
}

async function ask(question: string, signal: AbortSignal): Promise<Omit<WhatIfState, 'asking'>> {
  for (let tries = 1; ; tries += 1) {
    let response: Response
    try {
      response = await fetch('/api/v1/placement/what-if', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: question,
        signal,
      })
    } catch (fault) {
      if (signal.aborted) throw fault
      return { answer: null, error: 'The server didn’t answer. Ask again when it is there.' }
    }
    if (response.status === 429 && tries < mostTries) {
      await new Promise((resolve) => setTimeout(resolve, againMilliseconds))
      if (signal.aborted) throw new Error('not asked any more')
      continue
    }
    const body: unknown = await response.json().catch(() => null)
    if (response.ok && isAnswer(body)) return { answer: body, error: '' }
    const message = typeof body === 'object' && body !== null && 'error' in body ? String(body.error) : ''
    return { answer: null, error: message || `The server answered with ${response.status}.` }
  }
}

/** The server is our own; what stands between may not be. */
function isAnswer(body: unknown): body is WhatIfAnswer {
  return (
    typeof body === 'object' &&
    body !== null &&
    'lost' in body &&
    'workloads' in body &&
    Array.isArray(body.workloads) &&
    'constraints' in body &&
    Array.isArray(body.constraints) &&
    'assumptions' in body &&
    Array.isArray(body.assumptions)
  )
}
