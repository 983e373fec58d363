import type { ContainerDetail } from '../../domain/live/protocol.ts'
import { ResourcesLine } from '../container/ResourcesLine.tsx'
import { Words } from '../kube/Words.tsx'
import { ContainerRuns } from './ContainerRuns.tsx'
import { ContainerStateLine } from './ContainerStateLine.tsx'
import { knownRuns } from './container-runs.ts'
import { LoopPanel } from './LoopPanel.tsx'
import { ProbeCard } from './ProbeCard.tsx'
import type { PodHistoryRecord } from './pod-history.ts'
import { SubTitle } from './SubTitle.tsx'

/** What there is to know of one container: its state, its loop, its probes, its runs. */
export function ContainerBody({
  container,
  history,
  ended = false,
}: {
  readonly container: ContainerDetail
  readonly history: PodHistoryRecord | null
  /** Its pod has ended. */
  readonly ended?: boolean
}) {
  const { loop } = container
  const runs = knownRuns(container, history)
  const next =
    loop?.nextAttemptAt != null
      ? { from: loop.nextAttemptAt, until: loop.nextAttemptUntil ?? loop.nextAttemptAt }
      : null
  return (
    <div className="flex flex-col gap-3.5">
      <dl className="grid grid-cols-[4.75rem_minmax(0,1fr)] gap-x-3 gap-y-1 text-sm">
        <dt className="caption pt-px">State</dt>
        <dd className="min-w-0">
          {/* What the kubelet says of its wait, the loop says better. */}
          <ContainerStateLine state={container.state} message={loop?.backOffMs == null} ended={ended} />
        </dd>
        <dt className="caption pt-px">Image</dt>
        <dd className="min-w-0">
          <Words text={container.image} className="font-mono text-xs" />
        </dd>
        <dt className="caption pt-px">Resources</dt>
        <dd className="min-w-0">
          <ResourcesLine requests={container.requests} limits={container.limits} />
        </dd>
        <dt className="caption pt-px">Restarts</dt>
        <dd>
          {container.restartCount}
          <span className="text-ink-3">, policy {container.restartPolicy}</span>
        </dd>
      </dl>
      {loop && <LoopPanel loop={loop} container={container.name} />}
      <Probes container={container} />
      {/* Of one run that goes on, the state tells everything. */}
      {runs.some((run) => run.finishedAt !== null) || container.restartCount > 0 ? (
        <ContainerRuns runs={runs} container={container.name} restartCount={container.restartCount} next={next} />
      ) : null}
    </div>
  )
}

function Probes({ container }: { readonly container: ContainerDetail }) {
  const { probes, type, restartPolicy } = container
  if (probes.length === 0) {
    if (type === 'init') return null
    return (
      <p className="text-ink-3 text-sm">
        No probes: {type === 'main' ? 'ready as soon as it runs' : 'started as soon as it runs'}
        {restartPolicy === 'Never' ? '.' : ', restarted only when it ends.'}
      </p>
    )
  }
  return (
    <section aria-label={`Probes of ${container.name}`} className="flex flex-col gap-2">
      <SubTitle>Probes</SubTitle>
      <ul className="flex flex-col gap-2">
        {probes.map((probe) => (
          <ProbeCard key={probe.kind} detail={probe} ready={container.ready} />
        ))}
      </ul>
    </section>
  )
}
