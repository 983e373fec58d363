'use client'

import { useEffect, useState } from 'react'

/** How long a workload's earlier pods took for one init container. Spans in ms. */
export interface InitUsual {
  readonly container: string
  readonly runs: number
  readonly median: number
  readonly p90: number
}

const none: ReadonlyMap<string, InitUsual> = new Map()

/** What history knows of the workload's init containers, by container; empty where it knows nothing. */
export function useInitUsual(
  namespace: string,
  workload: { readonly kind: string; readonly name: string } | null,
  uid: string,
): ReadonlyMap<string, InitUsual> {
  const [usual, setUsual] = useState(none)
  const { kind = '', name = '' } = workload ?? {}
  useEffect(() => {
    if (name === '') return
    const abort = new AbortController()
    // Of the same workload's other pods: this one's own steps are what is compared.
    const query = new URLSearchParams({ namespace, kind, name, except: uid })
    fetch(`/api/v1/history/init-steps?${query}`, { signal: abort.signal })
      .then(async (response) => {
        if (response.ok) setUsual(readInitUsual(await response.json()))
      })
      .catch(() => {})
    return () => abort.abort()
  }, [namespace, kind, name, uid])
  return usual
}

/** Reads the answer; what makes no sense in it is left out. */
export function readInitUsual(answer: unknown): ReadonlyMap<string, InitUsual> {
  const steps = isEntry(answer) ? answer.steps : undefined
  if (!Array.isArray(steps)) return none
  return new Map(
    steps.filter(isEntry).flatMap((step): [string, InitUsual][] => {
      const { container, runs, medianMs, p90Ms } = step
      if (typeof container !== 'string' || typeof runs !== 'number' || runs < 1) return []
      if (typeof medianMs !== 'number' || typeof p90Ms !== 'number') return []
      return [[container, { container, runs, median: medianMs, p90: p90Ms }]]
    }),
  )
}

function isEntry(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
