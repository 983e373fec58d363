import type { ClusterEvent } from '../model/cluster-event.ts'
import type { Pod } from '../model/pod.ts'
import { type CauseSign, causeSign, type EndedRun, exitOf, isDuring, latestSign, signEvidence } from './cause-sign.ts'
import { endSignal, exitWords } from './exit-words.ts'
import { killedBy } from './kill-cause.ts'
import type { PodContainer, TerminatedState } from './pod-container.ts'
import { podEnd } from './pod-end.ts'
import type { Evidence } from './problem.ts'
import { isExecutableMissing, startFailureWords } from './start-failure.ts'

export type RunCauseType =
  | 'oom'
  | 'liveness'
  | 'startup'
  | 'exit'
  | 'signal'
  | 'completed'
  | 'image'
  | 'config'
  | 'start-failed'
  | 'executable'
  | 'hook'
  | 'node-shutdown'
  | 'evicted'
  | 'lost'
  | 'deleted'
  | 'unknown'

/** Why a run ended, or why a container can't start. */
export interface RunCause {
  readonly type: RunCauseType
  /** Completes "restarts because of …" and stands alone as a label: "liveness probe", "exit code 3". */
  readonly words: string
  readonly endedBy: 'kubelet' | 'kernel' | 'itself' | 'user' | 'node' | 'unknown'
  /** Kubernetes says so; otherwise it is what the signs point to. */
  readonly certain: boolean
  readonly evidence: readonly Evidence[]
}

/** What is known of a container and its pod; null where nobody knows (any more). */
export interface CauseSubject {
  readonly name: string
  /** Where the run stands: "status.containerStatuses[app].lastState.terminated". */
  readonly path: string
  readonly source: 'status' | 'history'
  readonly memoryLimit: string | null
  readonly hasLivenessProbe: boolean
  readonly hasStartupProbe: boolean
  readonly pod: Pick<Pod, 'deletedAt' | 'phase' | 'reason' | 'message' | 'conditions'> | null
}

/** The cause of an ended run as the API's pod and events tell it. */
export function containerRunCause(
  pod: Pod,
  container: PodContainer,
  run: TerminatedState | null,
  events: readonly ClusterEvent[],
): RunCause {
  const { spec, status, type } = container
  const list = type === 'main' ? 'containerStatuses' : 'initContainerStatuses'
  return runCause(
    {
      name: spec.name,
      path: `status.${list}[${spec.name}].${run !== null && run === status?.state ? 'state' : 'lastState'}.terminated`,
      source: 'status',
      memoryLimit: spec.limits.memory ?? null,
      hasLivenessProbe: spec.livenessProbe !== null,
      hasStartupProbe: spec.startupProbe !== null,
      pod,
    },
    run,
    events.length === 0 ? none : events.map(causeSign),
  )
}

const none: readonly never[] = []

/**
 * What ended a container's run. Exit code and reason are the status's; that a probe, a hook or
 * somebody outside was behind it only events tell, and those may be missing (client-go drops and
 * folds them): then the exit code is all that is said, with a suspicion at most. Exit code 137 is
 * SIGKILL and no more: out of memory is said only where the runtime gives the reason OOMKilled.
 *
 * @param signs of the pod; those of other containers are left out
 */
