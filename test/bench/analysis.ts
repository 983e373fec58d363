import { request } from 'undici'
import { ClusterAnalysis } from '../../domain/analysis/cluster-analysis.ts'
import { kubectlDialect } from '../../domain/health/kubectl-dialect.ts'
import type { ClusterObject } from '../../domain/model/cluster-object.ts'
import type { Pod } from '../../domain/model/pod.ts'
import { schedulerRules } from '../../domain/placement/scheduler-rules.ts'
import { readClusterObject } from '../../domain/read/cluster-object.ts'
import { Interner } from '../../domain/read/interner.ts'
import { ClusterState } from '../../domain/state/cluster-state.ts'
import { jsonLines } from '../../server/cluster/json-lines.ts'
import { watchedKinds } from '../../server/cluster/watched-kind.ts'

/**
 * Analysis alone, over the generator's objects that have been read before: everything from nothing,
 * and one pod leaving and entering its constraint groups. Prints ms.
 */
const [server = ''] = process.argv.slice(2)
const changes = 2_000
const query =
  'watch=1&allowWatchBookmarks=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&timeoutSeconds=300'

const interner = new Interner()
const objects: ClusterObject[] = []
for (const { kind, resource, apis } of watchedKinds) {
  const { body } = await request(`${server}/${apis[0]}/${resource}?${query}`, { bodyTimeout: 0 })
  read: for await (const lines of jsonLines(body)) {
    for (const line of lines) {
      const event = JSON.parse(line) as { type: string; object: unknown }
      if (event.type === 'BOOKMARK') break read
      const object = readClusterObject(kind, event.object, interner)
      if (object) objects.push(object)
    }
  }
  body.destroy()
}

const state = new ClusterState()
const analysis = new ClusterAnalysis(state, { dialect: kubectlDialect(''), scheduler: schedulerRules('') })
const began = performance.now()
for (const object of objects) analysis.apply(state.apply(object))
analysis.settle(Date.now())
const full = performance.now() - began
analysis.takeChanges()

const spread = objects.filter((object): object is Pod => object.kind === 'Pod' && isSpread(object))
const times: number[] = []
for (let index = 0; index < changes; index += 1) {
  const pod = spread[(index * 7_919) % spread.length]
  if (!pod) break
  for (const next of [{ ...pod, deletedAt: Date.now() }, pod]) {
    const start = performance.now()
    analysis.apply(state.apply(next))
    analysis.settle(Date.now())
    times.push(performance.now() - start)
    analysis.takeChanges()
  }
}
times.sort((a, b) => a - b)
const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN
console.log(JSON.stringify({ full, p50: at(0.5), p99: at(0.99), count: times.length }))
process.exit(0)

function isSpread(pod: Pod): boolean {
  return pod.spec.topologySpreadConstraints.length > 0 && pod.nodeName !== '' && pod.deletedAt === null
}
