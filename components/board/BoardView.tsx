'use client'

import { useRouter } from 'next/navigation'
import { useCallback, useMemo } from 'react'
import { severities } from '../../domain/health/severity.ts'
import type { BoardMatchSummary } from '../../domain/live/protocol.ts'
import { podAddress } from '../kube/addresses.ts'
import { severityWords } from '../kube/severity-words.ts'
import { RoomGate } from '../live/RoomGate.tsx'
import { useRecord } from '../live/use-record.ts'
import { useRoom, useRooms } from '../live/use-room.ts'
import { useUrlState } from '../live/use-url-state.ts'
import { NodesNote } from '../placement/NodesNote.tsx'
import { PlacementTabs } from '../placement/PlacementTabs.tsx'
import { ChoiceFilter } from '../ui/ChoiceFilter.tsx'
import { countText } from '../ui/count-text.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { SearchField } from '../ui/SearchField.tsx'
import { Segments } from '../ui/Segments.tsx'
import { BoardCanvas } from './BoardCanvas.tsx'
import { BoardInspector } from './BoardInspector.tsx'
import { BoardTable } from './BoardTable.tsx'
import { type BoardState, boardStateFromUrl, matchRoom } from './board-url.ts'
import { boardRoom, useBoardModel, usePicked } from './use-board.ts'
import { useBoardPlace } from './use-board-place.ts'

/** Every zone, node and pod of the cluster on one picture, and the same as a table. */
export function BoardView() {
  const phase = useRoom(boardRoom)
  const { parameters, change } = useUrlState()
  const query = parameters.toString()
  const state = useMemo(() => boardStateFromUrl(new URLSearchParams(query)), [query])
  return (
    <div className="flex flex-col gap-3">
      <h1 className="font-semibold text-2xl tracking-tight">Board</h1>
      <PlacementTabs here="board" />
      <BoardFilters state={state} onChange={change} />
      <NodesNote without="zones, and whether nodes are ready, can’t be told; nodes are those that pods name." />
      <RoomGate
        phase={phase}
        skeleton={
          <div role="status" className="panel grid h-[60dvh] place-items-center">
            <span className="skeleton px-6 py-2 text-ink-2">The board is on its way</span>
          </div>
        }
      >
        <Board state={state} />
      </RoomGate>
    </div>
  )
}

function Board({ state }: { readonly state: BoardState }) {
  const model = useBoardModel()
  const room = matchRoom(state)
  useRooms(room === null ? [] : [room])
  const match = usePicked(room ?? 'board-match', model)
  const router = useRouter()
  const [place, choose] = useBoardPlace(state, model)
  const openPod = useCallback((namespace: string, name: string) => router.push(podAddress(namespace, name)), [router])
  if (model.names.length === 0) {
    return (
      <div className="panel">
        <EmptyState title="No nodes to show">The cluster has none, or Plumbline may not read them.</EmptyState>
      </div>
    )
  }
  const picked = room === null ? null : match
  if (state.view === 'table') return <BoardTable model={model} picked={picked} />
  return (
    <div className="grid gap-3 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <section
        aria-label="Picture"
        className="h-[52dvh] min-h-72 sm:h-[62dvh] lg:sticky lg:top-[calc(var(--header)+0.75rem)] lg:h-[calc(100dvh-var(--header)-12.25rem)] lg:min-h-112"
      >
        <BoardCanvas model={model} picked={picked} place={place} onPlace={choose} onOpenPod={openPod} />
      </section>
      <BoardInspector model={model} place={place} />
    </div>
  )
}

function BoardFilters({
  state,
  onChange,
}: {
  readonly state: BoardState
  readonly onChange: (changes: Readonly<Record<string, string>>) => void
}) {
  return (
    <search className="flex flex-wrap items-center gap-2">
      <SearchField
        label="Workload, namespace, pod or node"
        value={state.text}
        onChange={(text) => onChange({ text })}
      />
      <ChoiceFilter
        name="Severity"
        value={state.severity}
        choices={severities.map((severity) => ({ value: severity, label: severityWords[severity] }))}
        onChange={(severity) => onChange({ severity })}
      />
      {state.namespace !== '' && (
        <ChoiceFilter
          name="Namespace"
          value={state.namespace}
          choices={[{ value: state.namespace, label: state.namespace }]}
          onChange={(namespace) => onChange({ namespace })}
        />
      )}
      <MatchCount room={matchRoom(state)} />
      <div className="ml-auto">
        <Segments
          label="View"
          value={state.view}
          choices={[
            { value: 'board', label: 'Picture' },
            { value: 'table', label: 'Table' },
          ]}
          onChange={(view) => onChange({ view: view === 'table' ? 'table' : '' })}
        />
      </div>
    </search>
  )
}

function MatchCount({ room }: { readonly room: string | null }) {
  const summary = useRecord<BoardMatchSummary>(room ?? 'board-match', 'summary')
  return (
    <p role="status" className="text-ink-2 text-sm">
      {room !== null && summary ? `${countText(summary.pods, 'pod')} picked out` : ''}
    </p>
  )
}
