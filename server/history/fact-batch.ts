import type {
  ClusterEventFact,
  ContainerRunFact,
  Fact,
  GapFact,
  PodFact,
  PodGoneFact,
  PodRef,
  ProbeFailureFact,
  ReadinessFact,
  SkewGroup,
} from '../../domain/history/fact.ts'

/**
 * Facts as the database takes them: per kind one JSON text of arrays, which a single INSERT …
 * SELECT FROM json_each(?) reads. Some 20 times faster than createMany, and a text is cheap to hand
 * to another thread. Empty where there are none.
 */
export interface FactBatch {
  readonly facts: number
  /** Up to here everything heard is written once this batch is; null: not to be told yet. */
  readonly aliveAt: number | null
  /** [kind, namespace, name, uid, 1 where a row in `pod` is needed]; the others refer to them by position. */
  readonly subjects: string
  readonly pods: string
  readonly gone: string
  readonly runs: string
  readonly readiness: string
  readonly events: string
  readonly probeFailures: string
  readonly sightings: string
  /** Several rounds, each with at most one change per group: their order matters. */
  readonly skew: readonly string[]
  readonly gaps: string
}

/** Events that tell why a container's run ended: each time counts. */
const sighted: ReadonlySet<string> = new Set(['Killing', 'FailedPostStartHook', 'SandboxChanged'])

type Value = string | number | null
type Row = Value[]

/** Turns facts into a batch. Facts that can't be written are left out and handed to `onBad`. */
export function encodeFacts(facts: readonly Fact[], aliveAt: number | null, onBad: (error: Error) => void): FactBatch {
  const encoder = new FactEncoder()
  let taken = 0
  for (const fact of facts) {
    try {
      encoder.add(fact)
      taken += 1
    } catch (error) {
      onBad(error instanceof Error ? error : new Error(String(error)))
    }
  }
  return encoder.batch(taken, aliveAt)
}

class FactEncoder {
  readonly #subjects: Row[] = []
  readonly #positions = new Map<string, number>()
  readonly #pods: Row[] = []
  readonly #gone: Row[] = []
  readonly #runs: Row[] = []
  readonly #readiness: Row[] = []
  readonly #events: Row[] = []
  readonly #probeFailures: Row[] = []
  readonly #sightings: Row[] = []
  readonly #skew: Row[][] = []
  readonly #skewRound = new Map<string, number>()
  readonly #gaps: Row[] = []

