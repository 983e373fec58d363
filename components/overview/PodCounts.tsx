import Link from 'next/link'
import type { ReactNode } from 'react'
import { severities } from '../../domain/health/severity.ts'
import type { OverviewSummary } from '../../domain/live/protocol.ts'
import { podsAddress } from '../kube/addresses.ts'
import { SeverityBar } from '../kube/SeverityBar.tsx'
import { SeverityGlyph } from '../kube/SeverityGlyph.tsx'
import { severityNouns } from '../kube/severity-words.ts'
import { countText, numberText } from '../ui/count-text.ts'

/** The counts beside the verdict: pods by severity, then nodes and what else can be counted on. */
export function PodCounts({ summary }: { readonly summary: OverviewSummary }) {
  const { pods, nodes } = summary
  const notReady = nodes.total - nodes.ready
  return (
    <div className="flex min-w-0 flex-col justify-center gap-3 pb-4 max-xl:border-s-line max-xl:border-t max-xl:pt-4 xl:w-[38rem] xl:border-s-line xl:border-l xl:py-4 xl:pl-6">
      <SeverityBar counts={pods.bySeverity} className="h-2" />
      <ul className="flex flex-wrap gap-x-5 gap-y-1">
        <li className="font-semibold">{countText(pods.total, 'pod')}</li>
        {severities.map((severity) => (
          <li key={severity}>
            <Link
              href={podsAddress({ severity })}
              prefetch={false}
              className="flex items-center gap-1.5 rounded-sm hover:text-accent"
            >
              <SeverityGlyph severity={severity} label={false} size="0.9375rem" />
              <span className="font-semibold">{numberText(pods.bySeverity[severity])}</span>
              <span className="text-ink-2 text-sm">
                {severityNouns[severity][pods.bySeverity[severity] === 1 ? 0 : 1]}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <dl className="flex flex-wrap gap-x-6 gap-y-1 text-sm">
        <Fact name="Nodes ready" bad={notReady > 0}>
          {numberText(nodes.ready)}/{numberText(nodes.total)}
        </Fact>
        <Fact name="Zones">{numberText(summary.zones)}</Fact>
        <Fact name="Namespaces">{numberText(summary.namespaces)}</Fact>
        <Fact name="Workloads">{numberText(summary.workloads)}</Fact>
        <Fact name="Spread violated" bad={summary.skewViolations > 0}>
          {numberText(summary.skewViolations)}/{numberText(summary.spreadConstraints)}
        </Fact>
      </dl>
    </div>
  )
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
    <div className="flex items-baseline gap-1.5">
      <dt className="text-ink-2">{name}</dt>
      <dd className={bad ? 'font-bold text-error' : 'font-semibold'}>{children}</dd>
    </div>
  )
}
