'use client'

import { type RefObject, useEffect, useState } from 'react'

type Listener = (seen: boolean) => void

const listeners = new WeakMap<Element, Listener>()
let observer: IntersectionObserver | null = null

/** One observer for the whole page. */
function sharedObserver(): IntersectionObserver {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const entry of entries) listeners.get(entry.target)?.(entry.isIntersecting)
    },
    { rootMargin: '64px' },
  )
  return observer
}

/** Whether the element is in the window or near it: what nobody sees needn't tick. */
export function useOnScreen(element: RefObject<Element | null>): boolean {
  const [seen, setSeen] = useState(true)
  useEffect(() => {
    const target = element.current
    if (!target) return
    listeners.set(target, setSeen)
    sharedObserver().observe(target)
    return () => {
      sharedObserver().unobserve(target)
      listeners.delete(target)
    }
  }, [element])
  return seen
}
