import type { KubernetesObject } from '../api/kubernetes-object.ts'
import { timestamp } from '../api/object-store.ts'
import { fieldsOf, managedFields } from '../cluster/managed-fields.ts'
import type { PodSpec, PodTemplate, SpreadConstraint } from '../cluster/pod-types.ts'
import type { SimulatedCluster } from '../cluster/simulated-cluster.ts'
import type { CronJob, DaemonSet, Deployment, Service, StatefulSet } from '../cluster/workload-types.ts'
import { container, podSpec, podTemplate } from './pod-templates.ts'
import type { ShopCronJob, ShopWorkload, Spread } from './shop-workload.ts'

const zoneKey = 'topology.kubernetes.io/zone'
const hostKey = 'kubernetes.io/hostname'

export function makeDeployment(cluster: SimulatedCluster, workload: ShopWorkload, createdAt: number): Deployment {
  const template = templateOf(workload)
  const spec = {
    replicas: workload.replicas,
    selector: { matchLabels: selectorLabels(workload) },
    template,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' } },
    revisionHistoryLimit: 3,
    progressDeadlineSeconds: 600,
  }
  const metadata = metadataOf(cluster, workload, 'apps/v1', 'Deployment', createdAt, spec)
  return { metadata, spec, status: { replicas: 0 } }
}

export function makeStatefulSet(cluster: SimulatedCluster, workload: ShopWorkload, createdAt: number): StatefulSet {
  const template = templateOf(workload)
  const spec = {
    replicas: workload.replicas,
    selector: { matchLabels: selectorLabels(workload) },
    serviceName: workload.name,
    template,
    podManagementPolicy: 'OrderedReady',
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
    revisionHistoryLimit: 10,
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    volumeClaimTemplates: [
      {
        kind: 'PersistentVolumeClaim',
        apiVersion: 'v1',
        metadata: { name: 'data' },
        spec: {
          accessModes: ['ReadWriteOnce'],
          resources: { requests: { storage: '50Gi' } },
          volumeMode: 'Filesystem',
        },
        status: { phase: 'Pending' },
      },
    ],
  }
  const revision = `${workload.name}-${cluster.random.suffix(10)}`
  const metadata = metadataOf(cluster, workload, 'apps/v1', 'StatefulSet', createdAt, spec)
  return { metadata, spec, status: { replicas: 0, updateRevision: revision, currentRevision: revision } }
}

export function makeDaemonSet(cluster: SimulatedCluster, workload: ShopWorkload, createdAt: number): DaemonSet {
  const template = templateOf(workload)
  const hostNetwork = workload.name === 'cilium' || workload.name === 'node-exporter'
  const priority = { priority: 2_000_001_000, priorityClassName: 'system-node-critical' }
  const spec = {
    selector: { matchLabels: selectorLabels(workload) },
    template: {
      ...template,
      spec: {
        ...template.spec,
        ...priority,
        ...(hostNetwork && { hostNetwork }),
        tolerations: [{ operator: 'Exists' }],
      },
    },
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
    revisionHistoryLimit: 10,
  }
  return { metadata: metadataOf(cluster, workload, 'apps/v1', 'DaemonSet', createdAt, spec), spec, status: {} }
}

export function makeCronJob(cluster: SimulatedCluster, job: ShopCronJob, createdAt: number): CronJob {
  const labels = { app: job.name, 'app.kubernetes.io/name': job.name, 'app.kubernetes.io/part-of': 'acme-shop' }
  const template = podTemplate(labels, podSpec({ containers: [container(job)], restartPolicy: 'Never' }))
  const spec = {
    schedule: job.schedule,
    concurrencyPolicy: 'Forbid',
    suspend: false,
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 1,
    jobTemplate: { metadata: {}, spec: { backoffLimit: job.backoffLimit ?? 2, template } },
  }
  const workload = { ...job, version: '', replicas: 0 }
  return { metadata: metadataOf(cluster, workload, 'batch/v1', 'CronJob', createdAt, spec), spec, status: {} }
}

export function makeService(
  cluster: SimulatedCluster,
  workload: ShopWorkload,
  createdAt: number,
  headless: boolean,
): Service {
  const clusterIP = headless ? 'None' : `10.100.${cluster.random.below(255)}.${1 + cluster.random.below(254)}`
  const port = workload.service ?? 80
  const spec = {
    ...(headless && { publishNotReadyAddresses: true }),
    ports: [{ name: 'main', port, targetPort: workload.port ?? port, protocol: 'TCP' }],
    selector: selectorLabels(workload),
    clusterIP,
    clusterIPs: [clusterIP],
    type: 'ClusterIP',
    sessionAffinity: 'None',
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
    internalTrafficPolicy: 'Cluster',
  }
  const metadata = metadataOf(cluster, workload, 'v1', 'Service', createdAt, spec)
  return { metadata, spec, status: { loadBalancer: {} } }
}

