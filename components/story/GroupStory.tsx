'use client'

import Link from 'next/link'
import type { ProblemGroup } from '../../domain/health/problem.ts'
import { placementTextAddress, problemGroupAddress } from '../kube/addresses.ts'
import { Words } from '../kube/Words.tsx'
import { useRecord } from '../live/use-record.ts'
import { AffectedList } from './AffectedList.tsx'
import { StoryBody } from './StoryBody.tsx'

/** A group of problems unfolded. `room`: where the groups that explain it can be looked up. */
export function GroupStory({ group, room }: { readonly group: ProblemGroup; readonly room: string }) {
  const [subject] = group.affects.subjects
  const isSkew = group.kind === 'skew-violated' || group.kind === 'skew-uneven'
  return (
    <StoryBody story={group} rollout={group.rollout}>
      {group.explainedBy.length > 0 && (
        <div className="flex flex-col gap-0.5 text-sm">
          <p className="caption">Why its pods aren’t ready</p>
          <ul>
            {group.explainedBy.map((id) => (
              <li key={id}>
                <Explanation id={id} room={room} />
              </li>
            ))}
          </ul>
        </div>
      )}
      <AffectedList group={group} />
      {isSkew && subject && (
        <p className="text-sm">
          <Link href={placementTextAddress(group.workload?.name ?? subject.name)} prefetch={false} className="link">
            How its pods lie now
          </Link>
        </p>
      )}
    </StoryBody>
  )
}

function Explanation({ id, room }: { readonly id: string; readonly room: string }) {
  const group = useRecord<ProblemGroup>(room, `group/${id}`)
  return (
    <Link href={problemGroupAddress(id)} prefetch={false} className="link font-medium">
      <Words text={group?.title ?? 'The problem behind it'} />
    </Link>
  )
}
