import { timestamp } from '../api/object-store.ts'
import { suffixOf, uidOf } from './identifiers.ts'
import type { LoadPodState } from './load-pod.ts'
import { archetypes, type PodGap, podGaps, podSample } from './pod-sample.ts'
import { TextTemplate } from './text-template.ts'

/** Pods of one workload: SIG Scalability's load test uses Deployments of 5, 30 and 250. */
const sizes = [5, 5, 30, 30, 30, 30, 30, 80]
const cycle = sizes.reduce((sum, size) => sum + size, 0)
/** No more than 3,000 pods to a namespace. */
const workloadsPerNamespace = 80
export const zones = ['zone-a', 'zone-b', 'zone-c']

/** Where everything of a synthetic cluster lies; pure arithmetic on numbers. */
export class LoadLayout {
  readonly nodes: number
  readonly pods: number
  readonly workloads: number
  /** What the times in pods count from, ms since the Unix epoch. */
  readonly epoch: number
  readonly #templates = new Map<string, TextTemplate<PodGap>>()
  readonly #times = new Map<number, string>()

  constructor(nodes: number, pods: number, epoch: number) {
    this.nodes = nodes
    this.pods = pods
    this.epoch = epoch
    let workloads = Math.floor(pods / cycle) * sizes.length
    for (let rest = pods % cycle, index = 0; rest > 0; index += 1) {
      rest -= sizes[index] ?? 1
      workloads += 1
    }
    this.workloads = workloads
  }

  get namespaces(): number {
    return Math.max(1, Math.ceil(this.workloads / workloadsPerNamespace))
  }

  /** The first pod of a workload, and how many it has. */
  podsOf(workload: number): { first: number; count: number } {
    let first = Math.floor(workload / sizes.length) * cycle
    for (let index = 0; index < workload % sizes.length; index += 1) first += sizes[index] ?? 0
    return { first, count: Math.max(0, Math.min(sizes[workload % sizes.length] ?? 0, this.pods - first)) }
  }

  namespaceName(index: number): string {
    return `load-${String(index).padStart(3, '0')}`
  }

  namespaceOf(workload: number): string {
    return this.namespaceName(Math.floor(workload / workloadsPerNamespace))
  }

  appOf(workload: number): string {
    return `app-${String(workload).padStart(5, '0')}`
  }

  hashOf(workload: number): string {
    return suffixOf(workload * 7919 + 104_729, 9)
  }

  replicaSetName(workload: number): string {
    return `${this.appOf(workload)}-${this.hashOf(workload)}`
  }

  deploymentUid(workload: number): string {
    return uidOf(workload, 3)
  }

  nodeName(index: number): string {
    return `node-${String(index).padStart(5, '0')}`
  }

  zoneOf(node: number): string {
    return zones[node % zones.length] ?? 'zone-a'
  }

  hostIP(node: number): string {
    return `10.${20 + (node >> 16)}.${(node >> 8) & 255}.${node & 255}`
  }

  podIP(node: number, serial: number): string {
    return `10.${128 + ((node >> 8) & 127)}.${node & 255}.${2 + (serial % 250)}`
  }

  /** A time as objects tell it, from seconds after the epoch. */
  time(seconds: number): string {
    let text = this.#times.get(seconds)
    if (text === undefined) {
      if (this.#times.size > 50_000) this.#times.clear()
      text = timestamp(this.epoch + seconds * 1000)
      this.#times.set(seconds, text)
    }
    return text
  }

  podTemplate(workload: number, state: LoadPodState): TextTemplate<PodGap> {
    const archetype = archetypes[workload % archetypes.length] ?? 'web'
    const key = `${archetype}/${state}`
    let template = this.#templates.get(key)
    if (!template) {
      template = new TextTemplate<PodGap>(podSample(archetype, state), podGaps)
      this.#templates.set(key, template)
    }
    return template
  }
}
