'use client'

import { useMemo } from 'react'
import type { PlacementGroup } from '../../domain/live/protocol.ts'
import { PlumbMark } from '../kube/PlumbMark.tsx'
import { topologyWord } from '../kube/topology-key.ts'
import { RoomGate } from '../live/RoomGate.tsx'
import { useRecords } from '../live/use-record.ts'
import { useRoom } from '../live/use-room.ts'
import { useUrlState } from '../live/use-url-state.ts'
import { ChoiceFilter } from '../ui/ChoiceFilter.tsx'
import { countText } from '../ui/count-text.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { SearchField } from '../ui/SearchField.tsx'
import { SkeletonRows } from '../ui/Skeleton.tsx'
import { visibleText } from '../ui/visible-text.ts'
import { NodesNote, useNodesForbidden } from './NodesNote.tsx'
import { PlacementTable } from './PlacementTable.tsx'
import { comparePlacement, matchesPlacement, placementFilterFromUrl } from './placement-filter.ts'

const room = 'placement'

/** Every topology spread constraint in use: how the pods lie and whether that is within maxSkew. */
export function SpreadView() {
  const phase = useRoom(room)
  const records = useRecords<PlacementGroup>(room, 'group/')
  const { parameters, change } = useUrlState()
  const query = parameters.toString()
  const filter = useMemo(() => placementFilterFromUrl(new URLSearchParams(query)), [query])
  const groups = useMemo(() => records.map(([, group]) => group).sort(comparePlacement), [records])
  const matching = useMemo(
    () => groups.filter((group) => group.id === filter.group || matchesPlacement(group, filter)),
    [groups, filter],
  )
  const unjudged = useNodesForbidden()
  const violated = groups.filter((group) => group.violated).length
  return (
    <>
      <p role="status" className="text-ink-2 text-sm">
        {phase.phase === 'ready' && (
          <>
            {countText(groups.length, 'spread constraint')},{' '}
            <span className={violated > 0 ? 'font-semibold text-warning' : ''}>
              {unjudged ? 'none can be judged' : violated === 0 ? 'none violated' : `${violated} violated`}
            </span>
          </>
        )}
      </p>
      <NodesNote without="domains can’t be counted and no constraint can be judged." />
      <search className="flex flex-wrap gap-2">
        <SearchField label="Workload or namespace" value={filter.text} onChange={(text) => change({ text })} />
        <ChoiceFilter
          name="Topology key"
          value={filter.key}
          choices={keysOf(groups)}
          onChange={(key) => change({ key })}
        />
        <label className="field flex cursor-pointer items-center gap-2 px-2.5">
          <input
            type="checkbox"
            className="h-4 w-4 accent-(--accent)"
            checked={filter.violated}
            onChange={(event) => change({ violated: event.target.checked ? '1' : '' })}
          />
          Only violated
        </label>
      </search>
      <RoomGate
        phase={phase}
        skeleton={
          <div className="panel p-4">
            <SkeletonRows rows={8} label="Spread constraints are on their way" />
          </div>
        }
      >
        {matching.length > 0 ? (
          <PlacementTable
            groups={matching}
            open={filter.group}
            onOpen={(group) => change({ group: group === filter.group ? '' : group })}
          />
        ) : (
          <div className="panel">
            {groups.length === 0 ? (
              <EmptyState
                title="No topology spread constraint is in use"
                picture={<PlumbMark severity="ok" className="h-24" />}
              >
                No pod in this cluster declares <code className="font-mono">topologySpreadConstraints</code>: nothing
                but the scheduler’s own preference spreads pods over zones and nodes.
              </EmptyState>
            ) : (
              <EmptyState title="No constraint fits these filters">
                <button
                  type="button"
                  className="field mt-2 px-3 font-medium"
                  onClick={() => change({ text: '', key: '', violated: '' })}
                >
                  Clear the filters
                </button>
              </EmptyState>
            )}
          </div>
        )}
      </RoomGate>
    </>
  )
}

function keysOf(groups: readonly PlacementGroup[]) {
  const counts = new Map<string, number>()
  for (const { topologyKey } of groups) counts.set(topologyKey, (counts.get(topologyKey) ?? 0) + 1)
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([value, count]) => {
      const word = topologyWord(value)
      return { value, label: visibleText(word === value ? value : `${word} (${value})`), count }
    })
}
