import type { CauseSign } from '../health/cause-sign.ts'
import { containerNamed } from '../health/pod-container.ts'
import { type CauseSubject, type RunCause, runCause } from '../health/run-cause.ts'
import type { Pod } from '../model/pod.ts'

/** A run as history keeps it. */
export interface KeptRun {
  readonly container: string
  readonly attempt: number
  readonly startedAt: number | null
  readonly finishedAt: number | null
  readonly exitCode: number | null
  readonly signal: number | null
  readonly reason: string | null
  readonly message: string | null
}

/** What history keeps beside the runs and says why they ended. */
export interface KeptSigns {
  readonly probeFailures: readonly {
    readonly container: string
    readonly at: number
    readonly since: number
    readonly count: number
    readonly message: string
  }[]
  readonly events: readonly (CauseSign & {
    /** Each time that it was heard, as far as that is kept; else empty. */
    readonly sightings: readonly number[]
  })[]
}

/** What history keeps of the pod's end. */
export interface KeptEnd {
  readonly deletedAt: number | null
  readonly final: { readonly phase: string; readonly reason: string; readonly message: string } | null
}

/**
 * Gives each run the cause of its end; null while it goes on. The same rules as for the pod's page,
 * with each run's own events.
 * @param runs newest first
 * @param pod as it is now; null where it is gone, and then nothing is known of its declaration
 */
export function runsWithCauses<Run extends KeptRun>(
  runs: readonly Run[],
  kept: KeptSigns,
  story: KeptEnd,
  pod: Pod | null,
): readonly (Run & { readonly cause: RunCause | null })[] {
  const signs = keptSigns(kept)
  const subjects = new Map<string, CauseSubject>()
  return runs.map((run) => {
    const known = subjects.get(run.container)
    // What ended the pod ended the last run of each container; the earlier ones it says nothing of.
    const subject = known ? { ...known, pod: untouched } : causeSubject(run.container, story, pod)
    subjects.set(run.container, subject)
    if (run.finishedAt === null) return { ...run, cause: null }
    const ended = { ...run, reason: run.reason ?? '', message: run.message ?? '' }
    return { ...run, cause: runCause({ ...subject, path: `run ${run.attempt + 1} of ${run.container}` }, ended, signs) }
  })
}

function keptSigns({ events, probeFailures }: KeptSigns): readonly CauseSign[] {
  const signs: CauseSign[] = probeFailures.map(({ container, at, since, count, message }) => {
    return { container, reason: 'Unhealthy', message, count, firstAt: count > 1 ? since : at, lastAt: at }
  })
  for (const { sightings, ...event } of events) {
    if (sightings.length === 0) signs.push(event)
    for (const at of sightings) signs.push({ ...event, firstAt: at, lastAt: at })
  }
  return signs
}

/** A pod of which nothing is known that could have ended a run. */
const untouched = { deletedAt: null, phase: 'Running', reason: '', message: '', conditions: [] } as const

function causeSubject(name: string, { deletedAt, final }: KeptEnd, pod: Pod | null): CauseSubject {
  const spec = pod ? containerNamed(pod, name)?.spec : undefined
  return {
    name,
    path: '',
    source: 'history',
    memoryLimit: spec?.limits.memory ?? null,
    hasLivenessProbe: Boolean(spec?.livenessProbe),
    hasStartupProbe: Boolean(spec?.startupProbe),
    pod: pod ?? { ...untouched, deletedAt, ...final },
  }
}
