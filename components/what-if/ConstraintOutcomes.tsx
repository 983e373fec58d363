'use client'

import Link from 'next/link'
import { useState } from 'react'
import type { ConstraintOutcome, SkewOutcome } from '../../domain/placement/what-if-result.ts'
import { workloadAddress } from '../kube/addresses.ts'
import { SeverityGlyph } from '../kube/SeverityGlyph.tsx'
import { topologyWord } from '../kube/topology-key.ts'
import { Words } from '../kube/Words.tsx'
import { numberText } from '../ui/count-text.ts'
import { Panel } from '../ui/Panel.tsx'

const shownAtFirst = 8
const shownDomains = 6

/** Spread constraints that would stand otherwise, those first that come to be violated; the others on demand. */
export function ConstraintOutcomes({ constraints }: { readonly constraints: readonly ConstraintOutcome[] }) {
  const [all, setAll] = useState(false)
  if (constraints.length === 0) return null
  const telling = constraints.filter(isTelling)
  const sorted = [...(all ? constraints : telling)].sort(
    (a, b) =>
      Number(b.after.violated) - Number(a.after.violated) ||
      b.after.skew - (b.before?.skew ?? 0) - (a.after.skew - (a.before?.skew ?? 0)),
  )
  const visible = all ? sorted : sorted.slice(0, shownAtFirst)
  const hidden = constraints.length - visible.length
  return (
    <Panel title="Spread constraints" count={numberText(constraints.length)} bodyClassName="">
      {visible.length > 0 && (
        <ul className="divide-y divide-line border-line border-t">
          {visible.map((outcome) => (
            <ConstraintItem
              key={`${outcome.namespace}/${outcome.workload.kind}/${outcome.workload.name}/${outcome.topologyKey}/${outcome.whenUnsatisfiable}/${outcome.maxSkew}`}
              outcome={outcome}
            />
          ))}
        </ul>
      )}
      {hidden > 0 && (
        <p className="border-line border-t px-4 py-2 text-sm">
          <button type="button" className="link" onClick={() => setAll(true)}>
            {numberText(hidden)} {telling.length <= visible.length ? 'that stay within maxSkew' : 'more'}
          </button>
        </p>
      )}
    </Panel>
  )
}

/** Violated before or after, or violated for the first time. */
function isTelling({ before, after }: ConstraintOutcome): boolean {
  return after.violated || (before?.violated ?? false)
}

function ConstraintItem({ outcome }: { readonly outcome: ConstraintOutcome }) {
  const { namespace, workload, topologyKey, maxSkew, whenUnsatisfiable, before, after } = outcome
  const severity = after.violated ? 'warning' : 'ok'
  return (
    <li data-severity={severity} className="grid gap-x-4 gap-y-2 px-4 py-3 md:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
      <div className="flex min-w-0 gap-3">
        <span className="mt-0.5">
          <SeverityGlyph severity={severity} size="1rem" />
        </span>
        <div className="min-w-0">
          <Link
            href={workloadAddress(namespace, workload)}
            prefetch={false}
            className="font-semibold hover:text-accent"
          >
            <Words text={`${namespace}/${workload.name}`} />
          </Link>
          <p className="text-sm">
            skew {before ? before.skew : 'none'} →{' '}
            <strong className={after.violated ? 'text-s' : ''}>{after.skew}</strong>
            <span className="text-ink-2">
              , maxSkew {maxSkew} by {topologyWord(topologyKey)}, {whenUnsatisfiable}
            </span>
          </p>
          <p className={`text-sm ${after.violated ? 'font-semibold text-s' : 'text-ink-2'}`}>
            {after.violated
              ? before?.violated
                ? 'still violated'
                : 'would be violated'
              : before?.violated
                ? 'would be kept again'
                : 'kept'}
          </p>
        </div>
      </div>
      <DomainShift before={before} after={after} bound={after.globalMinimum + maxSkew} />
    </li>
  )
}

/** Counts per domain before and after, over the band that the constraint would then allow. */
function DomainShift({
  before,
  after,
  bound,
}: {
  readonly before: SkewOutcome | null
  readonly after: SkewOutcome
  readonly bound: number
}) {
  const was = new Map(before?.domains.map(({ value, count }) => [value, count]))
  const is = new Map(after.domains.map(({ value, count }) => [value, count]))
  const change = (value: string) => Math.abs((is.get(value) ?? 0) - (was.get(value) ?? 0))
  const order = [...new Set([...was.keys(), ...is.keys()])]
  // Of many domains those tell most in which something changes.
  const values = order.length > shownDomains ? order.sort((a, b) => change(b) - change(a)) : order
  const scale = Math.max(1, bound, ...was.values(), ...is.values())
  const share = (count: number) => `${(100 * count) / scale}%`
  return (
    <ul className="flex flex-col gap-1.5 text-xs">
      {values.slice(0, shownDomains).map((value) => {
        const count = is.get(value)
        const over = Math.max(0, (count ?? 0) - bound)
        return (
          <li key={value} className="grid grid-cols-[minmax(0,6rem)_minmax(0,1fr)_5.5rem] items-center gap-2">
            <Words text={value} clip className="text-ink-2" />
            <span aria-hidden="true" className="relative flex flex-col gap-px">
              <span className="h-1.5 rounded-xs bg-line-strong" style={{ width: share(was.get(value) ?? 0) }} />
              <span className="relative block h-2.5 overflow-hidden rounded-xs bg-sunken">
                <span
                  className="absolute inset-y-0 border-line-strong border-r border-dashed bg-line"
                  style={{ left: share(after.globalMinimum), width: share(bound - after.globalMinimum) }}
                />
                <span
                  className="absolute inset-y-px left-0 rounded-xs bg-ink-2"
                  style={{ width: share(Math.min(count ?? 0, bound)) }}
                />
                {over > 0 && (
                  <span
                    className="absolute inset-y-0 rounded-xs bg-s-fill"
                    style={{ left: share(bound), width: share(over) }}
                  />
                )}
              </span>
            </span>
            <span className="text-right">
              <span className="text-ink-2">{was.get(value) ?? 'none'}</span> →{' '}
              <span className={over > 0 ? 'font-bold text-s' : 'font-semibold'}>{count ?? 'gone'}</span>
            </span>
          </li>
        )
      })}
      {values.length > shownDomains && <li className="text-ink-3">and {values.length - shownDomains} more domains</li>}
    </ul>
  )
}
