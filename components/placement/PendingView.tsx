'use client'

import { useMemo } from 'react'
import type { PendingPodRecord, PendingSummary } from '../../domain/live/protocol.ts'
import { PlumbMark } from '../kube/PlumbMark.tsx'
import { RoomGate } from '../live/RoomGate.tsx'
import { useRecord, useRecords } from '../live/use-record.ts'
import { useRoom } from '../live/use-room.ts'
import { useUrlState } from '../live/use-url-state.ts'
import { countText } from '../ui/count-text.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { SearchField } from '../ui/SearchField.tsx'
import { SkeletonRows } from '../ui/Skeleton.tsx'
import { WindowList } from '../ui/WindowList.tsx'
import { NodesNote } from './NodesNote.tsx'
import { PendingItem } from './PendingItem.tsx'

const room = 'pending'

/** Pods without a node, those first that have waited longest, and why. */
export function PendingView() {
  const phase = useRoom(room)
  const summary = useRecord<PendingSummary>(room, 'summary')
  const records = useRecords<PendingPodRecord>(room, 'pod/')
  const { parameters, change } = useUrlState()
  const text = parameters.get('text') ?? ''
  const open = parameters.get('pod') ?? ''
  const pods = useMemo(() => {
    const wanted = text.toLowerCase()
    return records
      .map(([, pod]) => ({ id: pod.uid, pod }))
      .filter(
        ({ pod }) =>
          wanted === '' || `${pod.namespace}/${pod.name} ${pod.workload?.name ?? ''}`.toLowerCase().includes(wanted),
      )
      .sort((a, b) => a.pod.since - b.pod.since || (a.id < b.id ? -1 : 1))
  }, [records, text])
  return (
    <>
      <p role="status" className="text-ink-2 text-sm">
        {summary && (summary.pods === 0 ? 'Every pod has a node' : `${countText(summary.pods, 'pod')} without a node`)}
      </p>
      <NodesNote without="why pods have no node can’t be worked out; what the scheduler said is shown." />
      <search>
        <SearchField label="Pod, workload or namespace" value={text} onChange={(next) => change({ text: next })} />
      </search>
      <RoomGate
        phase={phase}
        skeleton={
          <div className="panel p-4">
            <SkeletonRows rows={8} label="Pending pods are on their way" />
          </div>
        }
      >
        {pods.length > 0 ? (
          <WindowList
            items={pods}
            rowHeight={84}
            open={open}
            draw={({ pod }) => (
              <PendingItem
                pod={pod}
                open={pod.uid === open}
                onOpen={(uid) => change({ pod: uid === open ? '' : uid })}
              />
            )}
          />
        ) : (
          <div className="panel">
            <EmptyState
              title={text === '' ? 'Every pod has a node' : 'No pending pod has this text in its name'}
              picture={<PlumbMark severity="ok" className="h-24" />}
            >
              {text === '' ? (
                'Nothing waits for the scheduler.'
              ) : (
                <button type="button" className="field mt-2 px-3 font-medium" onClick={() => change({ text: '' })}>
                  Clear the text
                </button>
              )}
            </EmptyState>
          </div>
        )}
      </RoomGate>
    </>
  )
}
