'use client'

import { useMemo } from 'react'
import type { RiskRecord, RisksSummary } from '../../domain/live/protocol.ts'
import { PlumbMark } from '../kube/PlumbMark.tsx'
import { topologyWord } from '../kube/topology-key.ts'
import { RoomGate } from '../live/RoomGate.tsx'
import { useRecord, useRecords } from '../live/use-record.ts'
import { useRoom } from '../live/use-room.ts'
import { useUrlState } from '../live/use-url-state.ts'
import { countText } from '../ui/count-text.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { SearchField } from '../ui/SearchField.tsx'
import { SkeletonRows } from '../ui/Skeleton.tsx'
import { WindowList } from '../ui/WindowList.tsx'
import { NodesNote, useNodesForbidden } from './NodesNote.tsx'
import { RiskItem } from './RiskItem.tsx'

const room = 'risks'

/** How every workload lies, whatever its rules: those that one zone or node would take whole come first. */
export function RisksView() {
  const phase = useRoom(room)
  const summary = useRecord<RisksSummary>(room, 'summary')
  const records = useRecords<RiskRecord>(room, 'workload/')
  const { parameters, change } = useUrlState()
  const text = parameters.get('text') ?? ''
  const unjudged = useNodesForbidden()
  const only = parameters.get('only') === 'risks'
  const open = parameters.get('workload') ?? ''
  const workloads = useMemo(
    () =>
      records
        .map(([, record]) => record)
        .filter(({ id, risk }) => id.toLowerCase().includes(text.toLowerCase()) && (!only || risk !== null))
        .sort(compareRisks),
    [records, text, only],
  )
  return (
    <>
      <p role="status" className="text-ink-2 text-sm">
        {summary && (
          <>
            {countText(summary.workloads, 'workload')},{' '}
            <span className={summary.risks > 0 ? 'font-semibold text-warning' : ''}>
              {unjudged
                ? 'whether one zone holds all of their pods can’t be told'
                : summary.risks === 0
                  ? 'none at risk for want of a rule'
                  : `${summary.risks} in one zone or on one node without any rule against it`}
            </span>
          </>
        )}
      </p>
      <NodesNote without="which zones workloads are in isn’t known." />
      <search className="flex flex-wrap gap-2">
        <SearchField label="Workload or namespace" value={text} onChange={(next) => change({ text: next })} />
        <label className="field flex cursor-pointer items-center gap-2 px-2.5">
          <input
            type="checkbox"
            className="h-4 w-4 accent-(--accent)"
            checked={only}
            onChange={(event) => change({ only: event.target.checked ? 'risks' : '' })}
          />
          Only risks
        </label>
      </search>
      <RoomGate
        phase={phase}
        skeleton={
          <div className="panel p-4">
            <SkeletonRows rows={8} label="Workloads are on their way" />
          </div>
        }
      >
        {workloads.length > 0 ? (
          <WindowList
            items={workloads}
            rowHeight={66}
            open={open}
            draw={(record) => (
              <RiskItem
                record={record}
                open={record.id === open}
                onOpen={(id) => change({ workload: id === open ? '' : id })}
              />
            )}
          />
        ) : (
          <div className="panel">
            <EmptyState title="No workload to show" picture={<PlumbMark severity="ok" className="h-24" />}>
              {records.length === 0 ? 'None has pods on nodes yet.' : 'None fits these filters.'}
            </EmptyState>
          </div>
        )}
      </RoomGate>
      {summary && <DefaultSpreadNote summary={summary} />}
    </>
  )
}

function compareRisks(a: RiskRecord, b: RiskRecord): number {
  const loss = ({ zoneLoss, nodeLoss }: RiskRecord) => (zoneLoss ?? nodeLoss)?.fraction ?? 0
  return (
    Number(b.risk !== null) - Number(a.risk !== null) ||
    loss(b) - loss(a) ||
    b.ready - a.ready ||
    (a.id < b.id ? -1 : 1)
  )
}

/** The scheduler's own constraints can't be read from the API: what is taken for them is said. */
function DefaultSpreadNote({ summary: { defaultSpread } }: { readonly summary: RisksSummary }) {
  const rules = defaultSpread.constraints
    .map(
      ({ maxSkew, topologyKey, whenUnsatisfiable }) =>
        `maxSkew ${maxSkew} by ${topologyWord(topologyKey)} (${whenUnsatisfiable})`,
    )
    .join(', ')
  return (
    <p className="text-ink-3 text-xs">
      {defaultSpread.source === 'system'
        ? `Assumed: for pods without constraints the scheduler has its built-in ones, ${rules}. They only ever score. Another configuration is told with --default-spread.`
        : defaultSpread.source === 'none'
          ? 'As told by --default-spread: the scheduler has no constraints for pods without any.'
          : `As told by --default-spread, for pods without constraints: ${rules}.`}
    </p>
  )
}
