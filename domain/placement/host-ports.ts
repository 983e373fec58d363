import type { PodSpec } from '../model/pod-spec.ts'
import type { SchedulerRules } from './scheduler-rules.ts'

export interface HostPort {
  /** 0.0.0.0 stands for every address. */
  readonly ip: string
  readonly protocol: string
  readonly port: number
}

const everyAddress = '0.0.0.0'

/** The ports that a pod takes on its node (k/k pkg/scheduler/util GetHostPorts). */
export function hostPorts(
  { containers, initContainers }: PodSpec,
  { countsSidecarPorts }: SchedulerRules,
): readonly HostPort[] {
  const sidecars = countsSidecarPorts ? initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always') : []
  const ports: HostPort[] = []
  for (const container of [...containers, ...sidecars]) {
    for (const { hostPort, hostIP, protocol } of container.ports) {
      if (hostPort !== null && hostPort > 0) ports.push({ ip: hostIP || everyAddress, protocol, port: hostPort })
    }
  }
  return ports
}

/**
 * The host ports in use on one node (k/k pkg/scheduler/framework/types.go HostPortInfo): two conflict
 * where protocol and port are equal and the addresses are, or one of them is every address.
 */
export class UsedPorts {
  /** From protocol and port to how often they are taken on each address. */
  readonly #taken = new Map<string, Map<string, number>>()

  add({ ip, protocol, port }: HostPort, amount: 1 | -1): void {
    const key = `${protocol}/${port}`
    const addresses = this.#taken.get(key) ?? new Map<string, number>()
    const times = (addresses.get(ip) ?? 0) + amount
    if (times > 0) addresses.set(ip, times)
    else addresses.delete(ip)
    if (addresses.size > 0) this.#taken.set(key, addresses)
    else this.#taken.delete(key)
  }

  conflicts({ ip, protocol, port }: HostPort): boolean {
    const addresses = this.#taken.get(`${protocol}/${port}`)
    if (!addresses) return false
    return ip === everyAddress || addresses.has(ip) || addresses.has(everyAddress)
  }

  copy(): UsedPorts {
    const copy = new UsedPorts()
    for (const [key, addresses] of this.#taken) copy.#taken.set(key, new Map(addresses))
    return copy
  }
}
