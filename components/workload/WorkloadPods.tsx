import Link from 'next/link'
import type { PodRow } from '../../domain/live/pod-row.ts'
import type { WorkloadDetail } from '../../domain/live/protocol.ts'
import { podAddress, podsAddress } from '../kube/addresses.ts'
import { RestartsText } from '../kube/RestartsText.tsx'
import { SeverityGlyph } from '../kube/SeverityGlyph.tsx'
import { Words } from '../kube/Words.tsx'
import { Age } from '../live/Age.tsx'
import { countText, numberText } from '../ui/count-text.ts'
import { Panel } from '../ui/Panel.tsx'

/** More than that are looked at in the pods table. */
const shown = 40

/** The workload's pods in the words of `kubectl get pods`, the worst first. */
export function WorkloadPods({
  workload: { pods, podsTotal, namespace, name },
}: {
  readonly workload: WorkloadDetail
}) {
  const visible = pods.slice(0, shown)
  return (
    <Panel title="Pods" count={numberText(podsTotal)} bodyClassName="">
      {pods.length === 0 ? (
        <p className="px-4 pb-4 text-ink-3 text-sm">It has no pods now.</p>
      ) : (
        <ul className="divide-y divide-line border-line border-t">
          {visible.map((pod) => (
            <PodOfWorkload key={pod.uid} pod={pod} />
          ))}
        </ul>
      )}
      {podsTotal > visible.length && (
        <p className="border-line border-t px-4 py-2 text-sm">
          <Link href={podsAddress({ namespace, text: name })} prefetch={false} className="link">
            {countText(podsTotal - visible.length, 'more pod')}
          </Link>
        </p>
      )}
    </Panel>
  )
}

function PodOfWorkload({ pod }: { readonly pod: PodRow }) {
  return (
    <li
      data-severity={pod.severity}
      className="relative grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 px-4 py-1.5 text-sm hover:bg-sunken/60 md:grid-cols-[auto_minmax(0,5fr)_minmax(0,3fr)_3.5rem_7rem_minmax(0,3fr)_3.5rem]"
    >
      <SeverityGlyph severity={pod.severity} size="0.9375rem" />
      <Link
        href={podAddress(pod.namespace, pod.name)}
        prefetch={false}
        className="min-w-0 font-medium after:absolute after:inset-0 hover:text-accent"
      >
        <Words text={pod.name} clip />
      </Link>
      <Words
        text={pod.status}
        clip
        className={pod.severity === 'ok' ? 'text-ink-2 max-md:text-right' : 'font-semibold text-s max-md:text-right'}
      />
      <span className="text-ink-2 max-md:col-start-2">
        {pod.ready}
        <span className="md:hidden"> ready</span>
      </span>
      <span className="whitespace-nowrap text-ink-2 max-md:hidden">
        <RestartsText restarts={pod.restarts} lastRestartAt={pod.lastRestartAt} />
      </span>
      <Words text={pod.node ?? 'no node'} clip className="text-ink-3 max-md:hidden" />
      <span className="text-right text-ink-2">
        <Age at={pod.createdAt} />
      </span>
    </li>
  )
}
