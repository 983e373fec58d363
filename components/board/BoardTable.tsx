'use client'

import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { type Severity, severities } from '../../domain/health/severity.ts'
import { podAddress } from '../kube/addresses.ts'
import { SeverityGlyph } from '../kube/SeverityGlyph.tsx'
import { severityWords } from '../kube/severity-words.ts'
import { Words } from '../kube/Words.tsx'
import { numberText } from '../ui/count-text.ts'
import { whatIfAddress } from '../what-if/what-if-url.ts'
import { type BoardModel, cordonedFlag, notReadyFlag, notReadyIn, sumCounts } from './board-model.ts'
import { zoneWords } from './place-words.ts'
import { useNodeDetail } from './use-node-detail.ts'

/** Nodes that are listed at once; a zone of more is unfolded in parts. */
const part = 50
const mostNodes = 8

/** Pods that a filter picks, by node; null: there is no filter. */
type Picked = ((node: number) => string | undefined) | null

/** The board as a table: zones, nodes, pods, each row unfolding to what is in it. With a filter only what it picks. */
export function BoardTable({ model, picked }: { readonly model: BoardModel; readonly picked: Picked }) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const toggle = (key: string) =>
    setOpen((before) => {
      const next = new Set(before)
      if (!next.delete(key)) next.add(key)
      // Each unfolded node is a room to hold, of which a browser has a few.
      const nodes = [...next].filter((each) => each.startsWith('node/'))
      for (const oldest of nodes.slice(0, -mostNodes)) next.delete(oldest)
      return next
    })
  return (
    <div className="panel overflow-x-auto">
      <table className="w-full min-w-160 text-sm" aria-label="Zones, nodes and pods">
        <thead>
          <tr className="border-line border-b text-left text-ink-3 text-xs">
            <th scope="col" className="px-4 py-2 font-medium">
              Zone, node, pod
            </th>
            <th scope="col" className="px-2 py-2 font-medium">
              State
            </th>
            {severities.map((severity) => (
              <th key={severity} scope="col" className="px-2 py-2 text-right font-medium">
                {severityWords[severity]}
              </th>
            ))}
            <th scope="col" className="px-4 py-2 text-right font-medium">
              Pods
            </th>
          </tr>
        </thead>
        {model.zones.map(({ name, from, to }) => {
          const nodes = nodesOf(from, to, picked)
          if (nodes.length === 0) return null
          const key = `zone/${name ?? ''}`
          const notReady = notReadyIn(model, from, to)
          return (
            <tbody key={key} className="border-line border-b last:border-b-0">
              <Row
                depth={0}
                title={zoneWords(name)}
                open={open.has(key)}
                onToggle={() => toggle(key)}
                state={
                  notReady > 0
                    ? `${notReady} of ${numberText(to - from)} nodes not ready`
                    : `${numberText(to - from)} nodes`
                }
                bad={notReady > 0}
                counts={sumCounts(model, from, to)}
                aside={name === null ? null : <WhatIfLink href={whatIfAddress({ zones: [name] })} />}
              />
              {open.has(key) && <Nodes model={model} nodes={nodes} picked={picked} open={open} onToggle={toggle} />}
            </tbody>
          )
        })}
      </table>
    </div>
  )
}

interface Unfolding {
  readonly model: BoardModel
  readonly nodes: readonly number[]
  readonly picked: Picked
  readonly open: ReadonlySet<string>
  readonly onToggle: (key: string) => void
}

function Nodes({ model, nodes, picked, open, onToggle }: Unfolding) {
  const [shown, setShown] = useState(part)
  const hidden = Math.max(0, nodes.length - shown)
  return (
    <>
      {nodes.slice(0, shown).map((node) => {
        const name = model.names[node] ?? ''
        const key = `node/${name}`
        const flags = model.flags[node] ?? 0
        const notReady = (flags & notReadyFlag) !== 0
        return (
          <NodeRows
            key={key}
            name={name}
            picked={picked?.(node) ?? null}
            open={open.has(key)}
            onToggle={() => onToggle(key)}
            state={notReady ? 'NotReady' : flags & cordonedFlag ? 'cordoned' : 'ready'}
            bad={notReady}
            counts={sumCounts(model, node, node + 1)}
          />
        )
      })}
      {hidden > 0 && (
        <tr>
          <td colSpan={7} className="py-2 pl-14">
            <button type="button" className="link" onClick={() => setShown(shown + 4 * part)}>
              {numberText(Math.min(4 * part, hidden))} more of {numberText(nodes.length)} nodes
            </button>
          </td>
        </tr>
      )}
    </>
  )
}