export function runCause(subject: CauseSubject, run: EndedRun | null, signs: readonly CauseSign[]): RunCause {
  const own = signs.filter(({ container }) => container === subject.name)
  const told = run && statusEvidence(subject, run)
  if (run && told && run.reason === 'OOMKilled') {
    const words = subject.memoryLimit ? `out of memory (limit ${subject.memoryLimit})` : 'out of memory'
    return { type: 'oom', words, endedBy: 'kernel', certain: true, evidence: [told] }
  }
  const killed = killedBy(isLeftAlone(subject, signs), run, own, told)
  if (killed) return killed
  if (!run || !told || run.exitCode === null) {
    return { type: 'unknown', words: 'unknown', endedBy: 'unknown', certain: false, evidence: told ? [told] : [] }
  }
  const cause = (type: RunCauseType, words: string, endedBy: RunCause['endedBy'], certain = true): RunCause => {
    return { type, words, endedBy, certain, evidence: [told] }
  }
  if (run.reason === 'StartError' || run.reason === 'ContainerCannotRun') {
    const isMissing = isExecutableMissing(run.message)
    return cause(isMissing ? 'executable' : 'start-failed', startFailureWords(run.message), 'kubelet')
  }
  if (run.reason === 'ContainerStatusUnknown') return cause('lost', 'lost by the kubelet', 'unknown')
  // containerd's word for a container that was gone when it came up again, as after a reboot.
  if (run.reason === 'Unknown' && run.exitCode === 255) return cause('lost', 'lost by its runtime', 'node')
  if (run.reason === 'RestartingAllContainers') {
    return cause('deleted', 'another container’s exit restarts all of the pod', 'kubelet')
  }
  const outside = endedFromOutside(subject, run, signs, told)
  if (outside) return outside
  const ended = { exitCode: run.exitCode, signal: run.signal ?? 0 }
  const signal = endSignal(ended)
  if (signal !== null) {
    const own = ownSignals.has(signal)
    const words = `${exitWords(ended)}${suspicion(subject, signal)}`
    return cause('signal', words, own ? 'itself' : 'unknown', own)
  }
  if (run.exitCode === 0) return cause('completed', 'ends by itself (exit code 0)', 'itself')
  if (run.exitCode === 126 || run.exitCode === 127) return cause('executable', exitWords(ended), 'itself', false)
  return cause('exit', exitWords(ended), 'itself')
}

/** Signals that the kernel sends for what a program did itself: ILL, TRAP, ABRT, BUS, FPE, SEGV, PIPE. */
const ownSignals: ReadonlySet<number> = new Set([4, 5, 6, 7, 8, 11, 13])

/**
 * A container with a liveness or startup probe that ends by SIGKILL or SIGTERM while its pod isn't
 * deleted was most likely killed by the kubelet for it, but without an event that isn't known.
 */
function suspicion({ hasLivenessProbe, hasStartupProbe }: CauseSubject, signal: number): string {
  if ((signal !== 9 && signal !== 15) || (!hasLivenessProbe && !hasStartupProbe)) return ''
  if (hasLivenessProbe && hasStartupProbe) return ', perhaps one of its probes'
  return hasLivenessProbe ? ', perhaps its liveness probe' : ', perhaps its startup probe'
}

/** Nobody ended the pod or its sandbox. */
function isLeftAlone({ pod }: CauseSubject, signs: readonly CauseSign[]): boolean {
  return (
    pod !== null && pod.deletedAt === null && !podEnd(pod) && !signs.some(({ reason }) => reason === 'SandboxChanged')
  )
}

/** Ends that have nothing to do with the container: its pod or its node ended. */
function endedFromOutside(
  subject: CauseSubject,
  run: EndedRun,
  signs: readonly CauseSign[],
  told: Evidence,
): RunCause | null {
  const { pod } = subject
  const end = pod && podEnd(pod)
  if (end) return { ...end, evidence: [told, ...end.evidence] }
  const sandbox = latestSign(signs.filter((sign) => sign.reason === 'SandboxChanged' && isDuring(run, sign)))
  if (sandbox && endSignal(exitOf(run)) !== null) {
    const words = 'the pod’s sandbox was made anew'
    return { type: 'lost', words, endedBy: 'node', certain: false, evidence: [told, signEvidence(sandbox)] }
  }
  if (pod?.deletedAt == null) return null
  const stopped = latestSign(
    signs.filter((sign) => {
      return sign.container === subject.name && sign.message.startsWith('Stopping container') && isDuring(run, sign)
    }),
  )
  if (!stopped) return null
  return {
    type: 'deleted',
    words: 'the pod is being deleted',
    endedBy: 'user',
    certain: true,
    evidence: [told, signEvidence(stopped)],
  }
}

function statusEvidence({ path, source }: CauseSubject, run: EndedRun): Evidence {
  const parts = [
    run.reason === '' ? null : `reason ${run.reason}`,
    run.exitCode === null ? 'its end was never told' : exitWords(exitOf(run)),
  ]
  return { source, path, text: parts.filter(Boolean).join(', '), at: run.finishedAt, count: null }
}
