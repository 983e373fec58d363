import { type RefObject, useEffect, useState } from 'react'

const restMilliseconds = 1_000

/** True while a pointer moves over the element and for a moment after: what lies under it shouldn't jump away. */
export function usePointerOver(element: RefObject<HTMLElement | null>): boolean {
  const [over, setOver] = useState(false)
  useEffect(() => {
    const target = element.current
    if (!target) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const rest = () => {
      clearTimeout(timer)
      setOver(false)
    }
    const move = () => {
      clearTimeout(timer)
      timer = setTimeout(rest, restMilliseconds)
      setOver(true)
    }
    target.addEventListener('pointermove', move)
    target.addEventListener('pointerleave', rest)
    return () => {
      clearTimeout(timer)
      target.removeEventListener('pointermove', move)
      target.removeEventListener('pointerleave', rest)
    }
  }, [element])
  return over
}
