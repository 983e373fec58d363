import Link from 'next/link'
import type { ReactNode } from 'react'
import { compareSeverity, type Severity } from '../../domain/health/severity.ts'
import type { WorkloadDetail } from '../../domain/live/protocol.ts'
import { podsAddress } from '../kube/addresses.ts'
import { SeverityGlyph } from '../kube/SeverityGlyph.tsx'
import { Words } from '../kube/Words.tsx'
import { Age } from '../live/Age.tsx'
import { ZoneLossFact } from '../placement/ZoneLossFact.tsx'
import { countText, numberText } from '../ui/count-text.ts'

/** The workload in the words of `kubectl get deployments`. */
export function WorkloadHeader({ workload }: { readonly workload: WorkloadDetail }) {
  const { namespace, kind, name, replicas, readyReplicas, updatedReplicas, availableReplicas } = workload
  const severity = severityOf(workload)
  const isCounted = kind !== 'Job' && kind !== 'CronJob'
  const short = replicas !== null && readyReplicas < replicas
  return (
    <section
      aria-label="Workload"
      data-severity={severity}
      className="panel border-l-4 border-l-s-fill px-4 py-3.5 sm:px-5"
    >
      <p className="text-ink-3 text-sm">
        <Link href="/pods" className="link">
          Pods
        </Link>{' '}
        /{' '}
        <Link href={podsAddress({ namespace })} prefetch={false} className="link">
          <Words text={namespace} />
        </Link>{' '}
        / <Words text={kind} />
      </p>
      <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1">
        <h1 className="min-w-0 font-semibold text-xl tracking-tight sm:text-2xl">
          <Words text={name} />
        </h1>
        <p className="flex min-w-0 items-center gap-2 rounded-md bg-s-soft px-2.5 py-1 font-semibold text-s">
          <SeverityGlyph severity={severity} size="1.0625rem" />
          {workload.problems.length > 0
            ? countText(workload.problems.length, 'problem')
            : severity === 'progress'
              ? 'In progress'
              : 'No problems'}
        </p>
      </div>
      <dl className="mt-3 flex flex-wrap gap-x-8 gap-y-2.5">
        {isCounted && (
          <>
            <Fact name="Ready" bad={short}>
              {numberText(readyReplicas)}/{replicas === null ? '?' : numberText(replicas)}
            </Fact>
            <Fact name="Up to date" bad={replicas !== null && updatedReplicas < replicas}>
              {numberText(updatedReplicas)}
            </Fact>
            <Fact name="Available" bad={replicas !== null && availableReplicas < replicas}>
              {numberText(availableReplicas)}
            </Fact>
          </>
        )}
        <Fact name="Pods">{numberText(workload.podsTotal)}</Fact>
        <ZoneLossFact placed={workload.placed} />
        <Fact name="Age">
          <Age at={workload.createdAt} />
        </Fact>
        <Fact name="Revision">{workload.revisions.find(({ current }) => current)?.revision ?? 'unknown'}</Fact>
      </dl>
    </section>
  )
}

function severityOf({ problems, replicas, readyReplicas, updatedReplicas }: WorkloadDetail): Severity {
  const [worst] = problems.map(({ severity }) => severity).sort(compareSeverity)
  if (worst) return worst
  return replicas !== null && (readyReplicas < replicas || updatedReplicas < replicas) ? 'progress' : 'ok'
}

function Fact({
  name,
  children,
  bad = false,
}: {
  readonly name: string
  readonly children: ReactNode
  readonly bad?: boolean
}) {
  return (
    <div className="min-w-0">
      <dt className="caption">{name}</dt>
      <dd className={`line-clamp-4 ${bad ? 'font-bold text-s' : 'font-medium'}`}>{children}</dd>
    </div>
  )
}
