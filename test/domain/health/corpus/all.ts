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

/** The whole corpus. Names are unique. */
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
