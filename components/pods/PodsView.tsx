'use client'

import { useEffect, useMemo, useState } from 'react'
import type { PodsFacets, PodsPage } from '../../domain/live/protocol.ts'
import { useRecord } from '../live/use-record.ts'
import { useRoom } from '../live/use-room.ts'
import { useUrlState } from '../live/use-url-state.ts'
import { countText, numberText } from '../ui/count-text.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { PodsFilters } from './PodsFilters.tsx'
import { PodsTable } from './PodsTable.tsx'
import { isFiltered, podsFilterFromUrl, podsPageRoom } from './pods-url.ts'

/** All pods of the cluster, filtered and sorted by the server, drawn only where they are seen. */
export function PodsView() {
  const { parameters, change } = useUrlState()
  const query = parameters.toString()
  const filter = useMemo(() => podsFilterFromUrl(new URLSearchParams(query)), [query])
  const firstRoom = podsPageRoom(filter, 0)
  const phase = useRoom(firstRoom)
  const page = useRecord<PodsPage>(firstRoom, 'page')
  const facets = useLast(useRecord<PodsFacets>(firstRoom, 'facets'))

  // Until a new filter has its first page, the rows of the last one stay, dimmed, instead of a blank.
  const [shown, setShown] = useState(filter)
  const arrived = phase.phase !== 'loading'
  useEffect(() => {
    if (arrived) setShown(filter)
  }, [arrived, filter])
  const counts = useLast(page)

  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h1 className="font-semibold text-2xl tracking-tight">Pods</h1>
        <p className="text-ink-2" role="status">
          {counts &&
            (counts.matched === counts.total
              ? countText(counts.total, 'pod')
              : `${numberText(counts.matched)} of ${countText(counts.total, 'pod')}`)}
        </p>
      </div>
      <PodsFilters filter={filter} facets={facets} change={change} />
      {phase.phase === 'error' ? (
        <div className="panel" role="alert">
          <EmptyState title="The server doesn’t give out this list">{phase.error}</EmptyState>
        </div>
      ) : counts?.matched === 0 && arrived ? (
        <div className="panel">
          <NoPods filtered={isFiltered(filter)} total={counts.total} clear={() => change(noFilter)} />
        </div>
      ) : (
        <PodsTable filter={shown} pending={shown !== filter} change={change} />
      )}
    </div>
  )
}

const noFilter = { namespace: '', status: '', zone: '', severity: '', text: '' }

function NoPods({
  filtered,
  total,
  clear,
}: {
  readonly filtered: boolean
  readonly total: number
  readonly clear: () => void
}) {
  if (!filtered) {
    return <EmptyState title="No pods in this cluster">What starts will appear here by itself.</EmptyState>
  }
  return (
    <EmptyState title="No pod fits these filters">
      <p>The cluster has {countText(total, 'pod')}.</p>
      <button type="button" className="field mt-3 px-3 font-medium" onClick={clear}>
        Clear the filters
      </button>
    </EmptyState>
  )
}

/** The last value that was there: counts and choices don't vanish while the next ones come. */
function useLast<T>(value: T | undefined): T | undefined {
  const [last, setLast] = useState(value)
  if (value !== undefined && value !== last) setLast(value)
  return value ?? last
}
