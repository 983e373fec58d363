import type { Labels } from '../model/labels.ts'
import type { OwnerReference } from '../model/object-meta.ts'
import type { PodSpec } from '../model/pod-spec.ts'
import { GenerationalMap } from './generational-map.ts'
import { sameValue } from './same-value.ts'

/** What objects with one controller have in common: they were stamped out from one template. */
interface Family {
  owner: OwnerReference | null
  readonly specs: PodSpec[]
  readonly labels: Labels[]
}

/** Distinct templates that are remembered for one owner; of the pods of a DaemonSet or StatefulSet none equals another. */
const variants = 3

/**
 * Makes equal things one thing, so that 150,000 pods cost little more than what differs between
 * them. It holds a bounded number of texts and families, whatever comes and goes; forgetting one
 * only costs memory, never correctness.
 */
export class Interner {
  readonly #texts: GenerationalMap<string, string>
  readonly #families: GenerationalMap<string, Family>

  constructor(limits: { texts?: number; families?: number } = {}) {
    this.#texts = new GenerationalMap(limits.texts ?? 100_000)
    this.#families = new GenerationalMap(limits.families ?? 50_000)
  }

  /** For texts that many objects share (names of nodes, images, reasons); not for what is one object's own. */
  text(value: string): string {
    if (value === '') return ''
    const known = this.#texts.get(value)
    if (known !== undefined) return known
    this.#texts.set(value, value)
    return value
  }

  owner(found: OwnerReference): OwnerReference {
    const family = this.#family(found.uid)
    if (family.owner && sameValue(family.owner, found)) return family.owner
    family.owner = found
    return found
  }

  /** @param familyId uid of the controller; empty where there is none, and then nothing is shared */
  labels(familyId: string, found: Labels): Labels {
    return familyId === '' ? found : shared(this.#family(familyId).labels, found)
  }

  /** The same spec for all pods of one template; where only parts are equal, those are shared. */
  podSpec(familyId: string, found: PodSpec): PodSpec {
    if (familyId === '') return found
    const { specs } = this.#family(familyId)
    const known = shared(specs, found)
    const first = specs[0]
    return known === found && first && first !== found ? shareParts(found, first) : known
  }

  #family(uid: string): Family {
    let family = this.#families.get(uid)
    if (!family) {
      family = { owner: null, specs: [], labels: [] }
      this.#families.set(uid, family)
    }
    return family
  }
}

function shared<T>(known: T[], found: T): T {
  for (const each of known) if (sameValue(each, found)) return each
  if (known.length < variants) known.push(found)
  return found
}

function shareParts(found: PodSpec, known: PodSpec): PodSpec {
  const parts: Record<string, unknown> = { ...found }
  for (const [key, part] of Object.entries(known)) {
    if (typeof part === 'object' && part !== null && sameValue(parts[key], part)) parts[key] = part
  }
  return parts as unknown as PodSpec
}
