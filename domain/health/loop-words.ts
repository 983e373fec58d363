import { overdueAfter } from './back-off.ts'
import { kubernetesRelease } from './kubernetes-release.ts'
import { sentences } from './pod-problem.ts'
import type { RestartLoop } from './restart-loop.ts'
import { spanWords } from './span-words.ts'

/** What happens in a restart loop, what comes next and what nobody can know, in sentences. */
export function loopWords(loop: RestartLoop, kubeletVersion: string, now: number): string {
  const { backOff } = loop
  if (!backOff) return sentences(unsaid(loop))
  const { waitMs, earliestAt, latestAt, followingMs, maximum } = backOff
  const isOverdue = now > latestAt + overdueAfter
  return sentences(
    `The kubelet waits ${spanWords(waitMs)} from the end of the last run`,
    isOverdue
      ? 'The next attempt is overdue: the node’s kubelet may not run, or has other things in its way'
      : `It starts the container when it next looks at the pod after that${lateness(latestAt - earliestAt, kubeletVersion)}`,
    followingMs > waitMs
      ? `If it fails again within ten minutes the next wait is ${spanWords(followingMs)}`
      : `Each further wait is ${spanWords(followingMs)} too`,
    maximum.certain
      ? `${spanWords(maximum.ms)} is the longest wait on this node`
      : `The longest wait is taken to be ${spanWords(maximum.ms)}: a node may be configured otherwise, which the API doesn’t show`,
    'A run of ten minutes starts the waits anew',
  )
}

function unsaid({ stage, restarts }: RestartLoop): string {
  switch (stage) {
    case 'running':
      return 'Once it has run for ten minutes the kubelet forgets its failures, and the next restart comes without a wait'
    case 'back-off':
      return 'The kubelet waits before it tries again, but doesn’t say for how long'
    default:
      return restarts === 0
        ? 'The first restart comes without a wait'
        : 'It has just ended; the kubelet says within seconds how long it waits'
  }
}

function lateness(window: number, kubeletVersion: string): string {
  if (window < 1_000) return ''
  const release = kubernetesRelease(kubeletVersion)
  const which = release === null ? 'kubelets' : release < 1_035 ? 'kubelets before 1.35' : 'kubelets from 1.35 on'
  return `: ${which} do so up to ${spanWords(Math.ceil(window / 1_000) * 1_000)} later`
}
