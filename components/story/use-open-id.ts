'use client'

import { useCallback } from 'react'
import { useUrlState } from '../live/use-url-state.ts'

/** Which item of a list is unfolded, kept in the page's address under `parameter`; empty: none. */
export function useOpenId(parameter: string): { readonly open: string; readonly toggle: (id: string) => void } {
  const { parameters, change } = useUrlState()
  const open = parameters.get(parameter) ?? ''
  const toggle = useCallback(
    (id: string) => {
      // Read from the address itself, so that the function stays the same and rows needn't be drawn again.
      const present = new URLSearchParams(window.location.search).get(parameter)
      change({ [parameter]: id === present ? '' : id })
    },
    [change, parameter],
  )
  return { open, toggle }
}
