import { type ObjectStore, timestamp } from '../api/object-store.ts'
import type { DemoClock } from '../clock.ts'
import { ControlPlane } from '../cluster/control-plane.ts'
import { Random } from '../cluster/random.ts'
import { SimulatedCluster } from '../cluster/simulated-cluster.ts'
import { Simulation } from '../cluster/simulation.ts'
import { Afflictions } from './afflictions.ts'
import { normalBehaviour } from './behaviours.ts'
import { cronJobs, daemonSets, deployments, namespaces, statefulSets } from './catalogue.ts'
import { Installer } from './install.ts'
import { injectIstio } from './istio-injection.ts'
import { addNodes } from './shop-nodes.ts'
import { Stories } from './stories.ts'
import { makeCronJob } from './workload-objects.ts'

const day = 86_400_000
/** So long the stories have been going on when the demo starts; longer than events live. */
const past = 70 * 60_000

export interface ShopWorld {
  /** What a node's kubelet answers at /metrics/probes; null where it can't be reached. */
  probeMetrics(node: string): string | null
  /** Makes it stand still. */
  stop(): void
}

/** Fills the store with an online shop on twelve nodes and lets it live by the clock. */
export function startShop(store: ObjectStore, clock: DemoClock, seed: number): ShopWorld {
  const start = clock.now()
  const simulation = new Simulation(start - past)
  const random = new Random(seed)
  const cluster = new SimulatedCluster(store, simulation, random)
  const afflictions = new Afflictions(cluster)
  const plane = new ControlPlane(
    cluster,
    (pod, container) => afflictions.behaviourOf(pod, container) ?? normalBehaviour(pod, container),
    injectIstio,
  )
  addNamespaces(cluster)
  addNodes(plane, simulation.now - 9 * day)
  const installer = new Installer(plane)
  for (const workload of daemonSets) installer.daemonSet(workload)
  for (const workload of statefulSets) installer.statefulSet(workload)
  for (const workload of deployments) installer.deployment(workload)
  for (const job of cronJobs) {
    cluster.write('cronjobs', makeCronJob(cluster, job, simulation.now - (job.age ?? 30) * day))
    plane.jobs.schedule(job.namespace, job.name)
  }
  new Stories(plane, afflictions, start).tell()
  simulation.runUntil(start)
  // What happened before the start can't be watched.
  store.compact()
  return {
    stop: simulation.follow(clock),
    probeMetrics: (node) => {
      const kubelet = plane.pods.kubelet(node)
      return kubelet?.online ? kubelet.probeCounters.text(simulation.now) : null
    },
  }
}

function addNamespaces(cluster: SimulatedCluster): void {
  for (const name of namespaces) {
    const created = timestamp(cluster.now - 240 * day)
    const labels = { 'kubernetes.io/metadata.name': name }
    cluster.write('namespaces', {
      metadata: { ...cluster.newMetadata(name, undefined), creationTimestamp: created, labels },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    })
  }
}
