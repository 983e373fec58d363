'use client'

import { useEffect } from 'react'
import type { WorkloadDetail } from '../../domain/live/protocol.ts'
import { podsAddress } from '../kube/addresses.ts'
import { PlumbMark } from '../kube/PlumbMark.tsx'
import { Words } from '../kube/Words.tsx'
import { RoomGate } from '../live/RoomGate.tsx'
import { useRecord } from '../live/use-record.ts'
import { useRoom } from '../live/use-room.ts'
import { useFreshness } from '../live/use-status.ts'
import { useUrlState } from '../live/use-url-state.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { PageSkeleton } from '../ui/PageSkeleton.tsx'
import { WorkloadContent } from './WorkloadContent.tsx'

/** One workload, addressed by namespace, kind and name. */
export function WorkloadView() {
  const { parameters } = useUrlState()
  const namespace = parameters.get('namespace') ?? ''
  const kind = parameters.get('kind') ?? ''
  const name = parameters.get('name') ?? ''
  if (namespace === '' || kind === '' || name === '') {
    return (
      <div className="panel">
        <EmptyState page title="Which workload?">
          This address needs a namespace, a kind and a name:{' '}
          <code className="font-mono">/workload?namespace=…&amp;kind=Deployment&amp;name=…</code>
        </EmptyState>
      </div>
    )
  }
  return <LiveWorkload key={`${namespace}/${kind}/${name}`} namespace={namespace} kind={kind} name={name} />
}

interface Address {
  readonly namespace: string
  readonly kind: string
  readonly name: string
}

function LiveWorkload(address: Address) {
  const { namespace, kind, name } = address
  const room = `workload?${new URLSearchParams({ namespace, kind, name })}`
  const phase = useRoom(room)
  const workload = useRecord<WorkloadDetail>(room, 'workload')
  useEffect(() => {
    document.title = `${name} · Plumbline`
  }, [name])
  return (
    <RoomGate phase={phase} skeleton={<PageSkeleton title={name} />}>
      {workload ? <WorkloadContent workload={workload} room={room} /> : <GoneWorkload {...address} />}
    </RoomGate>
  )
}

function GoneWorkload({ namespace, kind, name }: Address) {
  const complete = useFreshness().state === 'live'
  return (
    <div className="flex flex-col gap-4">
      <h1 className="font-semibold text-xl tracking-tight sm:text-2xl">
        <Words text={name} />
      </h1>
      <div className="panel">
        <EmptyState
          title={complete ? `There is no such ${kind} now` : `This ${kind} isn’t known`}
          picture={<PlumbMark severity="ok" faint className="h-20" />}
        >
          <p>
            {complete
              ? 'It was deleted, has no pods and isn’t watched, or never was. If it comes back, it appears here by itself.'
              : 'Plumbline doesn’t hear the whole cluster at the moment, so it may still be there.'}
          </p>
          <p className="mt-3">
            <a href={podsAddress({ namespace })} className="link font-medium text-ink">
              Pods of namespace <Words text={namespace} />
            </a>
          </p>
        </EmptyState>
      </div>
    </div>
  )
}
