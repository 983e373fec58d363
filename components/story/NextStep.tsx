'use client'

import { Timer } from 'lucide-react'
import type { ProblemStory } from '../../domain/health/problem.ts'
import { Words } from '../kube/Words.tsx'
import { Countdown } from '../live/Countdown.tsx'

/** What Kubernetes does next, and how long that is from now. */
export function NextStep({ next }: { readonly next: NonNullable<ProblemStory['next']> }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-0.5 rounded-md bg-accent-soft px-3 py-2">
      <Timer size={16} aria-hidden="true" className="shrink-0 text-accent" />
      <p className="min-w-0 flex-1 basis-52">
        <span className="sr-only">What Kubernetes does next: </span>
        <Words text={next.text} />
      </p>
      {next.at !== null && <Countdown at={next.at} className="ml-auto font-semibold text-accent text-lg" />}
    </div>
  )
}
