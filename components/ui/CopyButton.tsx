'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'

/** Copies `text`. Where the browser gives no clipboard (plain http), it is not drawn: the text can be selected. */
export function CopyButton({
  text,
  label,
  compact = false,
}: {
  readonly text: string
  readonly label: string
  /** Only the icon; the label is for screen readers and the pointer. */
  readonly compact?: boolean
}) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2_000)
    return () => clearTimeout(timer)
  }, [copied])
  if (typeof navigator === 'undefined' || !navigator.clipboard) return null
  const Icon = copied ? Check : Copy
  return (
    <button
      type="button"
      title={compact ? label : undefined}
      className={
        compact
          ? 'grid h-7 w-7 shrink-0 place-items-center rounded-sm text-ink-3 hover:bg-surface hover:text-ink'
          : 'field inline-flex items-center gap-1.5 px-2.5'
      }
      onClick={() => navigator.clipboard.writeText(text).then(() => setCopied(true))}
    >
      <Icon size={14} aria-hidden="true" className={copied ? 'text-ok' : ''} />
      <span aria-live="polite" className={compact ? 'sr-only' : ''}>
        {copied ? 'Copied' : label}
      </span>
    </button>
  )
}
