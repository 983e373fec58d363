'use client'

import Link from 'next/link'
import { useState } from 'react'
import type { ProblemGroup } from '../../domain/health/problem.ts'
import { podAddress, podsAddress, workloadAddress } from '../kube/addresses.ts'
import { Words } from '../kube/Words.tsx'
import { Age } from '../live/Age.tsx'
import { countText } from '../ui/count-text.ts'

const shownAtFirst = 6

type Subject = ProblemGroup['affects']['subjects'][number]

/** Everything that a group of problems touches, by name and as links. */
export function AffectedList({
  group,
  ofWorkload = false,
}: {
  readonly group: ProblemGroup
  /** It stands on its workload's own page, which needn't say what the workload is. */
  readonly ofWorkload?: boolean
}) {
  const { affects, namespace, workload } = group
  const [all, setAll] = useState(false)
  const subjects = all ? affects.subjects : affects.subjects.slice(0, shownAtFirst)
  const hidden = affects.subjects.length - subjects.length
  const notTold = affects.subjects[0]?.kind === 'Pod' ? Math.max(0, affects.pods - affects.subjects.length) : 0
  return (
    <div className="flex flex-col gap-1.5 text-sm">
      {ofWorkload && affects.pods > 0 && (
        <p className="caption">
          {affects.pods === affects.podsTotal ? 'All' : affects.pods} of {countText(affects.podsTotal, 'pod')}
        </p>
      )}
      {workload && !ofWorkload && (
        <p>
          <span className="text-ink-3">{workload.kind}</span>{' '}
          <Link href={workloadAddress(namespace, workload)} prefetch={false} className="link font-medium">
            <Words text={`${namespace}/${workload.name}`} />
          </Link>
          {affects.pods > 0 && (
            <span className="text-ink-2">
              {' '}
              {affects.pods} of {countText(affects.podsTotal, 'pod')}
            </span>
          )}
        </p>
      )}
      <ul className="flex flex-wrap gap-x-5 gap-y-1">
        {subjects.map((subject) => (
          <li key={`${subject.uid} ${subject.container ?? ''}`} className="min-w-0">
            <SubjectLink subject={subject} />{' '}
            <span className="text-ink-3">
              {subject.container !== null && affects.containers.length > 1 && <Words text={`${subject.container}, `} />}
              <Age at={subject.since} />
            </span>
          </li>
        ))}
        {hidden > 0 && (
          <li>
            <button type="button" className="link" onClick={() => setAll(true)}>
              {hidden} more
            </button>
          </li>
        )}
        {hidden === 0 && notTold > 0 && <li className="text-ink-3">and {countText(notTold, 'more pod')}</li>}
      </ul>
      {affects.services.length > 0 && !ofWorkload && affects.subjects[0]?.kind !== 'Service' && (
        <p className="text-ink-2">
          <span className="text-ink-3">{affects.services.length === 1 ? 'Service' : 'Services'}</span>{' '}
          <Words text={affects.services.join(', ')} />
        </p>
      )}
    </div>
  )
}

function SubjectLink({ subject }: { readonly subject: Subject }) {
  const { kind, namespace, name } = subject
  if (kind === 'Pod') {
    return (
      <Link href={podAddress(namespace, name)} prefetch={false} className="link">
        <Words text={name} />
      </Link>
    )
  }
  return (
    <>
      <span className="text-ink-3">{kind}</span>{' '}
      {kind === 'Node' ? (
        <Link href={podsAddress({ text: name })} prefetch={false} className="link">
          <Words text={name} />
        </Link>
      ) : (
        <Words text={namespace === '' ? name : `${namespace}/${name}`} />
      )}
    </>
  )
}
