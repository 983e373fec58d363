import type { KeyboardEvent } from 'react'

/** Arrow keys walk from pod to pod within a node; Tab goes from node to node. */
export function moveBetweenCells(event: KeyboardEvent): void {
  const cell = (event.target as Element).closest<HTMLElement>('a.cell')
  const cells = cell?.parentElement?.parentElement?.querySelectorAll<HTMLElement>('a.cell')
  if (!cell || !cells) return
  const step = steps[event.key]
  if (step === undefined) return
  const list = [...cells]
  const index = step === 'first' ? 0 : step === 'last' ? list.length - 1 : Math.max(0, list.indexOf(cell) + step)
  const target = list[Math.min(index, list.length - 1)]
  if (!target) return
  event.preventDefault()
  target.focus()
}

const steps: Readonly<Record<string, number | 'first' | 'last'>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
  Home: 'first',
  End: 'last',
}
