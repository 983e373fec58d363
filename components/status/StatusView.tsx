'use client'

import { Words } from '../kube/Words.tsx'
import { Age } from '../live/Age.tsx'
import { useStatus } from '../live/use-status.ts'
import { PageSkeleton } from '../ui/PageSkeleton.tsx'
import { Panel } from '../ui/Panel.tsx'
import { KindTable } from './KindTable.tsx'
import { MissingPermissions } from './MissingPermissions.tsx'
import { ProbeCounters } from './ProbeCounters.tsx'
import { RequestTable } from './RequestTable.tsx'

const stateWords = {
  connecting: 'reading the cluster for the first time',
  live: 'hears the cluster',
  stale: 'can’t hear the cluster',
  forbidden: 'may not read the cluster',
} as const

const historyWords = { ok: 'is being kept', paused: 'is paused', off: 'is switched off' } as const

/** How well Plumbline itself hears the cluster: the page to look at before trusting the others. */
export function StatusView() {
  const status = useStatus()
  if (!status) return <PageSkeleton title="Status" />
  return (
    <div className="flex flex-col gap-4">
      <div>
        <h1 className="font-semibold text-2xl tracking-tight">Status</h1>
        <p className="text-ink-2">What Plumbline hears of the cluster, and what it doesn’t.</p>
      </div>
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,5fr)_minmax(0,3fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <KindTable kinds={status.kinds} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <MissingPermissions missing={status.missingPermissions} />
          <Panel title="Server">
            <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm">
              <dt className="text-ink-3">Cluster</dt>
              <dd>
                <Words text={status.cluster.name === '' ? 'unnamed' : status.cluster.name} />
                {status.cluster.demo && ' (demo: invented data)'}
              </dd>
              <dt className="text-ink-3">Kubernetes</dt>
              <dd>
                <Words text={status.cluster.version} />
              </dd>
              <dt className="text-ink-3">Plumbline</dt>
              <dd>{stateWords[status.state]}</dd>
              <dt className="text-ink-3">Known current</dt>
              <dd>{status.freshAt === null ? 'not yet' : <Age at={status.freshAt} suffix=" ago" />}</dd>
              <dt className="text-ink-3">History</dt>
              <dd>
                {historyWords[status.history.state]}
                {status.history.message !== '' && (
                  <Words text={status.history.message} className="block text-ink-2 text-xs" />
                )}
              </dd>
              <dt className="text-ink-3">Probe counters</dt>
              <dd>
                <ProbeCounters counters={status.probeCounters} />
              </dd>
              <dt className="text-ink-3">Build</dt>
              <dd>
                <Words text={status.build} className="font-mono text-xs" />
              </dd>
            </dl>
          </Panel>
          <RequestTable requests={status.requests} />
        </div>
      </div>
    </div>
  )
}
