import type { Severity } from '../../domain/health/severity.ts'
import { SeverityGlyph } from '../kube/SeverityGlyph.tsx'
import { Words } from '../kube/Words.tsx'
import { countText, numberText } from '../ui/count-text.ts'
import { Panel } from '../ui/Panel.tsx'
import { ConstraintOutcomes } from './ConstraintOutcomes.tsx'
import type { WhatIfAnswer } from './use-what-if.ts'
import { WorkloadOutcomes } from './WorkloadOutcomes.tsx'
import type { Suppositions } from './what-if-url.ts'

/** What would come of it: the verdict, then workload by workload, budgets, constraints, and what was assumed. */
export function Outcome({ answer, supposed }: { readonly answer: WhatIfAnswer; readonly supposed: Suppositions }) {
  return (
    <div className="flex flex-col gap-3">
      <Verdict answer={answer} supposed={supposed} />
      <WorkloadOutcomes workloads={answer.workloads} />
      <Budgets budgets={answer.budgets} lost={answer.lost.pods} />
      <ConstraintOutcomes constraints={answer.constraints} />
      <Panel title="What is assumed">
        <ul className="list-disc pl-5 text-ink-2 text-sm">
          {!answer.complete && (
            <li className="font-semibold text-ink">
              The cluster is so large that not every pod was placed in thought; those left out are told as such.
            </li>
          )}
          {answer.assumptions.map((assumption) => (
            <li key={assumption}>{assumption}</li>
          ))}
        </ul>
      </Panel>
    </div>
  )
}

interface Sums {
  readonly toZero: number
  readonly placed: number
  readonly unplaced: number
  readonly notSimulated: number
  readonly under: number
  readonly violated: number
}

function sumsOf({ workloads, budgets, constraints }: WhatIfAnswer): Sums {
  return {
    toZero: workloads.filter(({ toZero }) => toZero).length,
    placed: workloads.reduce((sum, { placed }) => sum + placed, 0),
    unplaced: workloads.reduce((sum, { unplaced }) => sum + unplaced, 0),
    notSimulated: workloads.reduce((sum, { notSimulated }) => sum + notSimulated, 0),
    under: budgets?.filter(({ under }) => under).length ?? 0,
    violated: constraints.filter(({ before, after }) => after.violated && !before?.violated).length,
  }
}

function Verdict({ answer, supposed }: { readonly answer: WhatIfAnswer; readonly supposed: Suppositions }) {
  const sums = sumsOf(answer)
  const { lost } = answer
  const severity: Severity =
    sums.toZero + sums.unplaced > 0 ? 'error' : sums.under + sums.violated > 0 ? 'warning' : 'ok'
  return (
    <section
      aria-label="Verdict"
      data-severity={severity}
      className="panel border-l-4 border-l-s-fill px-4 py-4 sm:px-5"
    >
      <h2 className="flex items-start gap-2.5 font-semibold text-xl leading-snug tracking-tight">
        <span className="mt-1">
          <SeverityGlyph severity={severity} size="1.125rem" />
        </span>
        <span>{headline(answer, sums, supposed)}</span>
      </h2>
      <dl className="mt-4 grid grid-cols-[repeat(auto-fill,minmax(6.5rem,1fr))] gap-x-4 gap-y-3">
        {lost.nodes > 0 && <Stat name="Nodes lost" value={lost.nodes} />}
        {lost.pods > 0 && <Stat name="Pods lost" value={lost.pods} />}
        <Stat name="Placed anew" value={sums.placed} />
        <Stat name="Without a place" value={sums.unplaced} severity={sums.unplaced > 0 ? 'error' : null} />
        {lost.notReplaced > 0 && <Stat name="Not replaced" value={lost.notReplaced} />}
        {sums.notSimulated > 0 && <Stat name="Not worked out" value={sums.notSimulated} severity="warning" />}
        {lost.pods > 0 && <Stat name="Left at zero" value={sums.toZero} severity={sums.toZero > 0 ? 'error' : null} />}
        {answer.budgets !== null && lost.pods > 0 && (
          <Stat name="Budgets broken" value={sums.under} severity={sums.under > 0 ? 'warning' : null} />
        )}
        <Stat name="Newly violated" value={sums.violated} severity={sums.violated > 0 ? 'warning' : null} />
      </dl>
    </section>
  )
}

function headline({ lost, workloads }: WhatIfAnswer, sums: Sums, { scale, add, spread }: Suppositions): string {
  const parts: string[] = []
  if (lost.nodes > 0) parts.push(`${countText(lost.nodes, 'node')} with ${countText(lost.pods, 'pod')} would go.`)
  else if (lost.pods > 0) parts.push(`${countText(lost.pods, 'pod')} would go.`)
  else if (sums.placed + sums.unplaced === 0 && workloads.length === 0) {
    return scale.length + add.length + spread.length > 0
      ? 'Nothing would move.'
      : 'Nothing runs there: nothing would be lost.'
  }
  if (sums.toZero > 0) {
    parts.push(`${countText(sums.toZero, 'workload')} would have no ready pod until others have started.`)
  }
  if (sums.unplaced > 0) parts.push(`${countText(sums.unplaced, 'pod')} would find no place.`)
  else if (sums.placed > 0) parts.push(`All ${countText(sums.placed, 'new pod')} would find a place.`)
  if (sums.under > 0) {
    parts.push(
      `${countText(sums.under, 'PodDisruptionBudget')} would have fewer healthy pods than ${sums.under === 1 ? 'it asks' : 'they ask'} for.`,
    )
  }
  return parts.join(' ') || 'All would be well.'
}

function Stat({
  name,
  value,
  severity = null,
}: {
  readonly name: string
  readonly value: number
  readonly severity?: Severity | null
}) {
  return (
    <div data-severity={severity ?? 'none'}>
      <dt className="caption">{name}</dt>
      <dd className={`text-2xl ${severity ? 'font-bold text-s' : 'font-semibold'}`}>{numberText(value)}</dd>
    </div>
  )
}

function Budgets({ budgets, lost }: { readonly budgets: WhatIfAnswer['budgets']; readonly lost: number }) {
  if (budgets === null) {
    return (
      <p className="px-1 text-ink-2 text-sm">PodDisruptionBudgets may not be read: whether any is broken isn’t told.</p>
    )
  }
  if (budgets.length === 0) {
    return lost === 0 ? null : (
      <p className="px-1 text-ink-3 text-sm">No PodDisruptionBudget is about the pods that go.</p>
    )
  }
  return (
    <Panel title="PodDisruptionBudgets" count={budgets.length} bodyClassName="">
      <ul className="divide-y divide-line border-line border-t">
        {budgets.map((budget) => (
          <li
            key={`${budget.namespace}/${budget.name}`}
            data-severity={budget.under ? 'warning' : 'ok'}
            className="flex flex-wrap items-center gap-x-3 px-4 py-2 text-sm"
          >
            <SeverityGlyph severity={budget.under ? 'warning' : 'ok'} size="0.9375rem" />
            <Words text={`${budget.namespace}/${budget.name}`} className="min-w-0 flex-1 font-semibold" />
            <span>
              healthy {budget.healthyBefore} →{' '}
              <strong className={budget.under ? 'text-s' : ''}>{budget.healthyAfter}</strong>
              <span className="text-ink-2">, asks for {budget.desiredHealthy}</span>
            </span>
            <span className={`w-24 text-right ${budget.under ? 'font-semibold text-s' : 'text-ink-3'}`}>
              {budget.under ? 'broken' : 'kept'}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
