'use client'

import Link from 'next/link'
import { podsAddress } from '../kube/addresses.ts'
import { PlumbMark } from '../kube/PlumbMark.tsx'
import { Words } from '../kube/Words.tsx'
import { useFreshness } from '../live/use-status.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Panel } from '../ui/Panel.tsx'
import { ContainerRuns } from './ContainerRuns.tsx'
import { pastRuns } from './container-runs.ts'
import { PodHistory } from './PodHistory.tsx'
import type { PodHistoryRecord } from './pod-history.ts'
import { usePodHistory } from './use-pod-history.ts'

/** There is no such pod now. The history may still know it, where the address carries its uid. */
export function GonePod({
  namespace,
  name,
  uid,
}: {
  readonly namespace: string
  readonly name: string
  readonly uid: string
}) {
  const freshness = useFreshness()
  const complete = freshness.state === 'live'
  return (
    <div className="flex flex-col gap-4">
      <h1 className="font-semibold text-xl tracking-tight sm:text-2xl">
        <Words text={name} />
      </h1>
      <div className="panel">
        <EmptyState
          title={complete ? 'This pod is gone' : 'This pod isn’t known'}
          picture={<PlumbMark severity="ok" faint className="h-20" />}
        >
          <p>
            {complete
              ? 'No pod of this name is in the namespace now: it was deleted, or replaced under another name. If it comes back, it appears here by itself.'
              : 'Plumbline doesn’t hear the whole cluster at the moment, so the pod may still be there.'}
          </p>
          <p className="mt-3">
            <Link href={podsAddress({ namespace })} prefetch={false} className="link font-medium text-ink">
              Pods of namespace <Words text={namespace} />
            </Link>
          </p>
        </EmptyState>
      </div>
      {uid !== '' && <Past uid={uid} />}
    </div>
  )
}

function Past({ uid }: { readonly uid: string }) {
  const state = usePodHistory(uid, 0)
  return (
    <>
      {state.state === 'ready' && <PastContainers history={state.history} />}
      <PodHistory state={state} />
    </>
  )
}

function PastContainers({ history }: { readonly history: PodHistoryRecord }) {
  const names = [...new Set(history.runs.map((run) => run.container))].sort()
  if (names.length === 0) return null
  return (
    <Panel title={names.length === 1 ? 'Its container' : 'Its containers'} bodyClassName="">
      <ul className="divide-y divide-line border-line border-t">
        {names.map((name) => (
          <li key={name} className="flex flex-col gap-1.5 px-4 py-3.5">
            <h3 className="font-semibold">
              <Words text={name} />
            </h3>
            <ContainerRuns runs={pastRuns(name, history)} container={name} restartCount={null} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}
