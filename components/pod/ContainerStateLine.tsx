import { exitWords } from '../../domain/health/exit-words.ts'
import { humanDuration } from '../../domain/health/human-duration.ts'
import type { ContainerState } from '../../domain/model/pod.ts'
import { Words } from '../kube/Words.tsx'
import { Age } from '../live/Age.tsx'
import { stateWords } from './container-look.ts'

/** A container's state with its times, as `kubectl describe` tells it, and its message below. */
export function ContainerStateLine({
  state,
  message = true,
  ended = false,
}: {
  readonly state: ContainerState
  /** Whether its message is shown too. */
  readonly message?: boolean
  /** The pod has ended: what the kubelet last told of a run isn't so any more. */
  readonly ended?: boolean
}) {
  if (ended && state.type === 'running') {
    return (
      <>
        <span className="font-medium">Ended with its pod</span>
        <span className="text-ink-2">; the kubelet’s last word was “running”</span>
      </>
    )
  }
  return (
    <>
      <span className="font-medium">
        <Words text={stateWords(state)} />
      </span>
      {state.type === 'running' && state.startedAt !== null && (
        <span className="text-ink-2">
          {' '}
          for <Age at={state.startedAt} />
        </span>
      )}
      {state.type === 'terminated' && (
        <span className="text-ink-2">
          {' '}
          with {exitWords(state)}
          {state.finishedAt !== null && (
            <>
              , <Age at={state.finishedAt} suffix=" ago" />
            </>
          )}
          {state.startedAt !== null && state.finishedAt !== null && (
            <>, after {humanDuration(state.finishedAt - state.startedAt)}</>
          )}
        </span>
      )}
      {message && (state.type === 'waiting' || state.type === 'terminated') && state.message !== '' && (
        <Words text={state.message} className="mt-0.5 line-clamp-6 whitespace-pre-wrap text-ink-2 text-xs" />
      )}
    </>
  )
}
