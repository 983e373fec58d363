'use client'

import { useMemo } from 'react'
import type { Problem } from '../../domain/health/problem.ts'
import { severities } from '../../domain/health/severity.ts'
import { problemKindWord } from '../kube/problem-words.ts'
import { severityWords } from '../kube/severity-words.ts'
import { type Choice, ChoiceFilter } from '../ui/ChoiceFilter.tsx'
import { SearchField } from '../ui/SearchField.tsx'
import { visibleText } from '../ui/visible-text.ts'
import type { ProblemFilter } from './problem-filter.ts'

/** Filters of the problems, with counts over all of them. */
export function ProblemFilters({
  filter,
  problems,
  change,
}: {
  readonly filter: ProblemFilter
  readonly problems: readonly Problem[]
  readonly change: (changes: Readonly<Record<string, string>>) => void
}) {
  const kinds = useMemo(() => count(problems, (problem) => problem.kind, problemKindWord), [problems])
  const namespaces = useMemo(() => count(problems, (problem) => problem.subject.namespace, visibleText), [problems])
  const bySeverity = useMemo(() => count(problems, (problem) => problem.severity, String), [problems])
  const severityChoices = severities
    .filter((severity) => severity === 'error' || severity === 'warning')
    .map((value) => ({
      value,
      label: severityWords[value],
      count: bySeverity.find((choice) => choice.value === value)?.count ?? 0,
    }))
  return (
    <search className="flex flex-wrap gap-2">
      <SearchField label="Text in problems" value={filter.text} onChange={(text) => change({ text })} />
      <ChoiceFilter
        name="Severity"
        value={filter.severity}
        choices={severityChoices}
        onChange={(severity) => change({ severity })}
      />
      <ChoiceFilter name="Kind" value={filter.kind} choices={kinds} onChange={(kind) => change({ kind })} />
      <ChoiceFilter
        name="Namespace"
        value={filter.namespace}
        choices={namespaces}
        onChange={(namespace) => change({ namespace })}
      />
      <label className="field flex cursor-pointer items-center gap-2 px-2.5 sm:ml-auto">
        <input
          type="checkbox"
          className="h-4 w-4 accent-(--accent)"
          checked={!filter.each}
          onChange={(event) => change({ each: event.target.checked ? '' : '1' })}
        />
        One line a workload
      </label>
    </search>
  )
}

function count(
  problems: readonly Problem[],
  key: (problem: Problem) => string,
  label: (value: string) => string,
): readonly Choice[] {
  const counts = new Map<string, number>()
  for (const problem of problems) {
    const value = key(problem)
    if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return [...counts]
    .map(([value, count]) => ({ value, label: label(value), count }))
    .sort((a, b) => (a.label < b.label ? -1 : 1))
}