/** At most one of its pods may be away, as charts have it for what serves requests. */
export function makeBudget(workload: ShopWorkload, createdAt: number, index: number): KubernetesObject {
  const { namespace, name, replicas } = workload
  return {
    metadata: {
      namespace,
      name,
      uid: `b0d9e700-0000-4000-8000-${index.toString(16).padStart(12, '0')}`,
      creationTimestamp: timestamp(createdAt),
      generation: 1,
      labels: selectorLabels(workload),
    },
    spec: { maxUnavailable: 1, selector: { matchLabels: selectorLabels(workload) } },
    status: {
      observedGeneration: 1,
      currentHealthy: replicas,
      desiredHealthy: replicas - 1,
      disruptionsAllowed: 1,
      expectedPods: replicas,
    },
  }
}

/** Metadata as `kubectl apply` leaves it, with the whole manifest, secrets and all, in an annotation. */
function metadataOf(
  cluster: SimulatedCluster,
  workload: { readonly namespace: string; readonly name: string },
  apiVersion: string,
  kind: string,
  createdAt: number,
  spec: object,
) {
  const created = timestamp(createdAt)
  const labels = {
    app: workload.name,
    'app.kubernetes.io/name': workload.name,
    'app.kubernetes.io/managed-by': 'argocd',
  }
  const manifest = { apiVersion, kind, metadata: { name: workload.name, namespace: workload.namespace, labels }, spec }
  const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': `${JSON.stringify(manifest)}\n` }
  const fields = { 'f:metadata': fieldsOf({ annotations, labels }), 'f:spec': fieldsOf(spec) }
  return cluster.newMetadata(workload.name, workload.namespace, {
    creationTimestamp: created,
    ...(kind !== 'Service' && { generation: 1 }),
    labels,
    annotations,
    managedFields: managedFields([{ manager: 'kubectl-client-side-apply', apiVersion, time: created, fields }]),
  })
}

function selectorLabels(workload: { readonly name: string }): Readonly<Record<string, string>> {
  return { app: workload.name }
}

function templateOf(workload: ShopWorkload): PodTemplate {
  const { name, version, image, mesh, tier, sidecars = [], init = [] } = workload
  const labels = {
    app: name,
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/part-of': 'acme-shop',
    ...(tier !== undefined && { tier }),
    ...(mesh && { 'sidecar.istio.io/inject': 'true' }),
  }
  const main = container({ ...workload, name: workload.container ?? name, image: `${image}:${version}` })
  const initContainers = [...sidecars.filter((each) => each.restartPolicy === 'Always'), ...init].map(container)
  const others = sidecars.filter((each) => each.restartPolicy !== 'Always').map(container)
  const spec = podSpec({
    containers: [main, ...others],
    ...(initContainers.length > 0 && { initContainers }),
    ...spreadOf(workload.spread ?? 'none', selectorLabels(workload), workload.perRevision ?? false),
    volumes: [{ name: 'tmp', emptyDir: {} }, ...(workload.volumes ?? [])],
  })
  return podTemplate(labels, spec, { 'checksum/config': `${name.length}f3a9c1e07d${version.replaceAll('.', '')}` })
}

function spreadOf(
  spread: Spread,
  matchLabels: Readonly<Record<string, string>>,
  perRevision: boolean,
): Partial<PodSpec> {
  const labelSelector = { matchLabels }
  const constraint = (
    topologyKey: string,
    whenUnsatisfiable: SpreadConstraint['whenUnsatisfiable'],
    more: Partial<SpreadConstraint> = {},
  ): SpreadConstraint => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable,
    labelSelector,
    ...(perRevision && { matchLabelKeys: ['pod-template-hash'] }),
    ...more,
  })
  const term = (topologyKey: string) => ({ labelSelector, topologyKey })
  const required = (topologyKey: string): Partial<PodSpec> => ({
    affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term(topologyKey)] } },
  })
  switch (spread) {
    case 'zones-hard':
      return {
        topologySpreadConstraints: [
          constraint(zoneKey, 'DoNotSchedule', { nodeTaintsPolicy: 'Honor' }),
          constraint(hostKey, 'ScheduleAnyway'),
        ],
      }
    case 'zones-strict':
      return {
        topologySpreadConstraints: [constraint(zoneKey, 'DoNotSchedule', { minDomains: 3 })],
      }
    case 'zones-soft':
      return {
        topologySpreadConstraints: [constraint(zoneKey, 'ScheduleAnyway'), constraint(hostKey, 'ScheduleAnyway')],
      }
    case 'hosts-hard':
      return {
        topologySpreadConstraints: [
          constraint(hostKey, 'DoNotSchedule', { nodeTaintsPolicy: 'Honor' }),
          constraint(zoneKey, 'ScheduleAnyway'),
        ],
      }
    case 'one-per-zone':
      return required(zoneKey)
    case 'one-per-host':
      return required(hostKey)
    case 'prefer-hosts':
      return {
        affinity: {
          podAntiAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: term(hostKey) }],
          },
        },
      }
    case 'none':
      return {}
  }
}
