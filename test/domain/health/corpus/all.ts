import { cantStart } from './cant-start.ts'
import { captured } from './captured.ts'
import type { CorpusCase } from './case.ts'
import { ends } from './ends.ts'
import { init } from './init.ts'
import { odd } from './odd.ts'
import { probes } from './probes.ts'
import { scheduling } from './scheduling.ts'
import { sidecars } from './sidecars.ts'
import { terminations } from './terminations.ts'

/**
 * Pods in every situation that changes what is said of them, by theme. Names are unique. Whoever
 * adds one asks the printers of all releases about it: test/oracle/print-pods.ts.
 */
export const corpus: readonly CorpusCase[] = [
  ...scheduling,
  ...init,
  ...sidecars,
  ...cantStart,
  ...ends,
  ...probes,
  ...terminations,
  ...odd,
  ...captured,
]
