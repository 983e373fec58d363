import type { ContainerDetail } from '../../domain/live/protocol.ts'
import { SeverityGlyph } from '../kube/SeverityGlyph.tsx'
import { Words } from '../kube/Words.tsx'
import { countText } from '../ui/count-text.ts'
import { ContainerStateLine } from './ContainerStateLine.tsx'
import { containerSeverity, initStep } from './container-look.ts'
import { ProbeLine } from './ProbeLine.tsx'
import { RestartLoop } from './RestartLoop.tsx'

/** One container: what it does now, what its last run came to, and what its probes say. */
export function ContainerCard({
  container,
  step,
}: {
  readonly container: ContainerDetail
  /** For init containers: where it stands, in words. */
  readonly step?: string
}) {
  const waitingItsTurn = step !== undefined && initStep(container) === 'waiting'
  const severity = containerSeverity(container)
  return (
    <div className="min-w-0 px-4 py-3" data-severity={severity}>
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-0.5">
        {!waitingItsTurn && <SeverityGlyph severity={severity} size="1.0625rem" />}
        <h3 className="min-w-0 font-semibold">
          <Words text={container.name} />
        </h3>
        {container.type === 'sidecar' && <Tag>native sidecar</Tag>}
        {step !== undefined && <span className="font-medium text-s text-sm">{step}</span>}
        <span className="ml-auto text-ink-3 text-sm">
          {container.type === 'main' && `${container.ready ? 'ready' : 'not ready'}, `}
          {countText(container.restartCount, 'restart')}
        </span>
      </div>
      <Words text={container.image} className="mt-0.5 block font-mono text-ink-3 text-xs" />
      <dl className="mt-2 grid grid-cols-[4.5rem_minmax(0,1fr)] gap-x-3 gap-y-1 text-sm">
        <dt className="caption pt-px">Now</dt>
        <dd className="min-w-0">
          <ContainerStateLine state={container.state} />
        </dd>
        {container.lastState.type !== 'none' && (
          <>
            <dt className="caption pt-px">Last run</dt>
            <dd className="min-w-0">
              <ContainerStateLine state={container.lastState} />
            </dd>
          </>
        )}
        <Resources container={container} />
      </dl>
      {container.loop && <RestartLoop loop={container.loop} />}
      {container.probes.length > 0 && (
        <ul className="mt-3 flex flex-col gap-2" aria-label="Probes">
          {container.probes.map((probe) => (
            <ProbeLine key={probe.kind} detail={probe} />
          ))}
        </ul>
      )}
      {container.type === 'main' && container.probes.length === 0 && (
        <p className="mt-2 text-ink-3 text-sm">No probes: ready as soon as it runs, restarted only when it ends.</p>
      )}
    </div>
  )
}

function Resources({ container }: { readonly container: ContainerDetail }) {
  const names = [...new Set([...container.requests, ...container.limits].map(([name]) => name))]
  if (names.length === 0) return null
  const requests = new Map(container.requests)
  const limits = new Map(container.limits)
  return (
    <>
      <dt className="caption pt-px">Resources</dt>
      <dd className="flex min-w-0 flex-wrap gap-x-4 text-ink-2">
        {names.map((name) => (
          <span key={name}>
            <Words text={name} className="text-ink-3" /> <Words text={requests.get(name) ?? 'no request'} />
            {limits.has(name) ? (
              <>
                {' '}
                to <Words text={limits.get(name) ?? ''} />
              </>
            ) : (
              ', no limit'
            )}
          </span>
        ))}
      </dd>
    </>
  )
}

function Tag({ children }: { readonly children: string }) {
  return <span className="rounded-sm border border-line-strong px-1.5 text-ink-2 text-xs">{children}</span>
}
