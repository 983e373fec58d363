/**
 * Asks upstream's own printPod what `kubectl get pods` prints for each pod of the corpus and stores
 * the answers in test/domain/health/corpus/printed.json. Needed only where pods or releases are
 * added, and the only thing here that needs Go and a network:
 *
 *   test/oracle/build-printpod.sh /tmp/printpod v1.20.2 v1.22.17 v1.25.4 v1.26.0 v1.27.3 v1.28.4 \
 *     v1.30.14 v1.31.14 v1.34.4 v1.35.4 v1.36.3 v1.37.2
 *   node test/oracle/print-pods.ts /tmp/printpod/bin
 *
 * printPod's text changed in 1.22, 1.26, 1.28, 1.29 (a nil pointer), 1.31 and 1.35, and in no other
 * release from 1.20 to 1.37: these versions stand on both sides of each change.
 */
import { execFileSync } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { corpus } from '../domain/health/corpus/all.ts'
import { now } from '../domain/health/made-pod.ts'

interface Answer {
  readonly ready: string
  readonly status: string
  readonly restarts: string
  /** Why this release can't print it. */
  readonly error?: string
}

const folder = process.argv[2]
if (folder === undefined) throw new Error('Name the folder with the printers: node test/oracle/print-pods.ts FOLDER')

const minor = (release: string) => Number(release.split('.')[1])
const releases = readdirSync(folder)
  .map((file) => file.replace('printpod-', ''))
  .sort((a, b) => minor(a) - minor(b))
const questions = JSON.stringify(corpus.map((each) => ({ now: each.now ?? now, pod: each.pod })))
const answers = releases.map((release) => {
  const output = execFileSync(join(folder, `printpod-${release}`), { input: questions, maxBuffer: 1 << 30 })
  return JSON.parse(output.toString()) as readonly Answer[]
})

/** Of each pod the first release and those at which the row changes. */
const printed: Record<string, Record<string, string>> = {}
let wrong = 0
for (const [index, { name, kubernetes, prints }] of corpus.entries()) {
  const rows: Record<string, string> = {}
  let last: string | null = null
  let own = ''
  for (const [at, release] of releases.entries()) {
    const answer = answers[at]?.[index] as Answer
    const row = answer.error ?? `${answer.ready} ${answer.status} ${answer.restarts}`
    if (row !== last) rows[release] = row
    if (minor(release) <= minor(kubernetes)) own = row
    last = row
  }
  printed[name] = rows
  if (own !== prints) {
    wrong += 1
    console.error(`${name} (${kubernetes}): expected ${prints}, printed ${own}`)
  }
}
const file = join(import.meta.dirname, '..', 'domain', 'health', 'corpus', 'printed.json')
const lines = Object.entries(printed).map(([name, rows]) => `    ${JSON.stringify(name)}: ${JSON.stringify(rows)}`)
writeFileSync(file, `{\n  "releases": ${JSON.stringify(releases)},\n  "printed": {\n${lines.join(',\n')}\n  }\n}\n`)
console.log(`${corpus.length} pods, ${releases.length} releases, ${wrong} of the corpus' expectations are wrong`)
process.exitCode = wrong === 0 ? 0 : 1
