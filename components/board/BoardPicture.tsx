'use client'

import { useRouter } from 'next/navigation'
import { type MouseEvent, useRef, useState } from 'react'
import { boardAddress } from '../kube/addresses.ts'
import { severityCountsText } from '../kube/SeverityBar.tsx'
import { useRoom } from '../live/use-room.ts'
import { countText } from '../ui/count-text.ts'
import { BoardTip } from './BoardTip.tsx'
import { notReadyIn, sumCounts } from './board-model.ts'
import { zoneWords } from './place-words.ts'
import { boardRoom, useBoardModel } from './use-board.ts'
import { useBoardPainter } from './use-board-painter.ts'

/** The whole board as a picture that doesn't move: pressing a node opens it on the Board page. */
export function BoardPicture() {
  const phase = useRoom(boardRoom)
  const model = useBoardModel()
  const canvas = useRef<HTMLCanvasElement>(null)
  const painter = useBoardPainter(canvas, model, null)
  const [pointed, setPointed] = useState<{ readonly x: number; readonly y: number } | null>(null)
  const router = useRouter()
  const inside = (event: MouseEvent) => {
    const box = event.currentTarget.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }
  function open(event: MouseEvent) {
    const at = inside(event)
    const place = painter.current?.at(at.x, at.y)
    if (place?.level === 'zone') router.push(boardAddress({ zone: model.zones[place.zone]?.name ?? '' }))
    else if (place && place.level !== 'rack') router.push(boardAddress({ node: model.names[place.node] ?? '' }))
  }
  const words = model.zones.map(
    ({ name, from, to }) =>
      `${zoneWords(name)}: ${countText(to - from, 'node')}, ${notReadyIn(model, from, to)} not ready; pods: ${severityCountsText(sumCounts(model, from, to))}`,
  )
  return (
    <div className="relative h-full overflow-hidden">
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the Board page, to which a link leads, has the keys */}
      <div
        role="img"
        aria-label={phase.phase === 'ready' ? words.join('. ') : 'The board is on its way'}
        className="h-full cursor-pointer"
        onClick={open}
        onMouseMove={(event) => setPointed(inside(event))}
        onMouseLeave={() => setPointed(null)}
      >
        <canvas ref={canvas} className="block h-full w-full rounded-md" />
      </div>
      {phase.phase !== 'ready' && <div aria-hidden="true" className="skeleton absolute inset-0" />}
      {pointed && painter.current && <BoardTip painter={painter.current} at={pointed} />}
    </div>
  )
}
