import type { KubernetesObject } from '../api/kubernetes-object.ts'
import { microTimestamp, type ObjectStore, timestamp } from '../api/object-store.ts'
import type { Random } from './random.ts'
import type { Simulation } from './simulation.ts'

/** Who reports: `kubelet` on a node, or a controller. */
export interface EventSource {
  readonly component: string
  readonly host?: string
}

/** What an event is about. */
export interface EventSubject {
  readonly kind: string
  readonly apiVersion: string
  readonly object: KubernetesObject
  /** `spec.containers{name}` where it is about a container. */
  readonly fieldPath?: string
}

interface Recorded {
  readonly name: string
  readonly namespace: string
  readonly firstAt: number
  count: number
}

/** client-go tools/record/events_cache.go. */
const aggregateFrom = 10
const aggregateWithin = 600_000
const spamBurst = 25
const spamRefill = 300_000
/** client-go tools/events/event_broadcaster.go: a series is written again only so often. */
const seriesHeartbeat = 1_800_000
const seriesEnd = 360_000
/** kube-apiserver --event-ttl. */
const timeToLive = 3_600_000

/**
 * Records events as client-go's recorders do, with their folding, spam filter and lossiness, and
 * lets them expire an hour after their last update.
 */
export class EventRecorder {
  readonly #store: ObjectStore
  readonly #simulation: Simulation
  readonly #random: Random
  /** Keyed by everything that makes two legacy events the same. */
  readonly #recorded = new Map<string, Recorded>()
  readonly #similar = new Map<string, { messages: Set<string>; lastAt: number }>()
  readonly #spam = new Map<string, { tokens: number; filledAt: number }>()
  readonly #series = new Map<string, { recorded: Recorded; note: string; lastAt: number; writtenAt: number }>()
  /** When each stored event expires, soonest first. */
  readonly #expiry = new Map<string, { namespace: string; name: string; at: number }>()

  constructor(store: ObjectStore, simulation: Simulation, random: Random) {
    this.#store = store
    this.#simulation = simulation
    this.#random = random
    simulation.every(30_000, () => this.#expire())
  }

  /** The recorder of kubelet and most controllers (core/v1). */
  record(
    source: EventSource,
    subject: EventSubject,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
  ): void {
    const now = this.#simulation.now
    const { uid = '', name } = subject.object.metadata
    const who = `${source.component}|${source.host ?? ''}`
    const about = `${who}|${subject.kind}|${uid}|${name}|${type}|${reason}`
    const text = this.#aggregate(about, message, now)
    if (!this.#allow(`${who}|${subject.kind}|${uid}|${name}`, now)) return
    const key = `${about}|${subject.fieldPath ?? ''}|${text}`
    const known = this.#recorded.get(key)
    const recorded = known ?? this.#begin(subject, now)
    if (known) known.count += 1
    else this.#recorded.set(key, recorded)
    this.#write(subject, recorded, {
      type,
      reason,
      message: text,
      count: recorded.count,
      firstTimestamp: timestamp(recorded.firstAt),
      lastTimestamp: timestamp(now),
      eventTime: null,
      source,
      reportingComponent: source.component,
      reportingInstance: source.host ?? '',
    })
  }

  /** The newer recorder of the scheduler (events.k8s.io): the note is not part of an event's identity. */
  recordSeries(
    controller: string,
    action: string,
    subject: EventSubject,
    type: 'Normal' | 'Warning',
    reason: string,
    note: string,
  ): void {
    const now = this.#simulation.now
    const key = `${controller}|${action}|${subject.kind}|${subject.object.metadata.uid}|${type}|${reason}`
    let series = this.#series.get(key)
    if (series && now - series.lastAt > seriesEnd) series = undefined
    const recorded = series?.recorded ?? this.#begin(subject, now)
    if (series) recorded.count += 1
    const known = series ?? { recorded, note, lastAt: now, writtenAt: now }
    known.lastAt = now
    this.#series.set(key, known)
    if (recorded.count > 2 && now - known.writtenAt < seriesHeartbeat) return
    known.writtenAt = now
    this.#write(subject, recorded, {
      type,
      reason,
      // Later notes are lost: an event keeps the text of its first occurrence.
      message: known.note,
      firstTimestamp: null,
      lastTimestamp: null,
      eventTime: microTimestamp(recorded.firstAt),
      ...(recorded.count > 1 && { series: { count: recorded.count, lastObservedTime: microTimestamp(now) } }),
      action,
      source: {},
      reportingComponent: controller,
      reportingInstance: `${controller}-control-plane-1`,
    })
  }

  #begin(subject: EventSubject, now: number): Recorded {
    const nanoseconds = BigInt(Math.floor(now)) * 1_000_000n + BigInt(this.#random.below(1_000_000))
    const { name, namespace = 'default' } = subject.object.metadata
    return { name: `${name}.${nanoseconds.toString(16)}`, namespace, firstAt: now, count: 1 }
  }

  #write(subject: EventSubject, recorded: Recorded, fields: object): void {
    const now = this.#simulation.now
    const { metadata } = subject.object
    const known = this.#store.get('events', recorded.namespace, recorded.name)
    this.#store.replace('events', {
      metadata: {
        name: recorded.name,
        namespace: recorded.namespace,
        uid: known?.metadata.uid ?? this.#random.uuid(),
        creationTimestamp: known?.metadata.creationTimestamp ?? timestamp(now),
      },
      involvedObject: {
        kind: subject.kind,
        ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
        name: metadata.name,
        uid: metadata.uid,
        apiVersion: subject.apiVersion,
        resourceVersion: metadata.resourceVersion,
        ...(subject.fieldPath !== undefined && { fieldPath: subject.fieldPath }),
      },
      ...fields,
    })
    const key = `${recorded.namespace}/${recorded.name}`
    this.#expiry.delete(key)
    this.#expiry.set(key, { namespace: recorded.namespace, name: recorded.name, at: now + timeToLive })
  }

  /** From the tenth different message on, similar events are folded into one. */
  #aggregate(about: string, message: string, now: number): string {
    const known = this.#similar.get(about)
    if (!known || now - known.lastAt > aggregateWithin) {
      this.#similar.set(about, { messages: new Set([message]), lastAt: now })
      return message
    }
    known.lastAt = now
    known.messages.add(message)
    return known.messages.size >= aggregateFrom ? `(combined from similar events): ${message}` : message
  }

  #allow(key: string, now: number): boolean {
    const bucket = this.#spam.get(key) ?? { tokens: spamBurst, filledAt: now }
    this.#spam.set(key, bucket)
    const refilled = (now - bucket.filledAt) / spamRefill
    bucket.tokens = Math.min(spamBurst, bucket.tokens + refilled)
    bucket.filledAt = now
    if (bucket.tokens < 1) return false
    bucket.tokens -= 1
    return true
  }

  #expire(): void {
    const now = this.#simulation.now
    for (const [key, { namespace, name, at }] of this.#expiry) {
      if (at > now) break
      this.#expiry.delete(key)
      this.#store.delete('events', namespace, name)
    }
    prune(this.#recorded, (recorded) => !this.#expiry.has(`${recorded.namespace}/${recorded.name}`))
    prune(this.#series, (series) => now - series.lastAt > timeToLive)
    prune(this.#similar, (similar) => now - similar.lastAt > aggregateWithin)
    prune(this.#spam, (bucket) => now - bucket.filledAt > spamRefill * spamBurst)
  }
}

function prune<V>(map: Map<string, V>, gone: (value: V) => boolean): void {
  for (const [key, value] of map) if (gone(value)) map.delete(key)
}
