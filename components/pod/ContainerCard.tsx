import type { ContainerDetail } from '../../domain/live/protocol.ts'
import { RoleChip } from '../container/RoleChip.tsx'
import { SeverityGlyph } from '../kube/SeverityGlyph.tsx'
import { Words } from '../kube/Words.tsx'
import { ContainerBody } from './ContainerBody.tsx'
import { containerSeverity } from './container-look.ts'
import type { PodHistoryRecord } from './pod-history.ts'

/** One of the pod's containers, main or companion. */
export function ContainerCard({
  container,
  history,
  ended,
}: {
  readonly container: ContainerDetail
  readonly history: PodHistoryRecord | null
  /** Its pod has ended. */
  readonly ended: boolean
}) {
  const severity = ended && container.state.type === 'running' ? 'none' : containerSeverity(container)
  return (
    <div className="min-w-0 px-4 py-3.5" data-severity={severity} data-container={container.name}>
      <div className="mb-2.5 flex flex-wrap items-center gap-x-2.5 gap-y-1">
        {severity !== 'none' && <SeverityGlyph severity={severity} size="1.0625rem" />}
        <h3 className="min-w-0 font-semibold">
          <Words text={container.name} />
        </h3>
        <RoleChip finding={container.role} container={container.name} />
        <span className={`ml-auto text-sm ${container.ready ? 'text-ink-2' : 'font-semibold text-s'}`}>
          {container.ready ? 'ready' : 'not ready'}
        </span>
      </div>
      <ContainerBody container={container} history={history} ended={ended} />
    </div>
  )
}
