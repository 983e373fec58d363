import { compareProblemGroups } from '../../domain/health/problem-order.ts'
import type { PodDetail } from '../../domain/live/protocol.ts'
import { ProblemBlock } from '../story/ProblemBlock.tsx'
import { Panel } from '../ui/Panel.tsx'

/** What is wrong with the pod, the worst first, each told whole. */
export function PodProblems({ pod: { problems, rollout } }: { readonly pod: PodDetail }) {
  if (problems.length === 0) return null
  return (
    <Panel
      title="What is wrong"
      count={problems.length > 1 ? problems.length : undefined}
      className="overflow-hidden"
      bodyClassName=""
    >
      <ul className="divide-y divide-line border-line border-t">
        {[...problems].sort(compareProblemGroups).map((problem, index) => (
          <li key={problem.id}>
            <ProblemBlock
              problem={problem}
              containers={problem.container === null ? [] : [problem.container]}
              rollout={index === 0 ? rollout : null}
            />
          </li>
        ))}
      </ul>
    </Panel>
  )
}
