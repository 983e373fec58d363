'use client'

import Link from 'next/link'
import { useState } from 'react'
import type { WorkloadOutcome } from '../../domain/placement/what-if-result.ts'
import { workloadAddress } from '../kube/addresses.ts'
import { SeverityGlyph } from '../kube/SeverityGlyph.tsx'
import { Words } from '../kube/Words.tsx'
import { countText, numberText } from '../ui/count-text.ts'
import { Panel } from '../ui/Panel.tsx'
import { ZoneShift } from './ZoneShift.tsx'

const shownAtFirst = 12

/** Workload by workload, those at zero first. */
export function WorkloadOutcomes({ workloads }: { readonly workloads: readonly WorkloadOutcome[] }) {
  const [shown, setShown] = useState(shownAtFirst)
  if (workloads.length === 0) return null
  return (
    <Panel title="Workloads" count={numberText(workloads.length)} bodyClassName="">
      <ul className="divide-y divide-line border-line border-t">
        {workloads.slice(0, shown).map((outcome) => (
          <WorkloadItem
            key={`${outcome.namespace}/${outcome.workload.kind}/${outcome.workload.name}`}
            outcome={outcome}
          />
        ))}
      </ul>
      {workloads.length > shown && (
        <p className="border-line border-t px-4 py-2 text-sm">
          <button type="button" className="link" onClick={() => setShown(shown + 100)}>
            {numberText(Math.min(100, workloads.length - shown))} more
          </button>
        </p>
      )}
    </Panel>
  )
}

function WorkloadItem({ outcome }: { readonly outcome: WorkloadOutcome }) {
  const { namespace, workload, ready, readyLeft, toZero, unplaced, message } = outcome
  const severity = toZero || unplaced > 0 ? 'error' : readyLeft < ready ? 'warning' : 'ok'
  return (
    <li
      data-severity={severity}
      className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-2 px-4 py-3 md:grid-cols-[auto_minmax(0,5fr)_minmax(0,6fr)]"
    >
      <span className="mt-0.5">
        <SeverityGlyph severity={severity} size="1rem" />
      </span>
      <div className="min-w-0">
        <p className="flex flex-wrap gap-x-2">
          <Link
            href={workloadAddress(namespace, workload)}
            prefetch={false}
            className="font-semibold hover:text-accent"
          >
            <Words text={`${namespace}/${workload.name}`} />
          </Link>
          <Words text={workload.kind} className="text-ink-3" />
        </p>
        <p className="text-sm">
          {readyLeft < ready && (
            <>
              <span className={toZero ? 'font-bold text-s' : 'font-medium'}>
                {toZero
                  ? `none of ${numberText(ready)} ready pods is left`
                  : `${numberText(readyLeft)} of ${numberText(ready)} ready pods are left`}
              </span>
              <span className="text-ink-2"> until others have started</span>
            </>
          )}
          {readyLeft === ready && <span className="text-ink-2">{numberText(ready)} ready pods, none of them lost</span>}
        </p>
        <p className="text-ink-2 text-sm">{placementWords(outcome)}</p>
        {message !== '' && (
          <Words text={message} className="mt-1 block rounded-sm bg-s-soft px-2 py-1 font-mono text-2xs leading-4" />
        )}
      </div>
      <div className="max-md:col-start-2">
        <ZoneShift zones={outcome.zones} />
      </div>
    </li>
  )
}

function placementWords({ lost, wanted, placed, unplaced, notSimulated, nodes }: WorkloadOutcome): string {
  if (wanted === 0) return lost > 0 ? `${countText(lost, 'pod')} would go and not come back` : ''
  const [first] = nodes
  const where =
    nodes.length === 1 && first ? ` on ${first.node}` : nodes.length > 1 ? ` on ${countText(nodes.length, 'node')}` : ''
  const parts = [`${numberText(placed)} of ${countText(wanted, 'new pod')} placed${placed > 0 ? where : ''}`]
  if (unplaced > 0) parts.push(`${numberText(unplaced)} would stay pending`)
  if (notSimulated > 0) parts.push(`${numberText(notSimulated)} not worked out`)
  return parts.join(', ')
}
