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
    // This pod's own steps are what is compared with the others'.
    const query = new URLSearchParams({ namespace, kind, workload: name, except: uid })
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
  const items = isEntry(answer) ? answer.items : undefined
  if (!Array.isArray(items)) return none
  return new Map(
    items.filter(isEntry).flatMap((item): [string, InitUsual][] => {
      const { container, count, median, p90 } = item
      if (typeof container !== 'string' || typeof count !== 'number' || count < 1) return []
      if (typeof median !== 'number' || typeof p90 !== 'number') return []
      return [[container, { container, runs: count, median, p90 }]]
    }),
  )
}

function isEntry(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
