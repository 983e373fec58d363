'use client'

import { useEffect } from 'react'
import type { PodDetail } from '../../domain/live/protocol.ts'
import { RoomGate } from '../live/RoomGate.tsx'
import { useRecord } from '../live/use-record.ts'
import { useRoom } from '../live/use-room.ts'
import { useUrlState } from '../live/use-url-state.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { PageSkeleton } from '../ui/PageSkeleton.tsx'
import { GonePod } from './GonePod.tsx'
import { PodContent } from './PodContent.tsx'

/** One pod, addressed by namespace and name; the uid in the address only serves to find its history again. */
export function PodView() {
  const { parameters, change } = useUrlState()
  const namespace = parameters.get('namespace') ?? ''
  const name = parameters.get('name') ?? ''
  const uid = parameters.get('uid') ?? ''
  if (namespace === '' || name === '') {
    return (
      <div className="panel">
        <EmptyState page title="Which pod?">
          This address needs a namespace and a name: <code className="font-mono">/pod?namespace=…&amp;name=…</code>
        </EmptyState>
      </div>
    )
  }
  return (
    <LivePod
      key={`${namespace}/${name}`}
      namespace={namespace}
      name={name}
      uid={uid}
      keepUid={(seen) => change({ uid: seen })}
    />
  )
}

function LivePod({
  namespace,
  name,
  uid,
  keepUid,
}: {
  readonly namespace: string
  readonly name: string
  readonly uid: string
  readonly keepUid: (uid: string) => void
}) {
  const room = `pod?${new URLSearchParams({ namespace, name })}`
  const phase = useRoom(room)
  const pod = useRecord<PodDetail>(room, 'pod')
  const seen = pod?.row.uid
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new pod changes the address
  useEffect(() => {
    document.title = `${name} · Plumbline`
    if (seen !== undefined && seen !== uid) keepUid(seen)
  }, [seen, name])
  return (
    <RoomGate phase={phase} skeleton={<PageSkeleton title={name} />}>
      {pod ? <PodContent pod={pod} room={room} /> : <GonePod namespace={namespace} name={name} uid={uid} />}
    </RoomGate>
  )
}
