import type { Pod } from '../model/pod.ts'
import type { ContainerSpec, PodSpec } from '../model/pod-spec.ts'
import { injectorAnnotation, type KnownCompanion, knownCompanion } from './known-companion.ts'

export type ContainerRole = 'main' | 'init' | 'native-sidecar' | 'sidecar' | 'ambassador' | 'adapter' | 'injected'

/** What a container is for in its pod, and why that is thought. */
export interface RoleFinding {
  readonly role: ContainerRole
  /** The well-known product that it is ("Istio proxy"); null where it is none. */
  readonly product: string | null
  /** certain: declared. likely: a well-known product, or two signs. guess: one sign, or none. */
  readonly confidence: 'certain' | 'likely' | 'guess'
  /** Sentences; at least one. */
  readonly evidence: readonly string[]
}

const roles: ReadonlySet<string> = new Set<ContainerRole>([
  'main',
  'init',
  'native-sidecar',
  'sidecar',
  'ambassador',
  'adapter',
  'injected',
])

const ownAnnotation = 'plumbline.dev/role.'
const defaultContainer = 'kubectl.kubernetes.io/default-container'

type Subject = Pick<Pod, 'spec' | 'annotations' | 'owner'>

/** The pods of one template share their spec, and so this. */
const known = new WeakMap<PodSpec, { readonly key: string; readonly found: ReadonlyMap<string, RoleFinding> }>()

/**
 * The role of each container of a pod or a template, by name. Nothing is taken for a companion without a sign
 * of it: an annotation of its own, a well-known image or name, or a volume that it only reads and
 * another writes.
 */
export function containerRoles(pod: Subject): ReadonlyMap<string, RoleFinding> {
  const key = annotationKey(pod)
  const kept = known.get(pod.spec)
  if (kept?.key === key) return kept.found
  const found = findRoles(pod)
  known.set(pod.spec, { key, found })
  return found
}

/** All beside the spec that the answer depends on. */
function annotationKey({ annotations, owner }: Subject): string {
  const parts = [owner?.name ?? '']
  for (const name in annotations) parts.push(name, annotations[name] ?? '')
  return parts.join('\n')
}

function findRoles(pod: Subject): ReadonlyMap<string, RoleFinding> {
  const found = new Map<string, RoleFinding>()
  for (const spec of pod.spec.initContainers) found.set(spec.name, declared(pod, spec) ?? initRole(pod, spec))
  const main = mainContainer(pod)
  for (const [index, spec] of pod.spec.containers.entries()) {
    found.set(spec.name, declared(pod, spec) ?? (spec === main.spec ? main.finding : companion(pod, spec, index)))
  }
  return found
}

/** What the pod's own annotation says. */
function declared({ annotations }: Subject, { name }: ContainerSpec): RoleFinding | null {
  const role = annotations[`${ownAnnotation}${name}`]
  if (role === undefined || !roles.has(role)) return null
  const evidence = [`The annotation ${ownAnnotation}${name} says so.`]
  return { role: role as ContainerRole, product: null, confidence: 'certain', evidence }
}

function initRole(pod: Subject, spec: ContainerSpec): RoleFinding {
  const isSidecar = spec.restartPolicy === 'Always'
  const place = isSidecar
    ? 'It is one of the initContainers and has restartPolicy Always.'
    : 'It is one of the initContainers.'
  const product = knownCompanion(spec.name, spec.image)
  if (product?.role === 'injected') {
    const { evidence, confidence } = productFinding(pod, spec, product)
    return { role: 'injected', product: product.product, confidence, evidence: [...evidence, place] }
  }
  return {
    role: isSidecar ? 'native-sidecar' : 'init',
    product: isSidecar ? (product?.product ?? null) : null,
    confidence: 'certain',
    evidence: [place],
  }
}

