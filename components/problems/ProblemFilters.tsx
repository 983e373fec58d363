'use client'

import { useMemo } from 'react'
import type { ProblemGroup } from '../../domain/health/problem.ts'
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
  groups,
  change,
}: {
  readonly filter: ProblemFilter
  readonly groups: readonly ProblemGroup[]
  readonly change: (changes: Readonly<Record<string, string>>) => void
}) {
  const kinds = useMemo(() => count(groups, (group) => group.kind, problemKindWord), [groups])
  const namespaces = useMemo(() => count(groups, (group) => group.namespace, visibleText), [groups])
  const bySeverity = useMemo(() => count(groups, (group) => group.severity, String), [groups])
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
    </search>
  )
}

function count(
  groups: readonly ProblemGroup[],
  key: (group: ProblemGroup) => string,
  label: (value: string) => string,
): readonly Choice[] {
  const counts = new Map<string, number>()
  for (const group of groups) {
    const value = key(group)
    if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return [...counts]
    .map(([value, count]) => ({ value, label: label(value), count }))
    .sort((a, b) => (a.label < b.label ? -1 : 1))
}
