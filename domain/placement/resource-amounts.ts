import type { Node } from '../model/node.ts'
import type { ContainerSpec, PodSpec, Resources } from '../model/pod-spec.ts'
import { parseQuantity } from './quantity.ts'

/**
 * Amounts of resources as kube-scheduler adds them up (k/k pkg/scheduler/framework/types.go Resource):
 * cpu in millicores, everything else in whole units (bytes, devices), both rounded up.
 */
export interface ResourceAmounts {
  readonly cpu: number
  readonly memory: number
  readonly ephemeralStorage: number
  /** How many pods a node may hold; 0 in requests. */
  readonly pods: number
  /** Extended resources, huge pages and such, by name. */
  readonly scalars: ReadonlyMap<string, number>
}

/** What a pod asks for. */
export interface PodRequest extends ResourceAmounts {
  /** With 100m and 200 MiB for containers that request nothing: for scores only (scheduler/util/pod_resources.go). */
  readonly scoredCpu: number
  readonly scoredMemory: number
}

const requests = new WeakMap<PodSpec, PodRequest>()
const allocatables = new WeakMap<Resources, ResourceAmounts>()

const unrequestedCpu = 100
const unrequestedMemory = 200 * 1024 * 1024

/**
 * What a pod requests: the sum of its containers and sidecars, or what its init containers need
 * while they run, whichever is more, and the overhead besides (component-helpers resource
 * helpers.go PodRequests; up to 1.27 scheduler framework/types.go calculateResource).
 */
export function podRequest(spec: PodSpec): PodRequest {
  const known = requests.get(spec)
  if (known) return known
  const request = computeRequest(spec)
  requests.set(spec, request)
  return request
}

/** What a node has for pods: status.allocatable. */
export function allocatableOf({ allocatable }: Node): ResourceAmounts {
  const known = allocatables.get(allocatable)
  if (known) return known
  const amounts = new Sum()
  amounts.add(allocatable)
  allocatables.set(allocatable, amounts)
  return amounts
}

function computeRequest({ containers, initContainers, overhead }: PodSpec): PodRequest {
  const running = new Sum()
  for (const container of containers) running.addContainer(container)
  const sidecars = new Sum()
  const initial = new Sum()
  for (const container of initContainers) {
    const whileItRuns = new Sum()
    whileItRuns.addContainer(container)
    if (container.restartPolicy === 'Always') {
      running.addContainer(container)
      sidecars.addContainer(container)
      initial.raiseTo(sidecars)
    } else {
      whileItRuns.addAll(sidecars)
      initial.raiseTo(whileItRuns)
    }
  }
  running.raiseTo(initial)
  running.add(overhead)
  running.scoredCpu += milliValue(overhead.cpu)
  running.scoredMemory += value(overhead.memory)
  return running
}

class Sum implements PodRequest {
  cpu = 0
  memory = 0
  ephemeralStorage = 0
  pods = 0
  scoredCpu = 0
  scoredMemory = 0
  readonly scalars = new Map<string, number>()

  add(resources: Resources): void {
    for (const name in resources) {
      switch (name) {
        case 'cpu':
          this.cpu += milliValue(resources.cpu)
          break
        case 'memory':
          this.memory += value(resources.memory)
          break
        case 'ephemeral-storage':
          this.ephemeralStorage += value(resources[name])
          break
        case 'pods':
          this.pods += value(resources.pods)
          break
        default:
          if (isScalar(name)) this.scalars.set(name, (this.scalars.get(name) ?? 0) + value(resources[name]))
      }
    }
  }

  addContainer({ requests }: ContainerSpec): void {
    this.add(requests)
    this.scoredCpu += requests.cpu === undefined ? unrequestedCpu : milliValue(requests.cpu)
    this.scoredMemory += requests.memory === undefined ? unrequestedMemory : value(requests.memory)
  }

  addAll(other: Sum): void {
    this.cpu += other.cpu
    this.memory += other.memory
    this.ephemeralStorage += other.ephemeralStorage
    this.scoredCpu += other.scoredCpu
    this.scoredMemory += other.scoredMemory
    for (const [name, amount] of other.scalars) this.scalars.set(name, (this.scalars.get(name) ?? 0) + amount)
  }

  raiseTo(other: Sum): void {
    this.cpu = Math.max(this.cpu, other.cpu)
    this.memory = Math.max(this.memory, other.memory)
    this.ephemeralStorage = Math.max(this.ephemeralStorage, other.ephemeralStorage)
    this.scoredCpu = Math.max(this.scoredCpu, other.scoredCpu)
    this.scoredMemory = Math.max(this.scoredMemory, other.scoredMemory)
    for (const [name, amount] of other.scalars) {
      this.scalars.set(name, Math.max(this.scalars.get(name) ?? 0, amount))
    }
  }
}

/** k/k pkg/apis/core/v1/helper IsScalarResourceName: extended, prefixed native, huge pages, attachable volumes. */
function isScalar(name: string): boolean {
  return name.includes('/') || name.startsWith('hugepages-') || name.startsWith('attachable-volumes-')
}

/** Thousandths; 0 for what is no quantity. */
function milliValue(text: string | undefined): number {
  return Number(parseQuantity(text ?? '') ?? 0n)
}

/** Whole units, rounded up. */
function value(text: string | undefined): number {
  const thousandths = parseQuantity(text ?? '') ?? 0n
  return Number(thousandths >= 0n ? (thousandths + 999n) / 1000n : thousandths / 1000n)
}
