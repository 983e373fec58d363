import { PlumbMark } from '../kube/PlumbMark.tsx'
import { Panel } from '../ui/Panel.tsx'
import { SkeletonRows } from '../ui/Skeleton.tsx'
import { DeafnessNote } from './DeafnessNote.tsx'

/** The page's shape before the first data: the same areas, so that nothing jumps. */
export function OverviewSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <DeafnessNote />
      <section className="panel flex items-center gap-6 px-6" aria-label="Verdict">
        <PlumbMark severity="ok" faint className="h-28 w-21 shrink-0" />
        <div className="flex flex-1 flex-col gap-3">
          <h1 className="text-ink-3 text-xl">Listening to the cluster…</h1>
          <div aria-hidden="true" className="skeleton h-4 w-2/3" />
        </div>
      </section>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,5fr)_minmax(0,8fr)]">
        <Panel title="Problems">
          <SkeletonRows rows={7} label="Problems are on their way" />
        </Panel>
        <Panel title="Zones">
          <SkeletonRows rows={9} label="The zone board is on its way" />
        </Panel>
      </div>
    </div>
  )
}
