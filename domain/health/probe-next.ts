import type { ProbeDetail } from '../live/protocol.ts'
import type { ClusterEvent } from '../model/cluster-event.ts'
import type { Probe, ProbeKind } from '../model/pod-spec.ts'
import { containerEvents, killingProbe, latest } from './container-event.ts'
import { inARow, type ProbedContainer } from './probe-sentence.ts'
import { startingSpan } from './probe-timing.ts'
import { spanWords } from './span-words.ts'

/** What the kubelet does next because of a probe, and when at the earliest; null where nothing. */
export function probeNext(
  kind: ProbeKind,
  probe: Probe,
  container: ProbedContainer & { readonly name: string },
  known: Pick<ProbeDetail, 'state' | 'inARow'> & {
    readonly lastFailureAt: number | null
    readonly startedAt: number | null
  },
  events: readonly ClusterEvent[],
): ProbeDetail['next'] {
  const { state, startedAt } = known
  if (startedAt === null) return null
  const kill = latest(
    containerEvents(events, container.name, 'Killing').filter(
      (event) => killingProbe(event) === kind && event.lastAt >= startedAt,
    ),
  )
  if (kill) {
    const grace = probe.terminationGracePeriodSeconds ?? container.gracePeriod
    const at = kill.lastAt + grace * 1_000
    return { text: 'The kubelet is ending the container for it; what still runs then is killed.', at }
  }
  if (state === 'held-back' && probe.initialDelaySeconds > 0 && !(container.hasStartupProbe && kind !== 'startup')) {
    return {
      text: 'The first question comes after its initial delay.',
      at: startedAt + probe.initialDelaySeconds * 1_000,
    }
  }
  if (kind === 'startup') {
    if (state !== 'failing' && state !== 'not-started') return null
    const at = startedAt + startingSpan(probe).earliest * 1_000
    return { text: `If it goes on failing, the kubelet ${ending(container)}.`, at }
  }
  const { inARow: row } = known
  if (!row || known.lastFailureAt === null) {
    return state === 'failing' && kind === 'readiness' ? { text: backWords(probe), at: null } : null
  }
  if (kind === 'readiness' && state === 'failing') return { text: backWords(probe), at: null }
  if (kind === 'readiness' && state !== 'passing') return null
  const left = row.exact ? Math.max(1, row.of - row.count) : 1
  const effect = kind === 'readiness' ? 'the pod leaves its Services' : `the kubelet ${ending(container)}`
  const when = row.exact ? inARow(left, 'more failure', 'more failures') : `${inARow(row.of, 'failure')} in all`
  return { text: `After ${when} ${effect}.`, at: known.lastFailureAt + left * probe.periodSeconds * 1_000 }
}

function ending({ restartPolicy, hasRestartRules }: ProbedContainer): string {
  if (hasRestartRules) return 'ends the container, and its restart rules decide what follows'
  return restartPolicy === 'Never' ? 'ends the container for good' : 'restarts the container'
}

function backWords(probe: Probe): string {
  const successes = inARow(probe.successThreshold, 'success', 'successes')
  const wait = (probe.successThreshold - 1) * probe.periodSeconds * 1_000
  return wait > 0
    ? `After ${successes}, ${spanWords(wait)} at the least, the container counts as ready.`
    : `After ${successes} the container counts as ready.`
}
