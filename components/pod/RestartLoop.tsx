import { RotateCw } from 'lucide-react'
import type { ContainerDetail } from '../../domain/live/protocol.ts'
import { Words } from '../kube/Words.tsx'
import { Age, Countdown } from '../live/Age.tsx'
import { countText } from '../ui/count-text.ts'

/** A restart loop in progress: since when, how often, why, and when the kubelet tries again. */
export function RestartLoop({ loop }: { readonly loop: NonNullable<ContainerDetail['loop']> }) {
  return (
    <div data-severity="error" className="mt-3 rounded-md border border-s-line bg-s-soft px-3 py-2 text-sm">
      <p className="flex flex-wrap items-center gap-x-2">
        <RotateCw size={15} aria-hidden="true" className="text-s" />
        <strong className="font-semibold text-s">Restart loop</strong>
        <span>
          for <Age at={loop.since} />, {countText(loop.restarts, 'restart')}
        </span>
        {loop.nextAttemptAt !== null && (
          <span className="font-semibold sm:ml-auto">
            next attempt <Countdown at={loop.nextAttemptAt} over="any moment now" />
          </span>
        )}
      </p>
      <Words text={loop.cause.words} className="mt-1 block text-ink-2" />
    </div>
  )
}
