'use client'

import { useMemo } from 'react'
import { severities } from '../../domain/health/severity.ts'
import type { PodsFacets } from '../../domain/live/protocol.ts'
import { severityWords } from '../kube/severity-words.ts'
import { type Choice, ChoiceFilter } from '../ui/ChoiceFilter.tsx'
import { SearchField } from '../ui/SearchField.tsx'
import { visibleText } from '../ui/visible-text.ts'
import { orders } from './columns.ts'
import type { PodsFilter } from './pods-url.ts'

const severityChoices: readonly Choice[] = severities.map((value) => ({ value, label: severityWords[value] }))

/** Filters and order of the pods table. Each is a parameter of the page's address. */
export function PodsFilters({
  filter,
  facets,
  change,
}: {
  readonly filter: PodsFilter
  readonly facets: PodsFacets | undefined
  readonly change: (changes: Readonly<Record<string, string>>) => void
}) {
  const namespaces = useMemo(() => choicesOf(facets?.namespaces), [facets])
  const statuses = useMemo(() => choicesOf(facets?.statuses), [facets])
  const zones = useMemo(() => choicesOf(facets?.zones), [facets])
  return (
    <search className="flex flex-wrap gap-2">
      <SearchField label="Name, node, status or workload" value={filter.text} onChange={(text) => change({ text })} />
      <ChoiceFilter
        name="Health"
        value={filter.severity}
        choices={severityChoices}
        onChange={(severity) => change({ severity })}
      />
      <ChoiceFilter name="Status" value={filter.status} choices={statuses} onChange={(status) => change({ status })} />
      <ChoiceFilter
        name="Namespace"
        value={filter.namespace}
        choices={namespaces}
        onChange={(namespace) => change({ namespace })}
      />
      <ChoiceFilter name="Zone" value={filter.zone} choices={zones} onChange={(zone) => change({ zone })} />
      <label className="field flex items-center gap-1.5 pl-2.5 sm:ml-auto">
        <span className="text-ink-2">Sort</span>
        <select
          value={`${filter.sort}.${filter.direction}`}
          onChange={(event) => {
            const [sort = '', direction = ''] = event.target.value.split('.')
            change({ sort, direction: direction === 'asc' ? '' : direction })
          }}
          className="h-full rounded-md bg-transparent pr-1 font-medium"
        >
          {ordersWith(filter).map((order) => (
            <option key={order.value} value={order.value} className="bg-raised">
              {order.label}
            </option>
          ))}
        </select>
      </label>
    </search>
  )
}

/** Pods without a zone are counted under an empty name; the filter's word for them is "-". */
function choicesOf(counts: readonly (readonly [string, number])[] | undefined): readonly Choice[] {
  return (counts ?? []).map(([value, count]) =>
    value === '' ? { value: '-', label: 'none', count } : { value, label: visibleText(value), count },
  )
}

/** The menu's orders, and the present one where only a column head gives it. */
function ordersWith(filter: PodsFilter): typeof orders {
  const value = `${filter.sort}.${filter.direction}`
  if (orders.some((order) => order.value === value)) return orders
  const name = filter.sort.charAt(0).toUpperCase() + filter.sort.slice(1)
  return [...orders, { value, label: `${name}, ${filter.direction === 'asc' ? 'rising' : 'falling'}` }]
}
