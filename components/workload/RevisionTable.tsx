'use client'

import { useState } from 'react'
import type { RevisionDetail, WorkloadDetail } from '../../domain/live/protocol.ts'
import { Words } from '../kube/Words.tsx'
import { Age } from '../live/Age.tsx'
import { KindNote } from '../live/KindNote.tsx'
import { imageChange } from '../story/image-change.ts'
import { numberText } from '../ui/count-text.ts'
import { Panel } from '../ui/Panel.tsx'

const shownAtFirst = 5

/** The workload's revisions, the newest first: which one makes pods, and what each changed. */
export function RevisionTable({ workload: { revisions, kind } }: { readonly workload: WorkloadDetail }) {
  const [all, setAll] = useState(false)
  const shown = all ? revisions : revisions.slice(0, shownAtFirst)
  return (
    <Panel title="Revisions" count={revisions.length === 0 ? undefined : revisions.length} bodyClassName="">
      {kind === 'Deployment' && (
        <div className="px-4 pb-2 empty:hidden">
          <KindNote kind="ReplicaSet" without="a Deployment’s revisions aren’t known." />
        </div>
      )}
      {revisions.length === 0 ? (
        <p className="px-4 pb-4 text-ink-3 text-sm">None known.</p>
      ) : (
        <ol className="divide-y divide-line border-line border-t">
          {shown.map((revision, index) => (
            <Revision key={revision.name} revision={revision} before={revisions[index + 1] ?? null} />
          ))}
        </ol>
      )}
      {shown.length < revisions.length && (
        <p className="border-line border-t px-4 py-2 text-sm">
          <button type="button" className="link" onClick={() => setAll(true)}>
            {revisions.length - shown.length} older
          </button>
        </p>
      )}
    </Panel>
  )
}

function Revision({ revision, before }: { readonly revision: RevisionDetail; readonly before: RevisionDetail | null }) {
  const { replicas, readyReplicas, current } = revision
  const short = replicas > 0 && readyReplicas < replicas
  const was = new Map(before?.images ?? [])
  return (
    <li data-severity={short ? 'warning' : 'none'} className="px-4 py-2 text-sm">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <Words text={revision.revision} className="font-semibold" />
        {current && <span className="rounded-sm border border-line-strong px-1.5 text-ink-2 text-xs">current</span>}
        <span className={short ? 'font-semibold text-s' : 'text-ink-2'}>
          {replicas === 0 ? 'no pods' : `${numberText(readyReplicas)}/${numberText(replicas)} ready`}
        </span>
        <span className="ml-auto text-ink-3">
          <Age at={revision.createdAt} suffix=" ago" />
        </span>
      </p>
      <ul>
        {revision.images.map(([container, image]) => {
          const old = was.get(container)
          const changed = old !== undefined && old !== image
          return (
            <li key={container} className="text-ink-3 text-xs">
              <Words text={container} />{' '}
              <Words
                text={changed ? imageChange(old, image).to : image}
                className={`font-mono ${changed ? 'font-semibold text-ink' : 'text-ink-2'}`}
              />
            </li>
          )
        })}
      </ul>
    </li>
  )
}
