'use client'

import { KindNote } from '../live/KindNote.tsx'
import { useStatusPart } from '../live/use-status.ts'

/** Whether nodes may not be read: then nothing that rests on them may look well. */
export function useNodesForbidden(): boolean {
  return (
    useStatusPart(({ kinds }) => kinds.some(({ kind, state }) => kind === 'Node' && state === 'forbidden')) ?? false
  )
}

/** What can't be told since nodes may not be read. While they only can't be heard the page's own notice says so. */
export function NodesNote({ without }: { readonly without: string }) {
  return useNodesForbidden() ? <KindNote kind="Node" without={without} /> : null
}
