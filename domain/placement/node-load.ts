import type { PodSpec } from '../model/pod-spec.ts'
import { type HostPort, hostPorts, UsedPorts } from './host-ports.ts'
import { podRequest } from './resource-amounts.ts'
import type { SchedulerRules } from './scheduler-rules.ts'

/**
 * What the pods on one node take (k/k pkg/scheduler/framework/types.go NodeInfo): requests, not use.
 * Pods that are being deleted still take theirs, ended ones don't.
 */
export class NodeLoad {
  pods = 0
  /** Millicores. */
  cpu = 0
  /** Bytes. */
  memory = 0
  /** Bytes. */
  ephemeralStorage = 0
  /** See PodRequest. */
  scoredCpu = 0
  scoredMemory = 0
  #scalars: Map<string, number> | null = null
  #ports: UsedPorts | null = null

  scalar(name: string): number {
    return this.#scalars?.get(name) ?? 0
  }

  conflicts(port: HostPort): boolean {
    return this.#ports?.conflicts(port) ?? false
  }

  add(spec: PodSpec, amount: 1 | -1, rules: SchedulerRules): void {
    const request = podRequest(spec)
    this.pods += amount
    this.cpu += amount * request.cpu
    this.memory += amount * request.memory
    this.ephemeralStorage += amount * request.ephemeralStorage
    this.scoredCpu += amount * request.scoredCpu
    this.scoredMemory += amount * request.scoredMemory
    for (const [name, each] of request.scalars) {
      this.#scalars ??= new Map()
      this.#scalars.set(name, this.scalar(name) + amount * each)
    }
    for (const port of hostPorts(spec, rules)) {
      this.#ports ??= new UsedPorts()
      this.#ports.add(port, amount)
    }
  }

  /** As if so much less of a resource were taken: `pods`, `cpu`, `memory` … */
  free(resource: string, amount: number): void {
    switch (resource) {
      case 'pods':
        this.pods -= amount
        break
      case 'cpu':
        this.cpu -= amount
        break
      case 'memory':
        this.memory -= amount
        break
      case 'ephemeral-storage':
        this.ephemeralStorage -= amount
        break
      default:
        this.#scalars ??= new Map()
        this.#scalars.set(resource, this.scalar(resource) - amount)
    }
  }

  copy(): NodeLoad {
    const copy = new NodeLoad()
    copy.pods = this.pods
    copy.cpu = this.cpu
    copy.memory = this.memory
    copy.ephemeralStorage = this.ephemeralStorage
    copy.scoredCpu = this.scoredCpu
    copy.scoredMemory = this.scoredMemory
    copy.#scalars = this.#scalars && new Map(this.#scalars)
    copy.#ports = this.#ports?.copy() ?? null
    return copy
  }
}
