'use client'

import Link from 'next/link'
import { useMemo } from 'react'
import type { AffinityRecord } from '../../domain/live/protocol.ts'
import { podAddress, workloadAddress } from '../kube/addresses.ts'
import { PlumbMark } from '../kube/PlumbMark.tsx'
import { SeverityGlyph } from '../kube/SeverityGlyph.tsx'
import { Words } from '../kube/Words.tsx'
import { RoomGate } from '../live/RoomGate.tsx'
import { useRecords } from '../live/use-record.ts'
import { useRoom } from '../live/use-room.ts'
import { useUrlState } from '../live/use-url-state.ts'
import { countText, numberText } from '../ui/count-text.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { SearchField } from '../ui/SearchField.tsx'
import { SkeletonRows } from '../ui/Skeleton.tsx'
import { WindowList } from '../ui/WindowList.tsx'

const room = 'affinity'

/** Affinity rules of running pods: which no longer hold, and how well the preferred ones are met. */
export function AffinityView() {
  const phase = useRoom(room)
  const records = useRecords<AffinityRecord>(room, 'workload/')
  const { parameters, change } = useUrlState()
  const text = parameters.get('text') ?? ''
  const standings = useMemo(
    () =>
      records
        .map(([, standing]) => standing)
        .filter(({ id }) => id.toLowerCase().includes(text.toLowerCase()))
        .sort(compareStandings),
    [records, text],
  )
  const broken = records.filter(([, standing]) => standing.broken.length > 0).length
  return (
    <>
      <p role="status" className="text-ink-2 text-sm">
        {phase.phase === 'ready' &&
          `${countText(records.length, 'workload')} with affinity rules or taints to bear, ${broken === 0 ? 'all required ones hold' : `${broken} with rules that no longer hold`}`}
      </p>
      <search>
        <SearchField label="Workload or namespace" value={text} onChange={(next) => change({ text: next })} />
      </search>
      <RoomGate
        phase={phase}
        skeleton={
          <div className="panel p-4">
            <SkeletonRows rows={8} label="Affinity rules are on their way" />
          </div>
        }
      >
        {standings.length > 0 ? (
          <WindowList
            items={standings}
            rowHeight={110}
            open=""
            draw={(standing) => <StandingItem standing={standing} />}
          />
        ) : (
          <div className="panel">
            <EmptyState
              title={text === '' ? 'No affinity rules to tell of' : 'None has this text in its name'}
              picture={<PlumbMark severity="ok" className="h-24" />}
            >
              {text === '' ? 'No running pod has a preferred term, and all required ones hold.' : null}
            </EmptyState>
          </div>
        )}
      </RoomGate>
    </>
  )
}

function compareStandings(a: AffinityRecord, b: AffinityRecord): number {
  const pods = ({ broken }: AffinityRecord) => broken.reduce((sum, each) => sum + each.pods, 0)
  const unmet = ({ weightMet, weightPossible }: AffinityRecord) => weightPossible - weightMet
  return pods(b) - pods(a) || unmet(b) - unmet(a) || (a.id < b.id ? -1 : 1)
}

function StandingItem({ standing }: { readonly standing: AffinityRecord }) {
  const { namespace, workload, broken, preferred, weightMet, weightPossible } = standing
  const severity = broken.length > 0 ? 'warning' : 'ok'
  return (
    <div
      data-severity={severity}
      className={`grid gap-x-6 gap-y-2 px-4 py-3 text-sm md:grid-cols-[minmax(0,1fr)_minmax(0,2fr)] ${broken.length > 0 ? 'bg-s-soft/40' : ''}`}
    >
      <div className="min-w-0">
        <p className="flex items-center gap-2 text-base">
          <SeverityGlyph severity={severity} size="0.9375rem" />
          <Link
            href={workloadAddress(namespace, workload)}
            prefetch={false}
            className="min-w-0 font-semibold hover:text-accent"
          >
            <Words text={`${namespace}/${workload.name}`} />
          </Link>
        </p>
        <p className="pl-6 text-ink-3">
          <Words text={workload.kind} />
        </p>
        {weightPossible > 0 && (
          <div className="mt-1.5 pl-6">
            <p>
              Preferred weight <strong className="font-semibold">{numberText(weightMet)}</strong> of{' '}
              {numberText(weightPossible)} met
            </p>
            <span aria-hidden="true" className="mt-1 block h-2 max-w-56 overflow-hidden rounded-xs bg-sunken">
              <span className="block h-full bg-accent" style={{ width: `${(100 * weightMet) / weightPossible}%` }} />
            </span>
          </div>
        )}
      </div>
      <ul className="flex min-w-0 flex-col gap-2">
        {broken.map((term) => (
          <li key={`${term.kind} ${term.words}`} className="rounded-md border border-s-line bg-s-soft px-3 py-2">
            <p>
              <strong className="text-s">No longer holds</strong> for {countText(term.pods, 'pod')}:{' '}
              <bdi>{term.words}</bdi>
            </p>
            <p className="text-ink-2 text-xs">
              {term.effect === 'evicts'
                ? 'They are evicted when their time of toleration is over.'
                : 'Nothing moves them: the rule counts only when a pod is placed.'}
            </p>
            <ul className="mt-1 text-xs">
              {term.examples.map((example) => (
                <li key={`${example.pod} ${example.with}`}>
                  <PodName name={example.pod} /> on <Words text={example.node} />
                  {example.with !== null && (
                    <>
                      {' '}
                      with <PodName name={example.with} />
                    </>
                  )}
                </li>
              ))}
            </ul>
          </li>
        ))}
        {preferred.map((term) => (
          <li
            key={`${term.kind} ${term.words} ${term.weight}`}
            className="grid grid-cols-[5rem_minmax(0,1fr)] items-baseline gap-x-3"
          >
            <span className="text-right">
              <strong className="font-semibold">
                {numberText(term.met)}/{numberText(term.pods)}
              </strong>{' '}
              <span className="text-ink-3 text-xs">met</span>
            </span>
            <span className="text-ink-2">
              preferred with weight {term.weight}: <bdi>{term.words}</bdi>
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** "namespace/name" leads to its page. */
function PodName({ name: full }: { readonly name: string }) {
  const [namespace = '', name = ''] = full.split('/')
  if (name === '') return <Words text={full} />
  return (
    <Link href={podAddress(namespace, name)} prefetch={false} className="link">
      <Words text={full} />
    </Link>
  )
}
