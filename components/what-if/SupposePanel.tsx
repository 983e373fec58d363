'use client'

import { X } from 'lucide-react'
import { type FormEvent, useMemo, useState } from 'react'
import type { BoardTile, PlacementGroup, RiskRecord } from '../../domain/live/protocol.ts'
import { topologyWord } from '../kube/topology-key.ts'
import { compareNames } from '../kube/zone-order.ts'
import { useRecords } from '../live/use-record.ts'
import { useRooms } from '../live/use-room.ts'
import { ChoiceFilter } from '../ui/ChoiceFilter.tsx'
import { Panel } from '../ui/Panel.tsx'
import { Segments } from '../ui/Segments.tsx'
import { visibleText } from '../ui/visible-text.ts'
import { suppositionWords } from './supposition-words.ts'
import { mostSuppositions, nothing, type Suppositions, workloadOf, workloadText } from './what-if-url.ts'

const rooms = ['board', 'risks', 'placement'] as const

/** What is supposed, each to be taken back, and the ways of supposing more. */
export function SupposePanel({
  supposed,
  onChange,
}: {
  readonly supposed: Suppositions
  readonly onChange: (next: Suppositions) => void
}) {
  useRooms(rooms)
  const choices = useChoices()
  const words = suppositionWords(supposed)
  const full = words.length >= mostSuppositions
  return (
    <Panel
      title="Suppose that"
      aside={
        words.length > 0 && (
          <button type="button" className="link" onClick={() => onChange(nothing)}>
            Nothing
          </button>
        )
      }
      className="lg:sticky lg:top-[calc(var(--header)+0.75rem)]"
    >
      {words.length > 0 && (
        <ul className="mb-3 flex flex-col gap-1.5">
          {words.map(({ key, text, without }) => (
            <li key={key} className="flex items-center rounded-md border border-accent bg-accent-soft pl-2.5 text-sm">
              <bdi className="min-w-0 flex-1 py-1.5 font-medium">{text}</bdi>
              <button
                type="button"
                aria-label={`Take back: ${text}`}
                className="grid h-8 w-8 shrink-0 place-items-center text-ink-2 hover:text-ink"
                onClick={() => onChange(without)}
              >
                <X size={15} aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      )}
      {supposed.zones.length + supposed.nodes.length > 0 && (
        <div className="mb-3">
          <Segments
            label="How they are lost"
            value={supposed.how}
            choices={[
              { value: 'deleted', label: 'Nodes are removed' },
              { value: 'down', label: 'They don’t answer' },
            ]}
            onChange={(how) => onChange({ ...supposed, how })}
          />
        </div>
      )}
      {full ? (
        <p className="text-ink-3 text-sm">No more than {mostSuppositions} at a time.</p>
      ) : (
        <div className="flex flex-col gap-3 border-line border-t pt-3">
          <Lose supposed={supposed} onChange={onChange} choices={choices} />
          <Scale supposed={supposed} onChange={onChange} choices={choices} />
          <Add supposed={supposed} onChange={onChange} choices={choices} />
          <Constrain supposed={supposed} onChange={onChange} choices={choices} />
        </div>
      )}
    </Panel>
  )
}

interface Choices {
  readonly zones: readonly { readonly value: string; readonly label: string }[]
  readonly nodes: readonly { readonly value: string; readonly label: string }[]
  readonly workloads: readonly { readonly value: string; readonly label: string; readonly pods: number }[]
  readonly constraints: readonly {
    readonly value: string
    readonly label: string
    readonly maxSkew: number
    readonly whenUnsatisfiable: string
  }[]
}

function useChoices(): Choices {
  const tiles = useRecords<BoardTile>('board', 'node/')
  const workloads = useRecords<RiskRecord>('risks', 'workload/')
  const groups = useRecords<PlacementGroup>('placement', 'group/')
  return useMemo(() => {
    const zones = [...new Set(tiles.flatMap(([, { zone }]) => zone ?? []))].sort(compareNames)
    const nodes = tiles
      .filter(([key, { unknown }]) => key !== 'node/' && !unknown)
      .map(([key]) => key.slice('node/'.length))
      .sort(compareNames)
    const same = (value: string) => ({ value, label: visibleText(value) })
    const constraints = new Map(
      groups
        .filter(([, { workload }]) => workload.kind !== 'Pod')
        .map(([, { namespace, workload, topologyKey, maxSkew, whenUnsatisfiable }]) => {
          const value = `${workloadText({ namespace, ...workload })}:${topologyKey}`
          const label = visibleText(`${namespace}/${workload.name} by ${topologyWord(topologyKey)}`)
          return [value, { value, label, maxSkew, whenUnsatisfiable }]
        }),
    )
    return {
      zones: zones.map(same),
      nodes: nodes.map(same),
      workloads: workloads
        .map(([, { id, namespace, workload, pods }]) => ({
          value: id,
          label: visibleText(`${namespace}/${workload.name} (${workload.kind})`),
          pods,
        }))
        .sort((a, b) => compareNames(a.label, b.label)),
      constraints: [...constraints.values()].sort((a, b) => compareNames(a.label, b.label)),
    }
  }, [tiles, workloads, groups])
}

interface Part {
  readonly supposed: Suppositions
  readonly onChange: (next: Suppositions) => void
  readonly choices: Choices
}

function Lose({ supposed, onChange, choices }: Part) {
  const { zones, nodes } = supposed
  return (
    <fieldset>
      <legend className="caption mb-1.5">Something is lost</legend>
      <div className="flex flex-wrap gap-2">
        <ChoiceFilter
          name="Zone"
          value=""
          choices={choices.zones.filter(({ value }) => !zones.includes(value))}
          onChange={(zone) => onChange({ ...supposed, zones: [...zones, zone] })}
        />
        <ChoiceFilter
          name="Node"
          value=""
          choices={choices.nodes.filter(({ value }) => !nodes.includes(value))}
          onChange={(node) => onChange({ ...supposed, nodes: [...nodes, node] })}
        />
      </div>
    </fieldset>
  )
}

const number = 'field w-20 px-2 text-right'
const button = 'field px-2.5 font-medium disabled:text-ink-3'

function Scale({ supposed, onChange, choices }: Part) {
  const [workload, setWorkload] = useState('')
  const [count, setCount] = useState('')
  const chosen = workloadOf(workload)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!chosen || !/^\d{1,6}$/.test(count)) return
    const others = supposed.scale.filter((each) => workloadText(each) !== workload)
    onChange({ ...supposed, scale: [...others, { ...chosen, replicas: Number(count) }] })
    setWorkload('')
    setCount('')
  }
  return (
    <form onSubmit={submit}>
      <fieldset>
        <legend className="caption mb-1.5">A workload is scaled</legend>
        <div className="flex flex-wrap items-center gap-2">
          <ChoiceFilter
            name="Workload"
            value={workload}
            choices={choices.workloads}
            onChange={(value) => {
              setWorkload(value)
              setCount(String(choices.workloads.find((each) => each.value === value)?.pods ?? ''))
            }}
          />
          {chosen && (
            <>
              <label className="flex items-center gap-1.5 text-sm">
                to
                <input
                  type="number"
                  min={0}
                  max={100_000}
                  required
                  value={count}
                  onChange={(event) => setCount(event.target.value)}
                  className={number}
                  aria-label="Replicas"
                />
              </label>
              <button type="submit" className={button}>
                Suppose
              </button>
            </>
          )}
        </div>
      </fieldset>
    </form>
  )
}

function Add({ supposed, onChange, choices }: Part) {
  const [like, setLike] = useState('')
  const [count, setCount] = useState('1')
  const [zone, setZone] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (like === '' || !/^[1-9]\d{0,3}$/.test(count)) return
    onChange({ ...supposed, add: [...supposed.add, { count: Number(count), like, zone: zone.trim() }] })
    setLike('')
  }
  return (
    <form onSubmit={submit}>
      <fieldset>
        <legend className="caption mb-1.5">Nodes are added, in a new zone perhaps</legend>
        <div className="flex flex-wrap items-center gap-2">
          <ChoiceFilter name="Nodes like" value={like} choices={choices.nodes} onChange={setLike} />
          {like !== '' && (
            <>
              <input
                type="number"
                min={1}
                max={1_000}
                required
                value={count}
                onChange={(event) => setCount(event.target.value)}
                className={number}
                aria-label="How many"
              />
              <input
                type="text"
                value={zone}
                maxLength={63}
                pattern="[A-Za-z0-9]([A-Za-z0-9_.\-]*[A-Za-z0-9])?"
                placeholder="zone: the same"
                aria-label="Their zone; empty: the same"
                onChange={(event) => setZone(event.target.value)}
                className="field w-36 px-2 placeholder:text-ink-3"
              />
              <button type="submit" className={button}>
                Suppose
              </button>
            </>
          )}
        </div>
      </fieldset>
    </form>
  )
}

