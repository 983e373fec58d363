'use client'

import { Maximize, Minus, Plus } from 'lucide-react'
import type { RefObject } from 'react'
import type { BoardPainter } from './board-painter.ts'

/** Zooming for who has neither wheel nor keys. */
export function ZoomButtons({ painter }: { readonly painter: RefObject<BoardPainter | null> }) {
  const look = 'grid h-9 w-9 place-items-center text-ink-2 hover:bg-sunken hover:text-ink'
  return (
    <fieldset className="absolute right-2 bottom-2 flex flex-col overflow-hidden rounded-md border border-line-strong bg-raised shadow-1">
      <legend className="sr-only">Zoom</legend>
      <button type="button" aria-label="Zoom in" className={look} onClick={() => painter.current?.zoom(1.6)}>
        <Plus size={16} aria-hidden="true" />
      </button>
      <button type="button" aria-label="Zoom out" className={look} onClick={() => painter.current?.zoom(1 / 1.6)}>
        <Minus size={16} aria-hidden="true" />
      </button>
      <button type="button" aria-label="Show all" className={look} onClick={() => painter.current?.fit()}>
        <Maximize size={15} aria-hidden="true" />
      </button>
    </fieldset>
  )
}
