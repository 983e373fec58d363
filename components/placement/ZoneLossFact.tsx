import type { WorkloadDetail } from '../../domain/live/protocol.ts'
import { Words } from '../kube/Words.tsx'

/** For a workload's head: what the loss of one zone takes of its ready pods. Nothing where that isn't known. */
export function ZoneLossFact({ placed }: Pick<WorkloadDetail, 'placed'>) {
  const loss = placed?.zoneLoss
  if (!loss) return null
  const severity = placed.ready > 1 && loss.fraction >= 1 ? 'warning' : 'none'
  return (
    <div className="min-w-0" data-severity={severity}>
      <dt className="caption">Zone loss takes</dt>
      <dd className={severity === 'warning' ? 'font-bold text-s' : 'font-medium'}>
        {Math.round(100 * loss.fraction)}%{' '}
        <span className="font-normal text-ink-2">
          in <Words text={loss.domain} />
        </span>
      </dd>
    </div>
  )
}