function nodesOf(from: number, to: number, picked: Picked): readonly number[] {
  const nodes: number[] = []
  for (let node = from; node < to; node += 1) if (!picked || picked(node) !== undefined) nodes.push(node)
  return nodes
}

function NodeRows({
  name,
  picked,
  open,
  onToggle,
  state,
  bad,
  counts,
}: {
  readonly name: string
  /** A digit for each pod: 1 where the filter picks it. Null: all. */
  readonly picked: string | null
  readonly open: boolean
  readonly onToggle: () => void
  readonly state: string
  readonly bad: boolean
  readonly counts: Readonly<Record<Severity, number>>
}) {
  return (
    <>
      <Row
        depth={1}
        title={name}
        open={open}
        onToggle={onToggle}
        state={state}
        bad={bad}
        counts={counts}
        aside={<WhatIfLink href={whatIfAddress({ nodes: [name] })} />}
      />
      {open && <Pods node={name} picked={picked} />}
    </>
  )
}

function Pods({ node, picked }: { readonly node: string; readonly picked: string | null }) {
  const detail = useNodeDetail(node)
  if (!detail) {
    return (
      <tr>
        <td colSpan={7} className="py-1.5 pl-20 text-ink-3">
          Its pods are on their way
        </td>
      </tr>
    )
  }
  const pods = detail.pods.filter((_, index) => picked === null || picked[index] === '1')
  return pods.map((pod) => (
    <tr key={pod.uid} data-severity={pod.severity}>
      <th scope="row" className="py-1 pr-2 pl-20 text-left font-normal">
        <Link href={podAddress(pod.namespace, pod.name)} prefetch={false} className="link">
          <Words text={`${pod.namespace}/${pod.name}`} />
        </Link>
      </th>
      <td className="px-2 py-1" colSpan={6}>
        <span className="flex items-center gap-1.5">
          <SeverityGlyph severity={pod.severity} size="0.8125rem" />
          <Words text={pod.status} className={pod.severity === 'ok' ? 'text-ink-2' : 'font-semibold text-s'} />
        </span>
      </td>
    </tr>
  ))
}

function Row({
  depth,
  title,
  open,
  onToggle,
  state,
  bad,
  counts,
  aside,
}: {
  readonly depth: number
  readonly title: string
  readonly open: boolean
  readonly onToggle: () => void
  readonly state: string
  readonly bad: boolean
  readonly counts: Readonly<Record<Severity, number>>
  readonly aside: React.ReactNode
}) {
  const total = severities.reduce((sum, severity) => sum + counts[severity], 0)
  return (
    <tr className="border-line border-t first:border-t-0 hover:bg-sunken/50" data-severity={bad ? 'error' : 'none'}>
      <th scope="row" className="py-1.5 pr-2 text-left font-medium" style={{ paddingLeft: `${1 + depth * 1.75}rem` }}>
        <button
          type="button"
          aria-expanded={open}
          onClick={onToggle}
          className="flex min-h-6 items-center gap-1.5 text-left"
        >
          <ChevronRight
            size={15}
            aria-hidden="true"
            className={`shrink-0 text-ink-3 transition-transform ${open ? 'rotate-90' : ''}`}
          />
          <Words text={title} className={depth === 0 ? 'font-semibold' : ''} />
        </button>
      </th>
      <td className={`px-2 py-1.5 ${bad ? 'font-semibold text-s' : 'text-ink-2'}`}>
        {state} {aside}
      </td>
      {severities.map((severity) => (
        <td
          key={severity}
          data-severity={severity}
          className={`px-2 py-1.5 text-right ${counts[severity] === 0 ? 'text-ink-3' : severity === 'ok' ? '' : 'font-bold text-s'}`}
        >
          {numberText(counts[severity])}
        </td>
      ))}
      <td className="px-4 py-1.5 text-right font-semibold">{numberText(total)}</td>
    </tr>
  )
}

function WhatIfLink({ href }: { readonly href: string }) {
  return (
    <Link href={href} prefetch={false} className="link ml-2 font-normal text-ink-2 text-xs">
      what if it is lost?
    </Link>
  )
}
