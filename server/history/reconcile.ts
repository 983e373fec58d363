import { runningRun } from '../../domain/history/container-run-facts.ts'
import type { Fact } from '../../domain/history/fact.ts'
import { containersOf, podFacts } from '../../domain/history/pod-facts.ts'
import { type SkewState, skewFacts } from '../../domain/history/skew-facts.ts'
import type { Pod } from '../../domain/model/pod.ts'
import type { Recorder } from './recorder.ts'
import type { Store } from './store.ts'

/** The cluster as it is at one instant, for comparing history with it. */
export interface Present {
  readonly at: number
  /** All pods, each as it is when it is reached, for walking them takes time; null where they can't be read, which is not the same as none. */
  readonly pods: Iterable<Pod> | null
  /** No fact of these pods has been recorded yet. */
  readonly untold?: boolean
  /** The spread constraints violated now; null where that isn't known. */
  readonly violated: Iterable<SkewState> | null
}

export interface Reconciled {
  /** Since when each constraint that is violated now has been so, by its id: that may be long before this start. */
  readonly violatedSince: ReadonlyMap<string, number>
  /** What had ended while nobody watched. */
  readonly runs: number
  readonly pods: number
  readonly violations: number
}

/** Pods handed to the store at once, about 1,000 facts, fewer than may wait; the event loop turns between two portions. */
const portion = 200

/**
 * Brings history in step with what is: ends what is not there any more, goes on with what is, and
 * tells the time since the last session as a gap. Facts recorded before the call count as older than
 * `present`, later ones as younger.
 *
 * @param again tell all facts that the pods still give: some had been lost; also where `present.untold`
 */
export async function reconcile(
  recorder: Recorder,
  store: Pick<Store, 'beginResume' | 'addPresent' | 'finishResume' | 'query'>,
  present: Present,
  again: boolean,
  now: () => number,
): Promise<Reconciled> {
  const violated = present.violated === null ? null : [...present.violated]
  for (const group of violated ?? []) recorder.record(skewFacts(null, group, present.at))
  const { pods, at } = present
  await recorder.after(() => store.beginResume())
  for (const some of portions(pods ?? [])) {
    if (again || present.untold) {
      const seenAt = now()
      recorder.record(some.flatMap((pod): Fact[] => podFacts(null, pod, seenAt)))
      // No faster than they are written, or they would push each other out.
      await recorder.after(async () => {})
    }
    await store.addPresent(JSON.stringify(some.map(({ uid }) => uid)), JSON.stringify(some.flatMap(runningRuns)))
  }
  const ids = violated && JSON.stringify(violated.map(({ id }) => id))
  const ended = await recorder.after(() => store.finishResume(at, pods !== null, ids))
  const open = (await store.query('openViolations', {})) as (readonly [string, number])[]
  return { ...ended, violatedSince: new Map(open) }
}

function* portions(pods: Iterable<Pod>): Generator<Pod[]> {
  let some: Pod[] = []
  for (const pod of pods) {
    some.push(pod)
    if (some.length < portion) continue
    yield some
    some = []
  }
  if (some.length > 0) yield some
}

function runningRuns(pod: Pod): string[][] {
  return containersOf(pod).flatMap(({ status }) => {
    const run = runningRun(status)
    return run ? [[pod.uid, status.name, run.identity]] : []
  })
}
