import { initProgress } from '../../../../domain/health/init-progress.ts'
import { initStep } from '../../../../domain/health/init-step.ts'
import { kubectlDialect } from '../../../../domain/health/kubectl-dialect.ts'
import { podContainers } from '../../../../domain/health/pod-container.ts'
import { podHealth } from '../../../../domain/health/pod-health.ts'
import { restartsText } from '../../../../domain/health/pod-status.ts'
import { probeDetails } from '../../../../domain/health/probes.ts'
import { runDetails } from '../../../../domain/health/run-detail.ts'
import type { ClusterEvent } from '../../../../domain/model/cluster-event.ts'
import type { Pod } from '../../../../domain/model/pod.ts'
import { readClusterObject } from '../../../../domain/read/cluster-object.ts'
import { Interner } from '../../../../domain/read/interner.ts'
import { context, now as usual } from '../made-pod.ts'
import type { CorpusCase } from './case.ts'

/** What Plumbline says of a case, in the corpus' own short form. */
export function judged(each: CorpusCase) {
  const now = each.now ?? usual
  const interner = new Interner()
  const pod = readClusterObject('Pod', each.pod, interner) as Pod
  const events = (each.events ?? []).map((event) => readClusterObject('Event', event, interner) as ClusterEvent)
  const dialect = kubectlDialect(`v${each.kubernetes}.0`)
  const health = podHealth(pod, context({ dialect, events, ...(each.node && { node: each.node }) }), now)
  const causes: Record<string, string> = {}
  const probes: Record<string, string> = {}
  const init: string[] = []
  const blocking = initProgress(pod)?.current ?? null
  for (const [index, container] of podContainers(pod).entries()) {
    const { name } = container.spec
    const cause = runDetails(pod, container, events).findLast((run) => run.cause)?.cause
    if (cause) causes[name] = `${cause.type}${cause.certain ? '' : '?'}`
    for (const { kind, state } of probeDetails(pod, container.spec, container.status, events, now)) {
      probes[`${name} ${kind}`] = state
    }
    if (container.type !== 'main') {
      const step = initStep(container, index, blocking)
      init.push(`${step.state}${step.blocks ? '!' : ''}`)
    }
  }
  const { status } = health
  return {
    prints: `${status.ready}/${status.total} ${status.status} ${restartsText(status, dialect, now)}`,
    causes,
    problems: health.problems.map(({ kind }) => kind),
    init,
    probes,
  }
}
