'use client'

import { Search, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'

const settleMilliseconds = 200

/** A text filter: what is typed takes effect once the typing rests. */
export function SearchField({
  value,
  label,
  onChange,
}: {
  readonly value: string
  readonly label: string
  readonly onChange: (value: string) => void
}) {
  const [typed, setTyped] = useState(value)
  const settled = useRef(value)
  const latest = useRef(onChange)
  latest.current = onChange
  useEffect(() => {
    // The value came from elsewhere: a link, the back button, "clear filters".
    if (value !== settled.current) setTyped(value)
    settled.current = value
  }, [value])
  useEffect(() => {
    if (typed === settled.current) return
    const timer = setTimeout(() => {
      settled.current = typed
      latest.current(typed)
    }, settleMilliseconds)
    return () => clearTimeout(timer)
  }, [typed])
  return (
    <div className="relative min-w-0 flex-1 max-sm:basis-full sm:max-w-80">
      <Search size={15} aria-hidden="true" className="absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-3" />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={typed}
        maxLength={253}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setTyped('')
        }}
        className="field w-full pr-8 pl-8 placeholder:text-ink-3 [&::-webkit-search-cancel-button]:hidden"
      />
      {typed !== '' && (
        <button
          type="button"
          aria-label="Clear the text"
          className="absolute top-1/2 right-1 grid h-6 w-6 -translate-y-1/2 place-items-center rounded-sm text-ink-3 hover:text-ink"
          onClick={() => setTyped('')}
        >
          <X size={14} aria-hidden="true" />
        </button>
      )}
    </div>
  )
}
