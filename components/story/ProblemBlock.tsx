import type { ReactNode } from 'react'
import type { Problem, ProblemStory, RolloutCause } from '../../domain/health/problem.ts'
import { problemKindWord } from '../kube/problem-words.ts'
import { RoleTag } from '../kube/RoleTag.tsx'
import { isCompanion } from '../kube/role-words.ts'
import { SeverityGlyph } from '../kube/SeverityGlyph.tsx'
import { severityWords } from '../kube/severity-words.ts'
import { Words } from '../kube/Words.tsx'
import { Age } from '../live/Age.tsx'
import { StoryBody } from './StoryBody.tsx'

type Told = Pick<Problem, 'severity' | 'kind' | 'title' | 'detail' | 'since' | 'role'> & ProblemStory

/** One problem told whole, where it is what the reader came for. */
export function ProblemBlock({
  problem,
  containers,
  rollout,
  children,
}: {
  readonly problem: Told
  readonly containers: readonly string[]
  readonly rollout: RolloutCause | null
  readonly children?: ReactNode
}) {
  return (
    <article data-severity={problem.severity} className="border-s-fill border-l-[3px] px-4 py-3.5 sm:px-5">
      <div className="flex gap-x-3">
        <span className="pt-[3px]">
          <SeverityGlyph severity={problem.severity} label={false} size="1.125rem" />
        </span>
        <div className="min-w-0 flex-1">
          <h3 className="font-semibold text-lg leading-snug">
            <Words text={problem.title} />
          </h3>
          <p className="mt-0.5 flex flex-wrap items-center gap-x-2 gap-y-0.5 text-ink-2 text-sm">
            <span className="font-semibold text-s">{severityWords[problem.severity]}</span>
            <span>{problemKindWord(problem.kind)}</span>
            {containers.length > 0 && (
              <span>
                <span className="text-ink-3">{containers.length === 1 ? 'container' : 'containers'}</span>{' '}
                <Words text={containers.join(', ')} />
              </span>
            )}
            {problem.role !== null && <RoleTag role={problem.role} />}
            {isCompanion(problem.role) && <span className="text-ink-3">not the main container</span>}
          </p>
        </div>
        <p className="text-right">
          <span className="block font-semibold text-lg text-s leading-snug">
            <Age at={problem.since} />
          </span>
          <span className="caption">so far</span>
        </p>
      </div>
      <div className="mt-2 flex flex-col gap-3.5 sm:pl-[1.875rem]">
        <StoryBody story={problem} detail={problem.detail} rollout={rollout}>
          {children}
        </StoryBody>
      </div>
    </article>
  )
}
