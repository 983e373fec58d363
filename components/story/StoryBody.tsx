import { ExternalLink } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ProblemStory, RolloutCause } from '../../domain/health/problem.ts'
import { Words } from '../kube/Words.tsx'
import { AdviceList } from './AdviceList.tsx'
import { EvidenceList } from './EvidenceList.tsx'
import { NextStep } from './NextStep.tsx'
import { RolloutLine } from './RolloutLine.tsx'

/**
 * The whole story of a problem: what comes next, how it is known, what can be done, what began it.
 * Two columns where there is room for them, whatever the width of the window.
 */
export function StoryBody({
  story,
  detail = '',
  rollout,
  children,
}: {
  readonly story: ProblemStory
  /** The facts in a sentence, where they don't stand above already. */
  readonly detail?: string
  readonly rollout: RolloutCause | null
  /** What else belongs to it, above the evidence. */
  readonly children?: ReactNode
}) {
  const { next, evidence, advice, docs } = story
  return (
    <div className="@container flex flex-col gap-3.5">
      {next !== null && <NextStep next={next} />}
      {detail !== '' && <Words text={detail} className="line-clamp-6 whitespace-pre-wrap text-ink-2" />}
      {rollout !== null && <RolloutLine rollout={rollout} />}
      {children}
      <div className="grid gap-x-7 gap-y-3.5 @2xl:grid-cols-2">
        {evidence.length > 0 && (
          <StoryPart title="How it is known">
            <EvidenceList evidence={evidence} />
          </StoryPart>
        )}
        {(advice.length > 0 || docs !== '') && (
          <StoryPart title="What you can do">
            {advice.length > 0 && <AdviceList advice={advice} />}
            {docs !== '' && (
              <a
                href={docs}
                target="_blank"
                rel="noreferrer"
                className={`link inline-flex items-center gap-1.5 text-sm ${advice.length > 0 ? 'mt-2.5' : ''}`}
              >
                How Kubernetes handles this
                <ExternalLink size={13} aria-hidden="true" className="text-ink-3" />
                <span className="sr-only">(kubernetes.io, opens a new tab)</span>
              </a>
            )}
          </StoryPart>
        )}
      </div>
    </div>
  )
}

export function StoryPart({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="min-w-0">
      <p className="caption mb-1.5">{title}</p>
      {children}
    </div>
  )
}
