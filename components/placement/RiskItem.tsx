import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { memo } from 'react'
import type { RiskRecord } from '../../domain/live/protocol.ts'
import { workloadAddress } from '../kube/addresses.ts'
import { SeverityGlyph } from '../kube/SeverityGlyph.tsx'
import { topologyWord } from '../kube/topology-key.ts'
import { Words } from '../kube/Words.tsx'
import { CodeBlock } from '../ui/CodeBlock.tsx'
import { countText, numberText } from '../ui/count-text.ts'
import { whatIfAddress } from '../what-if/what-if-url.ts'
import { LossBar } from './LossBar.tsx'

/** One workload: in how many zones and on how many nodes it is, and what the worst loss takes. */
export const RiskItem = memo(function RiskItem({
  record,
  open,
  onOpen,
}: {
  readonly record: RiskRecord
  readonly open: boolean
  readonly onOpen: (id: string) => void
}) {
  const { id, namespace, workload, pods, ready, zones, nodes, zoneLoss, nodeLoss, risk } = record
  const severity = risk ? 'warning' : 'ok'
  return (
    <div data-severity={severity} className={risk ? 'bg-s-soft/40' : ''}>
      <div className="relative grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-3 gap-y-1.5 px-4 py-2.5 hover:bg-sunken/50 md:grid-cols-[auto_minmax(0,4fr)_minmax(0,3fr)_minmax(0,5fr)]">
        <button
          type="button"
          aria-expanded={open}
          aria-label={`More of ${namespace}/${workload.name}`}
          onClick={() => onOpen(id)}
          className="grid h-6 w-6 place-items-center rounded-sm text-ink-3 after:absolute after:inset-0"
        >
          <ChevronRight size={16} aria-hidden="true" className={`transition-transform ${open ? 'rotate-90' : ''}`} />
        </button>
        <div className="min-w-0">
          <p className="flex flex-wrap gap-x-2">
            <Link
              href={workloadAddress(namespace, workload)}
              prefetch={false}
              className="relative z-10 font-semibold hover:text-accent"
            >
              <Words text={`${namespace}/${workload.name}`} className="line-clamp-2" />
            </Link>
            <Words text={workload.kind} className="text-ink-3" />
          </p>
          {risk && (
            <p className="flex items-center gap-1.5 font-semibold text-s text-sm">
              <SeverityGlyph severity="warning" label={false} size="0.875rem" />
              {risk.kind === 'one-zone' ? 'all in one zone, ' : 'all on one node, '}
              <Words text={risk.domain} />
            </p>
          )}
        </div>
        <p className="text-ink-2 text-sm max-md:col-start-2">
          {numberText(ready)}/{countText(pods, 'pod')} ready{' '}
          {zones === 0 ? 'in no known zone' : `in ${countText(zones, 'zone')}`}, on {countText(nodes, 'node')}
        </p>
        <div className="max-md:col-start-2">
          <LossBar loss={zoneLoss ?? nodeLoss} what={zoneLoss ? 'zone' : 'node'} ready={ready} />
        </div>
      </div>
      {open && (
        <div className="flex flex-col gap-3 px-4 pb-4 text-sm sm:pl-13">
          <div className="grid gap-3 sm:grid-cols-2">
            <div>
              <h2 className="caption mb-1">Loss of the worst zone</h2>
              <LossBar loss={zoneLoss} what="zone" ready={ready} />
            </div>
            <div>
              <h2 className="caption mb-1">Loss of the worst node</h2>
              <LossBar loss={nodeLoss} what="node" ready={ready} />
            </div>
          </div>
          <p className="flex flex-wrap gap-2">
            {zoneLoss && (
              <Link
                href={whatIfAddress({ zones: [zoneLoss.domain] })}
                prefetch={false}
                className="field inline-flex items-center px-2.5 font-medium"
              >
                What if {zoneLoss.domain} is lost?
              </Link>
            )}
            {nodeLoss && (
              <Link
                href={whatIfAddress({ nodes: [nodeLoss.domain] })}
                prefetch={false}
                className="field inline-flex items-center px-2.5 font-medium"
              >
                What if {nodeLoss.domain} is lost?
              </Link>
            )}
            <Link
              href={whatIfAddress({ scale: [{ namespace, ...workload, replicas: pods + 1 }] })}
              prefetch={false}
              className="field inline-flex items-center px-2.5 font-medium"
            >
              What if it is scaled?
            </Link>
          </p>
          {record.assumed.length > 0 && <Assumed assumed={record.assumed} />}
          {risk && (
            <CodeBlock
              text={risk.constraint}
              label="To paste into the pod template’s spec: it asks for spreading and never leaves a pod without a node"
            />
          )}
        </div>
      )}
    </div>
  )
})

/** How the pods stand to the constraints that the scheduler is taken to have for pods without any. */
function Assumed({ assumed }: { readonly assumed: RiskRecord['assumed'] }) {
  return (
    <div>
      <h2 className="caption mb-1">By the scheduler’s default constraints, as assumed below: they only ever score</h2>
      <ul>
        {assumed.map((spread) => (
          <li key={`${spread.topologyKey} ${spread.maxSkew}`} className="text-ink-2">
            by <Words text={topologyWord(spread.topologyKey)} />: skew{' '}
            <strong className="font-semibold text-ink">{spread.skew}</strong>, maxSkew {spread.maxSkew} (
            {spread.whenUnsatisfiable}){spread.violated ? ', more than it asks for' : ''}
          </li>
        ))}
      </ul>
    </div>
  )
}
