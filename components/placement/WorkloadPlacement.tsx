import Link from 'next/link'
import type { WorkloadDetail } from '../../domain/live/protocol.ts'
import { Panel } from '../ui/Panel.tsx'
import { whatIfAddress } from '../what-if/what-if-url.ts'
import { LossBar } from './LossBar.tsx'
import { SkewHistory } from './SkewHistory.tsx'

/** How a workload's pods lie: what one loss takes, and how its skews have been. Nothing where it has no pods on nodes. */
export function WorkloadPlacement({ workload }: { readonly workload: WorkloadDetail }) {
  const { namespace, kind, name, placed, spread } = workload
  if (!placed) return null
  const { zoneLoss, nodeLoss } = placed
  return (
    <Panel
      title="Placement"
      aside={
        <>
          {zoneLoss && (
            <Link href={whatIfAddress({ zones: [zoneLoss.domain] })} prefetch={false} className="link">
              What if {zoneLoss.domain} is lost?
            </Link>
          )}
          <Link
            href={whatIfAddress({ scale: [{ namespace, kind, name, replicas: placed.pods + 1 }] })}
            prefetch={false}
            className="link"
          >
            What if it is scaled?
          </Link>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <div className="grid gap-3 sm:grid-cols-2">
          <div>
            <h3 className="caption mb-1">Loss of the worst zone</h3>
            <LossBar loss={zoneLoss} what="zone" ready={placed.ready} />
          </div>
          <div>
            <h3 className="caption mb-1">Loss of the worst node</h3>
            <LossBar loss={nodeLoss} what="node" ready={placed.ready} />
          </div>
        </div>
        {spread.length > 0 && <SkewHistory namespace={namespace} workload={{ kind, name }} />}
      </div>
    </Panel>
  )
}
