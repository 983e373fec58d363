import type { DomainLoss } from '../../domain/placement/domain-loss.ts'
import { Words } from '../kube/Words.tsx'

/**
 * The zone-loss score: the share of ready pods that the worst single loss takes. All of several pods
 * is worth a warning; a single pod always goes whole.
 */
export function LossBar({
  loss,
  what,
  ready,
}: {
  readonly loss: DomainLoss | null
  readonly what: 'zone' | 'node'
  readonly ready: number
}) {
  if (!loss) return <p className="text-ink-3 text-xs">no ready pod in a known {what}</p>
  const percent = Math.round(100 * loss.fraction)
  const severity = loss.fraction >= 1 && ready > 1 ? 'warning' : 'none'
  return (
    <div data-severity={severity} className="flex items-center gap-2.5 text-xs">
      <span aria-hidden="true" className="relative h-2.5 min-w-16 flex-1 overflow-hidden rounded-xs bg-sunken">
        <span
          className={`absolute inset-y-0 left-0 rounded-xs bg-s-fill ${severity === 'warning' ? 'hatch' : ''}`}
          style={{ width: `${100 * loss.fraction}%` }}
        />
        <span className="absolute inset-y-0 left-1/2 w-px bg-line-strong" />
      </span>
      <span className="flex w-44 min-w-0 gap-1">
        <strong className={severity === 'none' ? 'font-semibold' : 'text-s'}>{percent}%</strong>
        <span className="shrink-0 text-ink-2">({loss.ready}) with</span>
        <Words text={loss.domain} clip className="min-w-0 text-ink-2" />
      </span>
    </div>
  )
}
