import { type RefObject, useEffect, useRef } from 'react'
import type { BoardModel } from './board-model.ts'
import { BoardPainter } from './board-painter.ts'
import { boardPalette } from './board-palette.ts'

/** A painter for the canvas, kept in step with the data, the canvas' size and the page's theme. */
export function useBoardPainter(
  canvas: RefObject<HTMLCanvasElement | null>,
  model: BoardModel,
  picked: ((node: number) => string | undefined) | null,
): RefObject<BoardPainter | null> {
  const painter = useRef<BoardPainter | null>(null)
  useEffect(() => {
    const element = canvas.current
    if (!element) return
    const made = new BoardPainter(element, themePalette())
    painter.current = made
    const size = new ResizeObserver(() => {
      made.resize(element.clientWidth, element.clientHeight, window.devicePixelRatio || 1)
    })
    size.observe(element)
    const theme = new MutationObserver(() => made.paint(themePalette()))
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    return () => {
      size.disconnect()
      theme.disconnect()
      made.stop()
      painter.current = null
    }
  }, [canvas])
  useEffect(() => painter.current?.show(model, picked), [model, picked])
  return painter
}

function themePalette() {
  const style = getComputedStyle(document.documentElement)
  return boardPalette((variable) => style.getPropertyValue(variable))
}
