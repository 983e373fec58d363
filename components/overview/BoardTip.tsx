'use client'

import { type RefObject, useEffect, useState } from 'react'

interface Tip {
  readonly text: string
  readonly left: number
  readonly top: number
}

/** Names the cell under the pointer or the focus. One tip for the whole board; readers have the cell's own label. */
export function BoardTip({ board }: { readonly board: RefObject<HTMLElement | null> }) {
  const [tip, setTip] = useState<Tip | null>(null)
  useEffect(() => {
    const element = board.current
    if (!element) return
    const show = (event: Event) => setTip(tipFor((event.target as Element).closest('a.cell, [data-tip]')))
    const hide = () => setTip(null)
    const hideOnEscape = (event: KeyboardEvent) => {
      if (event.key === 'Escape') hide()
    }
    element.addEventListener('pointerover', show)
    element.addEventListener('focusin', show)
    element.addEventListener('pointerleave', hide)
    element.addEventListener('focusout', hide)
    window.addEventListener('scroll', hide, { passive: true })
    window.addEventListener('keydown', hideOnEscape)
    return () => {
      element.removeEventListener('pointerover', show)
      element.removeEventListener('focusin', show)
      element.removeEventListener('pointerleave', hide)
      element.removeEventListener('focusout', hide)
      window.removeEventListener('scroll', hide)
      window.removeEventListener('keydown', hideOnEscape)
    }
  }, [board])
  if (!tip) return null
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none fixed z-50 max-w-80 -translate-x-1/2 -translate-y-full rounded-md bg-ink px-2.5 py-1.5 font-medium text-canvas text-xs shadow-2"
      style={{ left: tip.left, top: tip.top }}
    >
      <bdi>{tip.text}</bdi>
    </div>
  )
}

const margin = 170

function tipFor(cell: Element | null): Tip | null {
  const text = cell?.getAttribute('data-tip') ?? cell?.textContent
  if (!cell || !text) return null
  const box = cell.getBoundingClientRect()
  const middle = box.left + box.width / 2
  return {
    text,
    left: Math.max(Math.min(middle, window.innerWidth - margin), Math.min(margin, window.innerWidth / 2)),
    top: box.top - 6,
  }
}