/** Every pod has one: what is done for its own sake. */
function mainContainer(pod: Subject): { readonly spec: ContainerSpec | null; readonly finding: RoleFinding } {
  const { containers } = pod.spec
  const main = (spec: ContainerSpec | undefined, confidence: RoleFinding['confidence'], evidence: string) => ({
    spec: spec ?? null,
    finding: { role: 'main' as const, product: null, confidence, evidence: [evidence] },
  })
  const named = pod.annotations[defaultContainer]
  const byDefault = named === undefined ? undefined : containers.find(({ name }) => name === named)
  if (byDefault) return main(byDefault, 'certain', `The annotation ${defaultContainer} names it.`)
  const byDeclaration = containers.find((spec) => declared(pod, spec)?.role === 'main')
  if (byDeclaration) return main(byDeclaration, 'certain', 'An annotation says so.')
  if (containers.length <= 1) return main(containers[0], 'certain', 'It is the only container.')
  const own = containers.filter((spec, index) => !declared(pod, spec) && companion(pod, spec, index).role === 'main')
  if (own.length === 1) return main(own[0], 'likely', 'It is the only container that isn’t known as a companion.')
  const [first] = own
  if (first) return main(first, 'likely', 'It is the first container that isn’t known as a companion.')
  const owner = pod.owner?.name ?? ''
  const byOwner = containers.find(
    ({ name }) => owner === name || owner.startsWith(`${name}-`) || owner.endsWith(`-${name}`),
  )
  if (byOwner) return main(byOwner, 'likely', `The pod’s owner is called ${owner}.`)
  return main(containers[0], 'guess', 'All containers are known as companions of others; this one is the first.')
}

/** A container that isn't the pod's main one, as far as there are signs of it. */
function companion(pod: Subject, spec: ContainerSpec, index: number): RoleFinding {
  const product = knownCompanion(spec.name, spec.image)
  if (product) return productFinding(pod, spec, product)
  const reads = index > 0 ? sharedRead(pod.spec, spec) : null
  const word = roleInName(spec.name)
  const isAdapter = spec.ports.some(({ name }) => /(?:^|-)metrics$/.test(name))
  if (word) {
    const evidence = [`Its name has the word ${word.word}.`, ...(reads ? [reads] : [])]
    const isSure = reads !== null || word.role === 'sidecar'
    return { role: word.role, product: null, confidence: isSure ? 'likely' : 'guess', evidence }
  }
  if (reads) {
    const evidence = isAdapter ? [reads, 'It has a port for metrics.'] : [reads]
    return {
      role: isAdapter ? 'adapter' : 'sidecar',
      product: null,
      confidence: isAdapter ? 'likely' : 'guess',
      evidence,
    }
  }
  return { role: 'main', product: null, confidence: 'guess', evidence: ['Nothing tells it from a main container.'] }
}

function productFinding({ annotations }: Subject, { name, image }: ContainerSpec, found: KnownCompanion): RoleFinding {
  const { product, role, by } = found
  const annotation = role === 'injected' ? injectorAnnotation(product) : null
  const isAnnotated = annotation !== null && annotations[annotation] !== undefined
  return {
    role,
    product,
    confidence: isAnnotated ? 'certain' : 'likely',
    evidence: [
      by === 'image' ? `Its image ${image} is ${product}.` : `Its name ${name} is that of ${product}.`,
      ...(isAnnotated ? [`The pod has the annotation ${annotation}.`] : []),
    ],
  }
}

const words: readonly (readonly [word: string, role: ContainerRole])[] = [
  ['sidecar', 'sidecar'],
  ['ambassador', 'ambassador'],
  ['adapter', 'adapter'],
  ['exporter', 'adapter'],
]

/** The word for its role that people have put into a container's name. */
function roleInName(name: string): { readonly word: string; readonly role: ContainerRole } | null {
  const parts = name.toLowerCase().split(/[-_.]/)
  const found = words.find(([word]) => parts.includes(word))
  return found ? { word: found[0], role: found[1] } : null
}

/** The emptyDir that a container may only read while another writes it, in a sentence; null without one. */
function sharedRead({ volumes, containers }: PodSpec, { name, volumeMounts }: ContainerSpec): string | null {
  for (const mount of volumeMounts) {
    if (!mount.readOnly || !volumes.some((each) => each.name === mount.name && each.type === 'emptyDir')) continue
    const writer = containers.find(
      (each) => each.name !== name && each.volumeMounts.some((other) => other.name === mount.name && !other.readOnly),
    )
    if (writer) return `It only reads the volume ${mount.name}, which ${writer.name} writes.`
  }
  return null
}
