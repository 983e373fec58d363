'use client'

import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react'
import { BoardTip } from './BoardTip.tsx'
import type { BoardModel } from './board-model.ts'
import { type BoardPlace, inside, neighbour, outside } from './board-places.ts'
import { placeWords } from './place-words.ts'
import { useBoardGestures } from './use-board-gestures.ts'
import { useBoardPainter } from './use-board-painter.ts'
import { useNodeDetail } from './use-node-detail.ts'
import { ZoomButtons } from './ZoomButtons.tsx'

const arrows = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' } as const

/**
 * Zones, nodes and every pod as a cell, to be moved and zoomed. By keyboard a mark walks over it: the
 * arrows go to neighbours, Enter goes into what is marked (and opens a pod), Escape out of it.
 */
export function BoardCanvas({
  model,
  picked,
  place,
  onPlace,
  onOpenPod,
}: {
  readonly model: BoardModel
  readonly picked: ((node: number) => string | undefined) | null
  /** What is chosen. */
  readonly place: BoardPlace | null
  readonly onPlace: (place: BoardPlace | null) => void
  readonly onOpenPod: (namespace: string, name: string) => void
}) {
  const area = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const painter = useBoardPainter(canvas, model, picked)
  const [focused, setFocused] = useState(false)
  const [pointed, setPointed] = useState<{ readonly x: number; readonly y: number } | null>(null)
  const detail = useNodeDetail(
    place && (place.level === 'node' || place.level === 'pod') ? model.names[place.node] : undefined,
  )
  useEffect(() => painter.current?.mark(place, focused), [painter, place, focused])
  const first = useRef(true)
  useEffect(() => {
    // A link to a node shows the node.
    if (first.current && place) painter.current?.goTo(place)
    first.current = false
  }, [painter, place])

  const open = useCallback(
    (what: BoardPlace) => {
      const pod = what.level === 'pod' && detail?.name === model.names[what.node] ? detail?.pods[what.pod] : undefined
      if (pod) onOpenPod(pod.namespace, pod.name)
    },
    [detail, model, onOpenPod],
  )
  const onChoose = useCallback(
    (at: { x: number; y: number }, twice: boolean) => {
      const found = painter.current?.at(at.x, at.y) ?? null
      if (!twice) {
        // Cells too small to be aimed at stand for their node.
        const coarse = found?.level === 'pod' && (painter.current?.scale ?? 0) < 7
        onPlace(coarse ? { level: 'node', node: found.node } : found)
        return
      }
      if (found?.level === 'pod' && (painter.current?.scale ?? 0) >= 7) open(found)
      else if (found) painter.current?.goTo(found)
    },
    [painter, onPlace, open],
  )
  useBoardGestures(area, painter, { onPoint: setPointed, onChoose })

  function onKeyDown(event: KeyboardEvent) {
    const { layout } = painter.current ?? {}
    if (!layout || event.ctrlKey || event.metaKey || event.altKey) return
    const here = place ?? ({ level: 'zone', zone: 0 } as const)
    const go = (next: BoardPlace) => {
      onPlace(next)
      painter.current?.keepInSight(next)
    }
    const direction = Object.hasOwn(arrows, event.key) ? arrows[event.key as keyof typeof arrows] : undefined
    if (direction) go(place ? neighbour(here, direction, model, layout) : here)
    else if (event.key === '+' || event.key === '=') painter.current?.zoom(1.5, middleOf(painter.current.boxOf(here)))
    else if (event.key === '-') painter.current?.zoom(1 / 1.5, middleOf(painter.current.boxOf(here)))
    else if (event.key === '0') painter.current?.fit()
    else if (event.key === 'Enter') {
      const within = inside(here, model, layout)
      if (here.level === 'pod') open(here)
      else if (within) {
        onPlace(within)
        painter.current?.goTo(within)
      }
    } else if (event.key === 'Escape' && place) {
      const around = outside(place, model, layout)
      onPlace(around)
      if (around) painter.current?.goTo(around)
      else painter.current?.fit()
    } else return
    event.preventDefault()
  }

  const { layout } = painter.current ?? {}
  const words = focused && place && layout ? placeWords(place, model, layout, detail).join(', ') : ''
  return (
    <div className="relative h-full min-h-0 w-full overflow-hidden">
      <div
        ref={area}
        role="application"
        aria-label="Board of zones, nodes and pods"
        aria-describedby="board-keys"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application hears keys itself
        tabIndex={0}
        onKeyDown={onKeyDown}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        className="h-full w-full cursor-grab touch-none select-none rounded-lg outline-offset-[-2px] active:cursor-grabbing"
      >
        <canvas ref={canvas} className="block h-full w-full rounded-lg" />
      </div>
      <p role="status" className="sr-only">
        {words}
      </p>
      <p id="board-keys" className="sr-only">
        Arrow keys go to neighbours, Enter goes in and opens a pod, Escape goes out, plus and minus zoom, zero shows
        all. The table has the same.
      </p>
      <ZoomButtons painter={painter} />
      {pointed && painter.current && <BoardTip painter={painter.current} at={pointed} />}
    </div>
  )
}

function middleOf(box: { x: number; y: number; width: number; height: number } | null) {
  return box ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : undefined
}
