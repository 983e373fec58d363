import type { Labels } from '../model/labels.ts'
import type { OwnerReference } from '../model/object-meta.ts'
import type { NodeAffinity, PodSpec } from '../model/pod-spec.ts'
import { GenerationalMap } from './generational-map.ts'
import { emptyLabels, noLabels } from './labels.ts'

/** What objects with one controller have in common: they were stamped out from one template. */
interface Family {
  owner: OwnerReference | null
  readonly specs: PodSpec[]
  readonly labels: Labels[]
  readonly annotations: Labels[]
}

/** Distinct templates remembered for one owner; of the pods of a DaemonSet or StatefulSet hardly one equals another. */
const variants = 2

/**
 * Makes equal things one thing, so that 150,000 pods cost little more than what differs between
 * them. It holds a bounded number of texts and families, whatever comes and goes; forgetting one
 * only costs memory, never correctness.
 */
export class Interner {
  readonly #texts: GenerationalMap<string, string>
  readonly #families: GenerationalMap<string, Family>
  readonly #pins: GenerationalMap<string, NodeAffinity>

  /** Limits are entries of one generation; at most twice as many are held. */
  constructor(limits: { texts?: number; families?: number } = {}) {
    this.#texts = new GenerationalMap(limits.texts ?? 100_000)
    this.#families = new GenerationalMap(limits.families ?? 50_000)
    this.#pins = new GenerationalMap(limits.families ?? 50_000)
  }

  /** For texts that many objects share (names of nodes, images, reasons); not for what is one object's own. */
  text(value: string): string {
    // V8's JSON.parse makes equal short strings one by itself.
    if (value.length <= 10) return value
    const known = this.#texts.get(value)
    if (known !== undefined) return known
    this.#texts.set(value, value)
    return value
  }

  /** @param read gives the reference, or `like` itself where it is equal to that */
  owner(uid: string, read: (like: OwnerReference | undefined) => OwnerReference): OwnerReference {
    const family = this.#family(uid)
    family.owner = read(family.owner ?? undefined)
    return family.owner
  }

  /**
   * @param familyId uid of the controller; empty where there is none, and then only values are shared
   * @param read gives the labels, or `like` itself where they are equal to that
   */
  labels(familyId: string, read: (like: Labels | undefined) => Labels): Labels {
    return this.#entries(familyId === '' ? null : this.#family(familyId).labels, read)
  }

  /** As `labels`. */
  annotations(familyId: string, read: (like: Labels | undefined) => Labels): Labels {
    return this.#entries(familyId === '' ? null : this.#family(familyId).annotations, read)
  }

  #entries(known: Labels[] | null, read: (like: Labels | undefined) => Labels): Labels {
    const found = firstEqual(known, read)
    if (found === noLabels || known?.includes(found)) return found
    const kept = emptyLabels()
    for (const key in found) kept[key] = this.text(found[key] ?? '')
    if (known && known.length < variants) known.push(kept)
    return kept
  }

  /** The same spec for all pods of one template; where only parts are equal, those are shared. As `labels`. */
  podSpec(familyId: string, read: (like: PodSpec | undefined) => PodSpec): PodSpec {
    const known = familyId === '' ? null : this.#family(familyId).specs
    const found = firstEqual(known, read)
    if (known?.includes(found)) return found
    const kept = found.nodeAffinity ? { ...found, nodeAffinity: this.#nodeAffinity(found.nodeAffinity) } : found
    if (known && known.length < variants) known.push(kept)
    return kept
  }

  /** DaemonSet pods are tied to their node by affinity: those of one node share it, whatever their DaemonSet. */
  #nodeAffinity(found: NodeAffinity): NodeAffinity {
    const node = pinnedTo(found)
    if (node === null) return found
    const known = this.#pins.get(node)
    if (known) return known
    this.#pins.set(node, found)
    return found
  }

  #family(uid: string): Family {
    let family = this.#families.get(uid)
    if (!family) {
      family = { owner: null, specs: [], labels: [], annotations: [] }
      this.#families.set(uid, family)
    }
    return family
  }
}

/** What is read, as one of the known where it equals one; else as read against the first of them. */
function firstEqual<T>(known: readonly T[] | null, read: (like: T | undefined) => T): T {
  const found = read(known?.[0])
  if (!known || found === known[0]) return found
  for (let index = 1; index < known.length; index += 1) {
    const like = known[index]
    if (read(like) === like) return like as T
  }
  return found
}

/** The node's name, where the affinity is just what the DaemonSet controller writes. */
function pinnedTo({ required, preferred }: NodeAffinity): string | null {
  const term = required?.length === 1 && preferred.length === 0 ? required[0] : undefined
  const field = term?.matchFields.length === 1 && term.matchExpressions.length === 0 ? term.matchFields[0] : undefined
  if (field?.key !== 'metadata.name' || field.operator !== 'In' || field.values.length !== 1) return null
  return field.values[0] ?? null
}
