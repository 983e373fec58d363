'use client'

import { Activity, FileText, Gauge, History, ListChecks, Zap } from 'lucide-react'
import { useState } from 'react'
import type { Evidence } from '../../domain/health/problem.ts'
import { Words } from '../kube/Words.tsx'
import { Age } from '../live/Age.tsx'
import { numberText } from '../ui/count-text.ts'

const shownAtFirst = 3

const sources = {
  status: { word: 'status', Icon: Activity },
  condition: { word: 'condition', Icon: ListChecks },
  event: { word: 'event', Icon: Zap },
  spec: { word: 'spec', Icon: FileText },
  counter: { word: 'kubelet counter', Icon: Gauge },
  history: { word: 'history', Icon: History },
} as const

/** By what a conclusion is known: Kubernetes' own field or event, its words, when and how often. */
export function EvidenceList({ evidence }: { readonly evidence: readonly Evidence[] }) {
  const [all, setAll] = useState(false)
  // One more line costs no more room than the button for it.
  const shown = all || evidence.length <= shownAtFirst + 1 ? evidence : evidence.slice(0, shownAtFirst)
  return (
    <>
      <ul className="divide-y divide-line border-line border-y text-sm">
        {shown.map((each) => (
          <EvidenceLine key={`${each.path} ${each.text}`} evidence={each} />
        ))}
      </ul>
      {shown.length < evidence.length && (
        <button type="button" className="link mt-1.5 text-sm" onClick={() => setAll(true)}>
          {evidence.length - shown.length} more
        </button>
      )}
    </>
  )
}

function EvidenceLine({ evidence }: { readonly evidence: Evidence }) {
  const { source, path, text, at, count } = evidence
  const { word, Icon } = Object.hasOwn(sources, source) ? sources[source] : { word: source, Icon: FileText }
  return (
    <li className="grid grid-cols-[1rem_minmax(0,1fr)_auto] gap-x-2.5 py-1.5">
      <Icon size={14} aria-hidden="true" className="mt-[3px] text-ink-3" />
      <div className="min-w-0">
        <Words text={text} className="line-clamp-6 whitespace-pre-wrap" />
        <p className="text-2xs text-ink-3">
          {/* Kubernetes' own paths say where they are from. */}
          <span className={source === 'counter' || source === 'history' ? '' : 'sr-only'}>{word} </span>
          <Words text={path} className="font-mono" />
        </p>
      </div>
      <p className="text-right text-ink-2">
        {at !== null && <Age at={at} suffix=" ago" />}
        {count !== null && count > 1 && <span className="block text-ink-3 text-xs">×{numberText(count)}</span>}
      </p>
    </li>
  )
}
