import { type RefObject, useEffect, useRef } from 'react'
import type { BoardPainter } from './board-painter.ts'

/** Further than this a press is a drag, CSS px. */
const dragBegins = 5

/**
 * Wheel, drag and pinch on the board. A press that doesn't move is a choice.
 * @param onPoint where a mouse rests over the board, CSS px in it; null: it has left
 */
export function useBoardGestures(
  area: RefObject<HTMLElement | null>,
  painter: RefObject<BoardPainter | null>,
  handlers: {
    readonly onPoint: (at: { x: number; y: number } | null) => void
    readonly onChoose: (at: { x: number; y: number }, twice: boolean) => void
  },
): void {
  // The latest of them: a drag goes on while data comes in.
  const latest = useRef(handlers)
  latest.current = handlers
  useEffect(() => {
    const element = area.current
    if (!element) return
    const onPoint = (at: { x: number; y: number } | null) => latest.current.onPoint(at)
    const onChoose = (at: { x: number; y: number }, twice: boolean) => latest.current.onChoose(at, twice)
    const pointers = new Map<number, { x: number; y: number }>()
    let moved = 0
    const inside = (event: MouseEvent) => {
      const box = element.getBoundingClientRect()
      return { x: event.clientX - box.left, y: event.clientY - box.top }
    }
    const wheel = (event: WheelEvent) => {
      event.preventDefault()
      onPoint(null)
      // Trackpads scroll in pixels, mice in lines; a pinch on a trackpad comes as a wheel with ctrl.
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1
      if (event.shiftKey && !event.ctrlKey) painter.current?.pan(-(event.deltaX || event.deltaY) * unit, 0)
      else painter.current?.zoom(Math.exp(-event.deltaY * unit * (event.ctrlKey ? 0.01 : 0.0022)), inside(event))
    }
    const down = (event: PointerEvent) => {
      if (event.button !== 0) return
      element.setPointerCapture(event.pointerId)
      pointers.set(event.pointerId, inside(event))
      if (pointers.size === 1) moved = 0
    }
    const move = (event: PointerEvent) => {
      const at = inside(event)
      const last = pointers.get(event.pointerId)
      if (!last) {
        if (event.pointerType === 'mouse') onPoint(at)
        return
      }
      const others = [...pointers].filter(([id]) => id !== event.pointerId)
      pointers.set(event.pointerId, at)
      moved += Math.hypot(at.x - last.x, at.y - last.y)
      if (moved < dragBegins && others.length === 0) return
      onPoint(null)
      const [other] = others
      if (!other) {
        painter.current?.pan(at.x - last.x, at.y - last.y)
        return
      }
      const [, fixed] = other
      const before = Math.hypot(last.x - fixed.x, last.y - fixed.y)
      const after = Math.hypot(at.x - fixed.x, at.y - fixed.y)
      const middle = { x: (at.x + fixed.x) / 2, y: (at.y + fixed.y) / 2 }
      painter.current?.pan((at.x - last.x) / 2, (at.y - last.y) / 2)
      if (before > 0) painter.current?.zoom(after / before, middle)
      moved = Number.POSITIVE_INFINITY
    }
    const up = (event: PointerEvent) => {
      const chosen = pointers.delete(event.pointerId) && pointers.size === 0 && moved < dragBegins
      if (chosen && event.type === 'pointerup') onChoose(inside(event), false)
    }
    const twice = (event: MouseEvent) => onChoose(inside(event), true)
    const leave = () => onPoint(null)
    element.addEventListener('wheel', wheel, { passive: false })
    element.addEventListener('pointerdown', down)
    element.addEventListener('pointermove', move)
    element.addEventListener('pointerup', up)
    element.addEventListener('pointercancel', up)
    element.addEventListener('pointerleave', leave)
    element.addEventListener('dblclick', twice)
    return () => {
      element.removeEventListener('wheel', wheel)
      element.removeEventListener('pointerdown', down)
      element.removeEventListener('pointermove', move)
      element.removeEventListener('pointerup', up)
      element.removeEventListener('pointercancel', up)
      element.removeEventListener('pointerleave', leave)
      element.removeEventListener('dblclick', twice)
    }
  }, [area, painter])
}
