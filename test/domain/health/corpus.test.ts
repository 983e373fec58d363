import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { kubectlDialect } from '../../../domain/health/kubectl-dialect.ts'
import { podStatus, restartsText } from '../../../domain/health/pod-status.ts'
import type { Pod } from '../../../domain/model/pod.ts'
import { readClusterObject } from '../../../domain/read/cluster-object.ts'
import { Interner } from '../../../domain/read/interner.ts'
import { corpus } from './corpus/all.ts'
import type { CorpusCase } from './corpus/case.ts'
import { judged } from './corpus/judged.ts'
import { now } from './made-pod.ts'

interface Printed {
  readonly releases: readonly string[]
  /** By pod, then by the release from which on this row holds. */
  readonly printed: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** What printPod of each release said; made by test/oracle/print-pods.ts. */
const { releases, printed } = JSON.parse(
  readFileSync(join(import.meta.dirname, 'corpus', 'printed.json'), 'utf8'),
) as Printed

test('at least 150 pods of all releases from 1.20 to 1.37, no name twice', () => {
  assert.ok(corpus.length >= 150, `${corpus.length} pods`)
  assert.equal(new Set(corpus.map(({ name }) => name)).size, corpus.length)
  const used = new Set(corpus.map(({ kubernetes }) => kubernetes))
  const missing = Array.from({ length: 18 }, (_, index) => `1.${20 + index}`).filter((each) => !used.has(each))
  assert.deepEqual(missing, [])
  assert.deepEqual(
    Object.keys(printed),
    corpus.map(({ name }) => name),
    'printed.json is out of date',
  )
})

for (const each of corpus) {
  test(`${each.kubernetes} ${each.name}: ${each.prints}`, () => {
    assert.deepEqual(printedByPlumbline(each), printed[each.name])
    const { prints, causes = {}, problems, init = [], probes = {}, inARow } = each
    assert.deepEqual(judged(each), { prints, causes, problems, init, probes, ...(inARow && { inARow }) })
  })
}

/** As printed.json has it: the first release and those at which the row changes. */
function printedByPlumbline(each: CorpusCase): Record<string, string> {
  const pod = readClusterObject('Pod', each.pod, new Interner()) as Pod
  const rows: Record<string, string> = {}
  let last: string | null = null
  let upstream = ''
  for (const release of releases) {
    upstream = printed[each.name]?.[release] ?? upstream
    const dialect = kubectlDialect(release)
    const status = podStatus(pod, dialect)
    const own = `${status.ready}/${status.total} ${status.status} ${restartsText(status, dialect, each.now ?? now)}`
    // What a release can't print (it dereferences nil) it can't say otherwise either.
    const row = upstream.startsWith('panic: ') ? upstream : own
    if (row !== last) rows[release] = row
    last = row
  }
  return rows
}
