import type { TemplateContainer } from '../../domain/live/protocol.ts'
import { ProbeValues } from '../container/ProbeValues.tsx'
import { handlerWords, probeKindWords } from '../container/probe-words.ts'
import { ResourcesLine } from '../container/ResourcesLine.tsx'
import { RoleChip } from '../container/RoleChip.tsx'
import { Words } from '../kube/Words.tsx'
import { Panel } from '../ui/Panel.tsx'

const typeWords = { init: 'init container', sidecar: 'native sidecar', main: 'container' } as const

/** The containers as the workload's template has them, in the order of their start. */
export function TemplateContainers({ containers }: { readonly containers: readonly TemplateContainer[] }) {
  return (
    <Panel
      title="Template"
      count={containers.length === 0 ? undefined : `${containers.length} containers`}
      bodyClassName=""
    >
      {containers.length === 0 ? (
        <p className="px-4 pb-4 text-ink-3 text-sm">Its template isn’t known.</p>
      ) : (
        <ul className="divide-y divide-line border-line border-t">
          {containers.map((container) => (
            <li key={container.name} className="px-4 py-3">
              <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
                <h3 className="font-semibold">
                  <Words text={container.name} />
                </h3>
                {container.role === null ? (
                  <span className="text-ink-3 text-sm">{typeWords[container.type]}</span>
                ) : (
                  <RoleChip finding={container.role} container={container.name} />
                )}
                <Words text={container.image} className="font-mono text-ink-2 text-xs sm:ml-auto" />
              </div>
              <div className="mt-1 text-ink-2 text-sm">
                <ResourcesLine requests={container.requests} limits={container.limits} />
              </div>
              {container.probes.length > 0 && (
                <ul className="mt-2 flex flex-col gap-2">
                  {container.probes.map((each) => (
                    <TemplateProbe key={each.kind} probe={each} />
                  ))}
                </ul>
              )}
              {container.probes.length === 0 && container.type !== 'init' && (
                <p className="mt-1 text-ink-3 text-sm">No probes.</p>
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

function TemplateProbe({ probe: each }: { readonly probe: TemplateContainer['probes'][number] }) {
  const { kind, probe, sentence } = each
  return (
    <li className="rounded-md border border-line bg-canvas px-3 py-2">
      <div className="flex flex-wrap items-baseline gap-x-2">
        <h4 className="font-semibold text-sm">{probeKindWords[kind]}</h4>
        <Words text={handlerWords(probe.handler)} className="min-w-0 font-mono text-ink-2 text-xs sm:ml-auto" />
      </div>
      <div className="mt-1">
        <ProbeValues probe={probe} defaulted={[]} />
      </div>
      <Words text={sentence} className="mt-1 block text-ink-2 text-sm" />
    </li>
  )
}
