import { kubectlDialect } from '../../../../domain/health/kubectl-dialect.ts'
import { podHealth } from '../../../../domain/health/pod-health.ts'
import { restartsText } from '../../../../domain/health/pod-status.ts'
import { containerDetails } from '../../../../domain/live/container-detail.ts'
import type { ClusterEvent } from '../../../../domain/model/cluster-event.ts'
import type { Pod } from '../../../../domain/model/pod.ts'
import { readClusterObject } from '../../../../domain/read/cluster-object.ts'
import { Interner } from '../../../../domain/read/interner.ts'
import { madeNode, now as usual } from '../made-pod.ts'
import type { CorpusCase } from './case.ts'

/** What Plumbline says of a case, in the corpus' own short form. */
export function judged(each: CorpusCase) {
  const now = each.now ?? usual
  const interner = new Interner()
  const pod = readClusterObject('Pod', each.pod, interner) as Pod
  const events = (each.events ?? []).map((event) => readClusterObject('Event', event, interner) as ClusterEvent)
  const version = `v${each.kubernetes}.0`
  const dialect = kubectlDialect(version)
  const node = pod.nodeName === '' ? null : (each.node ?? madeNode({ nodeInfo: { kubeletVersion: version } }))
  const health = podHealth(pod, { node, workload: null, events, dialect }, now)
  const causes: Record<string, string> = {}
  const probes: Record<string, string> = {}
  const inARow: Record<string, string> = {}
  const init: string[] = []
  for (const container of containerDetails(pod, { node, events, counters: () => null }, now)) {
    const { name } = container
    const cause = container.waiting ?? container.runs.findLast((run) => run.cause)?.cause
    if (cause) causes[name] = `${cause.type}${cause.certain ? '' : '?'}`
    for (const probe of container.probes) {
      probes[`${name} ${probe.kind}`] = probe.state
      if (!probe.inARow) continue
      const { exact, count, of } = probe.inARow
      inARow[`${name} ${probe.kind}`] = `${exact ? '' : '≥'}${count} of ${of}`
    }
    if (container.init) init.push(`${container.init.state}${container.init.blocks ? '!' : ''}`)
  }
  const { status } = health
  return {
    prints: `${status.ready}/${status.total} ${status.status} ${restartsText(status, dialect, now)}`,
    causes,
    problems: health.problems.map(({ kind }) => kind),
    init,
    probes,
    ...(each.inARow && { inARow }),
  }
}
