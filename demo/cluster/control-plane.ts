import type { BehaviourOf } from './behaviour.ts'
import { DaemonSetController } from './daemon-set-controller.ts'
import { DeploymentController } from './deployment-controller.ts'
import { EndpointSliceController } from './endpoint-slice-controller.ts'
import { JobController } from './job-controller.ts'
import { NodeLifecycle } from './node-lifecycle.ts'
import { PodControl } from './pod-control.ts'
import type { Pod } from './pod-types.ts'
import { ReplicaSetController } from './replica-set-controller.ts'
import { Scheduler } from './scheduler.ts'
import type { SimulatedCluster } from './simulated-cluster.ts'
import { StatefulSetController } from './stateful-set-controller.ts'

/** All controllers of a simulated cluster, wired to each other. */
export class ControlPlane {
  readonly cluster: SimulatedCluster
  readonly pods: PodControl
  readonly scheduler: Scheduler
  readonly replicaSets: ReplicaSetController
  readonly deployments: DeploymentController
  readonly statefulSets: StatefulSetController
  readonly daemonSets: DaemonSetController
  readonly jobs: JobController
  readonly endpointSlices: EndpointSliceController
  readonly nodes: NodeLifecycle

  constructor(cluster: SimulatedCluster, behaviourOf: BehaviourOf, admit: (pod: Pod) => Pod) {
    this.cluster = cluster
    this.pods = new PodControl(cluster, behaviourOf, admit)
    this.scheduler = new Scheduler(cluster, (pod, nodeName) => this.pods.bind(pod, nodeName))
    this.deployments = new DeploymentController(cluster, () => this.replicaSets)
    this.replicaSets = new ReplicaSetController(cluster, this.pods, (changed) => this.deployments.changed(changed))
    this.statefulSets = new StatefulSetController(cluster, this.pods)
    this.daemonSets = new DaemonSetController(cluster, this.pods)
    this.jobs = new JobController(cluster, this.pods)
    this.endpointSlices = new EndpointSliceController(cluster)
    this.nodes = new NodeLifecycle(cluster, this.pods)
  }
}