  add(fact: Fact): void {
    switch (fact.type) {
      case 'pod':
        this.#pods.push(this.#podRow(fact))
        break
      case 'pod-gone':
        this.#gone.push(this.#goneRow(fact))
        break
      case 'container-run':
        this.#runs.push(this.#runRow(fact))
        break
      case 'readiness':
        this.#readiness.push(this.#readinessRow(fact))
        break
      case 'event':
        this.#events.push(this.#eventRow(fact, null))
        if (sighted.has(fact.reason)) {
          this.#sightings.push([fact.uid, whole(fact.count, 'count'), whole(fact.lastAt, 'lastAt')])
        }
        break
      case 'probe-failure': {
        const row = this.#eventRow(fact, fact.probe)
        this.#events.push(row)
        this.#probeFailures.push([
          fact.uid,
          whole(fact.count, 'count'),
          whole(fact.lastAt, 'lastAt'),
          fact.combined ? fact.message : null,
        ])
        break
      }
      case 'skew-violated':
        this.#addSkew(fact.group, whole(fact.at, 'at'), whole(fact.skew, 'skew'))
        break
      case 'skew-ended':
        this.#addSkew(fact.group, whole(fact.at, 'at'), null)
        break
      case 'gap':
        this.#gaps.push(gapRow(fact))
        break
    }
  }

  batch(facts: number, aliveAt: number | null): FactBatch {
    return {
      facts,
      aliveAt,
      subjects: text(this.#subjects),
      pods: text(this.#pods),
      gone: text(this.#gone),
      runs: text(this.#runs),
      readiness: text(this.#readiness),
      events: text(this.#events),
      probeFailures: text(this.#probeFailures),
      sightings: text(this.#sightings),
      skew: this.#skew.map(text),
      gaps: text(this.#gaps),
    }
  }

  #podRow(fact: PodFact): Row {
    const { owner, final } = fact
    return [
      this.#pod(fact.pod),
      whole(fact.at, 'at'),
      whole(fact.createdAt, 'createdAt'),
      owner ? this.#subject(owner.kind, fact.pod.namespace, owner.name, '', 0) : null,
      fact.node === '' ? null : this.#subject('Node', '', fact.node, '', 0),
      wholeOrNull(fact.boundAt, 'boundAt'),
      fact.staticUid,
      wholeOrNull(fact.deletedAt, 'deletedAt'),
      final?.phase ?? null,
      final?.reason ?? null,
      final?.message ?? null,
    ]
  }

  #goneRow(fact: PodGoneFact): Row {
    return [this.#pod(fact.pod), whole(fact.at, 'at')]
  }

  #runRow(fact: ContainerRunFact): Row {
    const { end } = fact
    const outcome = end?.outcome ?? null
    return [
      this.#pod(fact.pod),
      whole(fact.at, 'at'),
      fact.container,
      fact.containerType,
      fact.identity,
      whole(fact.attempt, 'attempt'),
      wholeOrNull(fact.startedAt, 'startedAt'),
      wholeOrNull(end?.at ?? null, 'end.at'),
      end?.approximate ? 1 : 0,
      wholeOrNull(outcome?.exitCode ?? null, 'exitCode'),
      wholeOrNull(outcome?.signal ?? null, 'signal'),
      outcome?.reason ?? null,
      outcome?.message ?? null,
    ]
  }

  #readinessRow(fact: ReadinessFact): Row {
    return [
      this.#pod(fact.pod),
      fact.container ?? '',
      whole(fact.changedAt, 'changedAt'),
      fact.ready ? 1 : 0,
      fact.approximate ? 1 : 0,
      fact.reason,
    ]
  }

  #eventRow(fact: ClusterEventFact | ProbeFailureFact, probe: string | null): Row {
    const { kind, namespace, name, uid } = fact.subject
    return [
      fact.uid,
      this.#subject(kind, namespace, name, kind === 'Pod' ? uid : '', 0),
      fact.container,
      fact.eventType,
      fact.reason,
      fact.message,
      probe,
      whole(fact.count, 'count'),
      whole(fact.firstAt, 'firstAt'),
      whole(fact.lastAt, 'lastAt'),
      fact.source,
    ]
  }

  /** `skew` null: the violation has ended. */
  #addSkew(group: SkewGroup, at: number, skew: number | null): void {
    const { id, namespace, workload, topologyKey, maxSkew, whenUnsatisfiable } = group
    const subject = this.#subject(workload.kind, namespace, workload.name, '', 0)
    const row = [id, subject, topologyKey, whole(maxSkew, 'maxSkew'), whenUnsatisfiable, at, skew]
    const round = this.#skewRound.get(id) ?? 0
    this.#skewRound.set(id, round + 1)
    const rows = this.#skew[round]
    if (rows) rows.push(row)
    else this.#skew.push([row])
  }

  #pod({ uid, namespace, name }: PodRef): number {
    return this.#subject('Pod', namespace, name, uid, 1)
  }

  #subject(kind: string, namespace: string, name: string, uid: string, pod: 0 | 1): number {
    // Names can't hold a line break, so nothing can pass for another subject.
    const key = uid !== '' ? uid : `${kind}\n${namespace}\n${name}`
    const known = this.#positions.get(key)
    if (known !== undefined) {
      const row = this.#subjects[known]
      if (pod && row) row[4] = 1
      return known
    }
    const position = this.#subjects.length
    this.#positions.set(key, position)
    this.#subjects.push([kind, namespace, name, uid, pod])
    return position
  }
}

function gapRow(fact: GapFact): Row {
  return [
    fact.cause,
    fact.kind,
    whole(fact.from, 'from'),
    whole(Math.max(fact.from, fact.to), 'to'),
    whole(fact.dropped, 'dropped'),
  ]
}

function text(rows: readonly Row[]): string {
  return rows.length === 0 ? '' : JSON.stringify(rows)
}

function whole(value: number, name: string): number {
  if (Number.isSafeInteger(value)) return value
  const rounded = Math.round(value)
  if (Number.isSafeInteger(rounded)) return rounded
  throw new RangeError(`${name} is ${value}, not a whole number`)
}

function wholeOrNull(value: number | null, name: string): number | null {
  return value === null ? null : whole(value, name)
}