function Constrain({ supposed, onChange, choices }: Part) {
  const [id, setId] = useState('')
  const [skew, setSkew] = useState('')
  const [when, setWhen] = useState('')
  const [workload = '', topologyKey = ''] = id.split(':')
  const chosen = workloadOf(workload)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!chosen || !/^[1-9]\d{0,5}$/.test(skew)) return
    const whenUnsatisfiable = when === 'DoNotSchedule' || when === 'ScheduleAnyway' ? when : null
    const others = supposed.spread.filter((each) => `${workloadText(each)}:${each.topologyKey}` !== id)
    onChange({ ...supposed, spread: [...others, { ...chosen, topologyKey, maxSkew: Number(skew), whenUnsatisfiable }] })
    setId('')
  }
  return (
    <form onSubmit={submit}>
      <fieldset>
        <legend className="caption mb-1.5">A spread constraint is another</legend>
        <div className="flex flex-wrap items-center gap-2">
          <ChoiceFilter
            name="Constraint"
            value={id}
            choices={choices.constraints}
            onChange={(value) => {
              const found = choices.constraints.find((each) => each.value === value)
              setId(value)
              setSkew(String(found?.maxSkew ?? ''))
              setWhen(found?.whenUnsatisfiable ?? '')
            }}
          />
          {chosen && (
            <>
              <label className="flex items-center gap-1.5 text-sm">
                maxSkew
                <input
                  type="number"
                  min={1}
                  max={100_000}
                  required
                  value={skew}
                  onChange={(event) => setSkew(event.target.value)}
                  className={number}
                />
              </label>
              <select
                aria-label="whenUnsatisfiable"
                value={when}
                onChange={(event) => setWhen(event.target.value)}
                className="field px-2"
              >
                <option>DoNotSchedule</option>
                <option>ScheduleAnyway</option>
              </select>
              <button type="submit" className={button}>
                Suppose
              </button>
            </>
          )}
        </div>
      </fieldset>
    </form>
  )
}
