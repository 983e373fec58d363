'use client'

import { useEffect, useState } from 'react'
import type { BoardPainter } from './board-painter.ts'
import { placeWords } from './place-words.ts'
import { useNodeDetail } from './use-node-detail.ts'

/** A pointer that only passes over asks the server nothing. */
const restMilliseconds = 90
const tipWidth = 280

/** Names what is under the pointer; who a pod is comes from the server a moment later. */
export function BoardTip({
  painter,
  at,
}: {
  readonly painter: BoardPainter
  readonly at: { readonly x: number; readonly y: number }
}) {
  const place = painter.at(at.x, at.y)
  const { model, layout } = painter
  const node = place && (place.level === 'pod' || place.level === 'node') ? model?.names[place.node] : undefined
  const [asked, setAsked] = useState<string | undefined>(undefined)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(node), restMilliseconds)
    return () => clearTimeout(timer)
  }, [node])
  const detail = useNodeDetail(asked)
  if (!place || !model || !layout || place.level === 'zone') return null
  const [title, more] = placeWords(place, model, layout, detail)
  const box = painter.boxOf(place)
  const low = at.y < 90
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute z-10 w-max rounded-md bg-ink px-2.5 py-1.5 text-canvas text-xs shadow-2"
      style={{
        maxWidth: tipWidth,
        left: Math.max(4, at.x - tipWidth / 2),
        ...(low
          ? { top: (box ? box.y + box.height : at.y) + 10 }
          : { top: (box?.y ?? at.y) - 8, transform: 'translateY(-100%)' }),
      }}
    >
      <bdi className="block font-semibold">{title}</bdi>
      <bdi className="block opacity-85">{more}</bdi>
    </div>
  )
}
