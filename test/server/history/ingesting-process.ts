import { openHistory } from '../../../server/history/history.ts'
import { podRef, runFacts } from './a-history.ts'

/**
 * Records run after run from number FROM on, some 4,000 facts a second, and prints how far it is and
 * when, until it is killed: `ingesting-process.ts FILE FROM`.
 */
const [file = '', from = '0'] = process.argv.slice(2)
const history = await openHistory({ file, clusterId: 'cluster-1', now: Date.now, log: () => {} })
let n = Number(from)
// As after any start: what is known already is told again.
for (let again = Math.max(0, n - 500); again < n; again += 1) history.record(runFacts(podRef(again % 50), again))
void history.resume({ at: Date.now(), pods: null, violated: [] })
const began = performance.now()
setInterval(() => {
  const until = Number(from) + Math.floor((performance.now() - began) * 2)
  for (; n < until; n += 1) history.record(runFacts(podRef(n % 50), n))
  process.stdout.write(`${n} ${Date.now()}\n`)
}, 10)
