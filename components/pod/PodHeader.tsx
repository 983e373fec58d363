import Link from 'next/link'
import type { ReactNode } from 'react'
import type { PodDetail } from '../../domain/live/protocol.ts'
import { podsAddress, workloadAddress } from '../kube/addresses.ts'
import { RestartsText } from '../kube/RestartsText.tsx'
import { SeverityGlyph } from '../kube/SeverityGlyph.tsx'
import { Words } from '../kube/Words.tsx'
import { Age } from '../live/Age.tsx'
import { RolloutLine } from '../story/RolloutLine.tsx'

/** The pod in the words of `kubectl get pods -o wide`. */
export function PodHeader({ pod }: { readonly pod: PodDetail }) {
  const { row } = pod
  return (
    <section
      aria-label="Pod"
      data-severity={row.severity}
      className="panel border-l-4 border-l-s-fill px-4 py-3.5 sm:px-5"
    >
      <p className="text-ink-3 text-sm">
        <Link href="/pods" className="link">
          Pods
        </Link>{' '}
        /{' '}
        <Link href={podsAddress({ namespace: row.namespace })} prefetch={false} className="link">
          <Words text={row.namespace} />
        </Link>
      </p>
      <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1">
        <h1 className="min-w-0 font-semibold text-xl tracking-tight sm:text-2xl">
          <Words text={row.name} />
        </h1>
        <p className="flex min-w-0 items-center gap-2 rounded-md bg-s-soft px-2.5 py-1 font-semibold text-s">
          <SeverityGlyph severity={row.severity} size="1.0625rem" />
          <Words text={row.status} />
        </p>
        {pod.deletedAt !== null && (
          <p className="text-ink-2">
            deleted <Age at={pod.deletedAt} suffix=" ago" />
          </p>
        )}
      </div>
      {(pod.reason !== '' || pod.message !== '') && (
        <Words
          text={[pod.reason, pod.message].filter((text) => text !== '').join(': ')}
          className="mt-1 block text-ink-2"
        />
      )}
      <dl className="mt-3 flex flex-wrap gap-x-8 gap-y-2.5">
        <Fact name="Ready">{row.ready}</Fact>
        <Fact name="Restarts">
          <RestartsText restarts={row.restarts} lastRestartAt={row.lastRestartAt} />
        </Fact>
        <Fact name="Age">
          <Age at={row.createdAt} />
        </Fact>
        <Fact name="Node">
          {row.node === null ? (
            'none yet'
          ) : (
            <Link href={podsAddress({ text: row.node })} prefetch={false} className="link">
              <Words text={row.node} />
            </Link>
          )}
          {pod.nodeReady === false && (
            <span data-severity="error" className="ml-1.5 whitespace-nowrap font-bold text-s">
              NotReady
            </span>
          )}
        </Fact>
        <Fact name="Zone">{row.zone === null ? 'unknown' : <Words text={row.zone} />}</Fact>
        <Fact name="Workload">
          {row.workload === null ? (
            'none'
          ) : (
            <Link href={workloadAddress(row.namespace, row.workload)} prefetch={false} className="link">
              <Words text={`${row.workload.kind} ${row.workload.name}`} />
            </Link>
          )}
        </Fact>
        <Fact name="Pod IP" minor>
          {pod.podIP === '' ? 'none' : <Words text={pod.podIP} />}
        </Fact>
        <Fact name="QoS class" minor>
          {pod.qosClass === '' ? 'unknown' : <Words text={pod.qosClass} />}
        </Fact>
        {pod.kubeletVersion !== '' && (
          <Fact name="Kubelet" minor>
            <Words text={pod.kubeletVersion} />
          </Fact>
        )}
      </dl>
      {pod.rollout !== null && pod.problems.length === 0 && (
        <div className="mt-3 border-line border-t pt-2.5">
          <RolloutLine rollout={pod.rollout} />
        </div>
      )}
    </section>
  )
}

function Fact({
  name,
  children,
  minor = false,
}: {
  readonly name: string
  readonly children: ReactNode
  /** On phones what is wrong must be in sight first: it stands with the labels there. */
  readonly minor?: boolean
}) {
  return (
    <div className={`min-w-0 ${minor ? 'max-sm:hidden' : ''}`}>
      <dt className="caption">{name}</dt>
      <dd className="line-clamp-4 font-medium">{children}</dd>
    </div>
  )
}
