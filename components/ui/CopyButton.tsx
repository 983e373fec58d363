'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'

/** Copies `text`. Where the browser gives no clipboard (plain http), it is not drawn: the text can be selected. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
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
      className="field inline-flex items-center gap-1.5 px-2.5"
      onClick={() => navigator.clipboard.writeText(text).then(() => setCopied(true))}
    >
      <Icon size={14} aria-hidden="true" />
      <span aria-live="polite">{copied ? 'Copied' : label}</span>
    </button>
  )
}
