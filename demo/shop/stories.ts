import type { ControlPlane } from '../cluster/control-plane.ts'
import { isTerminal, isTerminating, labelsOf, type Pod, type PodTemplate } from '../cluster/pod-types.ts'
import type { Afflictions } from './afflictions.ts'
import * as behaviours from './behaviours.ts'
import { restarted, withVersion } from './pod-templates.ts'
import { type Zone, zones } from './shop-nodes.ts'

const minute = 60_000

/** How often the zones take their turn to fail, and when, seen from the start of the demo, the first one did. */
const outagePeriod = 48 * minute
const firstOutage = -41 * minute
const outageLength = 11 * minute

/**
 * Everything that goes wrong in the shop, on a timetable that repeats for ever. Times are told from
 * the moment at which the demo starts: what is before it has happened already.
 */
export class Stories {
  readonly #plane: ControlPlane
  readonly #afflictions: Afflictions
  readonly #start: number

  /** @param start ms since the Unix epoch */
  constructor(plane: ControlPlane, afflictions: Afflictions, start: number) {
    this.#plane = plane
    this.#afflictions = afflictions
    this.#start = start
  }

  tell(): void {
    this.#illness('shop/checkout', 'checkout', 1, behaviours.deadlock, { from: -32, every: 36 })
    this.#illness('shop/cart', 'cart', 2, behaviours.flapping, { from: -44, every: 90 })
    this.#illness('search/indexer', 'migrate', 1, behaviours.failingMigration, { from: -19, every: 40 })
    this.#illness('shop/recommendations', 'recommendations', 1, behaviours.slowLeak, { from: -66, every: 180 })
    this.#illness('data/report-generator', 'report-generator', 1, behaviours.quickLeak, { from: -27, every: 50 })
    this.#illness('platform/audit-log', 'log-shipper', 1, behaviours.crashingSidecar, { from: -15, every: 45 })
    this.#illness('platform/webhook-relay', 'webhook-relay', 1, behaviours.failingHook, { from: -17, every: 48 })
    this.#illness('shop/gift-cards', 'gift-cards', 2, behaviours.dependencyDown, { from: -9, every: 60, lasts: 50 })
    const noConfig = behaviours.missingConfigMap('coupons-campaign')
    this.#illness('shop/coupons', 'coupons', 1, noConfig, { from: -11, every: 44, lasts: 26 })

    this.#badRelease('payments/fraud-detector', '2.7.0', '2.6.0', behaviours.neverStarts, {
      from: -22,
      every: 57,
      lasts: 43,
    })
    this.#badRelease('shop/storefront-canary', '8.15.0-rc1', '8.14.3', behaviours.missingImage, {
      from: -13,
      every: 42,
      lasts: 30,
    })

    this.#rollout('shop/product-api', (template, round) => withVersion(template, `2.${31 + (round % 60)}.0`), {
      from: -64,
      every: 7,
    })
    this.#rollout('shop/catalog', (template, round) => withVersion(template, `11.0.${3 + (round % 90)}`), {
      from: -49,
      every: 12,
    })
    this.#rollout('shop/legacy-erp', (template) => restarted(template, this.#plane.cluster.timestamp), {
      from: -58,
      every: 14,
    })

    this.#rollout('data/feature-store', (template) => restarted(template, this.#plane.cluster.timestamp), {
      from: -3,
      every: 35,
    })

    this.#zoneOutages()
    this.#maintenance({ from: -6, every: 45, lasts: 15 })
    this.#memoryPressure({ from: -23, every: 52, lasts: 6 })
  }

  /** Some replicas of a workload fall ill, and from time to time somebody replaces them, in vain. */
  #illness(
    workload: string,
    container: string,
    most: number,
    behaviour: Parameters<Afflictions['afflict']>[3],
    when: Timetable,
  ): void {
    this.#repeat(when, () => {
      const recover = this.#afflictions.afflict(workload, container, most, behaviour)
      if (when.lasts !== undefined) this.#plane.cluster.simulation.after(when.lasts * minute, recover)
      for (const pod of this.#podsOf(workload).slice(0, most)) this.#plane.pods.delete(pod)
    })
  }

  /** A release that can't work is rolled out, gets stuck, and is rolled back after a while. */
  #badRelease(
    workload: string,
    version: string,
    good: string,
    behaviour: Parameters<Afflictions['afflict']>[3],
    when: Timetable,
  ): void {
    const [namespace = '', name = ''] = workload.split('/')
    const { deployments, cluster } = this.#plane
    this.#repeat(when, () => {
      const recover = this.#afflictions.afflict(workload, name, 99, behaviour)
      deployments.rollout(namespace, name, (template) => withVersion(template, version))
      cluster.simulation.after((when.lasts ?? 20) * minute, () => {
        recover()
        deployments.rollout(namespace, name, (template) => withVersion(template, good))
      })
    })
  }

  #rollout(workload: string, change: (template: PodTemplate, round: number) => PodTemplate, when: Timetable): void {
    const [namespace = '', name = ''] = workload.split('/')
    this.#repeat(when, (round) => {
      this.#plane.deployments.rollout(namespace, name, (template) => change(template, round + 1))
    })
  }

  /** One zone after the other loses its network. What was hard-spread stays skewed until somebody rolls it out anew. */
  #zoneOutages(): void {
    const { cluster, nodes } = this.#plane
    this.#repeat({ from: firstOutage / minute, every: outagePeriod / minute }, (round) => {
      const zone = zones[(round + 2) % zones.length] ?? zones[0]
      for (const name of this.#nodesOf(zone)) {
        cluster.simulation.after(cluster.random.between(0, 4000), () => nodes.setReachable(name, false))
        const back = outageLength + cluster.random.between(0, 20_000)
        cluster.simulation.after(back, () => nodes.setReachable(name, true))
      }
      cluster.simulation.after(outagePeriod - 4 * minute, () => this.#rebalance())
    })
  }

  #rebalance(): void {
    const { cluster, deployments } = this.#plane
    let delay = 0
    for (const stored of [...cluster.store.collection('deployments').values()]) {
      const { namespace, name } = stored
      const spec = (stored.object() as { spec?: { template?: PodTemplate } }).spec?.template?.spec
      if (!spec?.topologySpreadConstraints?.some((each) => each.whenUnsatisfiable === 'DoNotSchedule')) continue
      cluster.simulation.after(delay, () => {
        deployments.rollout(namespace, name, (template) => restarted(template, cluster.timestamp))
      })
      delay += 15_000
    }
  }

  /** A node is cordoned for a while. */
  #maintenance(when: Timetable): void {
    const { cluster, nodes } = this.#plane
    this.#repeat(when, (round) => {
      const all = cluster.nodes
      const name = all[(round * 5 + 1) % all.length]?.metadata.name ?? ''
      nodes.setSchedulable(name, false)
      cluster.simulation.after((when.lasts ?? 10) * minute, () => nodes.setSchedulable(name, true))
    })
  }

  /** A node runs short of memory and evicts a pod; what is left of the last one is cleared away. */
  #memoryPressure(when: Timetable): void {
    const { cluster, nodes, pods } = this.#plane
    this.#repeat(when, () => {
      for (const pod of cluster.pods) if (pod.status.reason === 'Evicted') pods.delete(pod)
      const victim = this.#podsOf('shop/image-resizer').find((pod) => pods.kubelet(pod.spec.nodeName)?.online)
      const nodeName = victim?.spec.nodeName ?? ''
      if (!victim) return
      nodes.setMemoryPressure(nodeName, true)
      const message =
        'The node was low on resource: memory. Threshold quantity: 100Mi, available: 61320Ki. Container image-resizer was using 1517796Ki, request is 512Mi, has larger consumption of memory. '
      pods
        .kubelet(nodeName)
        ?.worker(victim.metadata.uid ?? '')
        ?.evict(message)
      cluster.simulation.after((when.lasts ?? 5) * minute, () => nodes.setMemoryPressure(nodeName, false))
    })
  }

  #podsOf(workload: string): Pod[] {
    const [namespace, name] = workload.split('/')
    return [...this.#plane.cluster.pods].filter(
      (pod) =>
        pod.metadata.namespace === namespace && labelsOf(pod).app === name && !isTerminating(pod) && !isTerminal(pod),
    )
  }

  #nodesOf(zone: Zone): string[] {
    return this.#plane.cluster.nodes
      .filter((node) => labelsOf(node)['topology.kubernetes.io/zone'] === zone)
      .map((node) => node.metadata.name)
  }

  #repeat({ from, every }: Timetable, story: (round: number) => void): void {
    const { simulation } = this.#plane.cluster
    const run = (round: number) => {
      story(round)
      simulation.after(every * minute, () => run(round + 1))
    }
    simulation.at(this.#start + from * minute, () => run(0))
  }
}

/** Minutes. */
interface Timetable {
  /** Of the first time, seen from the start of the demo. */
  readonly from: number
  readonly every: number
  readonly lasts?: number
}
