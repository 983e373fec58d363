import { podManagedFields } from '../cluster/pod-managed-fields.ts'
import type { Container, Pod, PodSpec, PodStatus } from '../cluster/pod-types.ts'
import { canary, podSpec } from '../shop/pod-templates.ts'
import type { LoadPodState } from './load-pod.ts'

/** The gaps in a pod's text, in the order in which LoadPod gives their values. */
export const podGaps = [
  'namespace',
  'app',
  'hash',
  'suffix',
  'replicaSet',
  'uid',
  'replicaSetUid',
  'revision',
  'created',
  'since',
  'started',
  'finished',
  'changed',
  'node',
  'hostIP',
  'podIP',
  'container',
  'restarts',
  'ready',
  'readyStatus',
] as const
export type PodGap = (typeof podGaps)[number]

/** Kinds of workloads: what their pods look like. */
export const archetypes = ['web', 'spread', 'anti-affine', 'meshed', 'worker', 'sidecar'] as const
export type Archetype = (typeof archetypes)[number]

const zoneKey = 'topology.kubernetes.io/zone'
const hostKey = 'kubernetes.io/hostname'

/** A pod of an archetype in a state, as the API serves it, with gaps for what differs between pods. */
export function podSample(archetype: Archetype, state: LoadPodState): object {
  const spec = specOf(archetype)
  const pod: Pod = {
    metadata: {
      name: '⟦replicaSet⟧-⟦suffix⟧',
      generateName: '⟦replicaSet⟧-',
      namespace: '⟦namespace⟧',
      uid: '⟦uid⟧',
      resourceVersion: '⟦revision⟧',
      generation: 1,
      creationTimestamp: '⟦created⟧',
      labels: {
        app: '⟦app⟧',
        'app.kubernetes.io/name': '⟦app⟧',
        'app.kubernetes.io/part-of': 'load',
        'pod-template-hash': '⟦hash⟧',
      },
      annotations: { 'plumbline.dev/changed-at': '⟦changed⟧', 'prometheus.io/scrape': 'true' },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: '⟦replicaSet⟧',
          uid: '⟦replicaSetUid⟧',
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: state === 'pending' ? spec : { ...spec, nodeName: '⟦node⟧' },
    status: { phase: 'Pending' },
  }
  const status = statusOf(spec, state)
  // Without the smallest fields, so that a whole pod has the 5 to 7 KB that it has on the average.
  const { volumes: _volumes, tolerations: _tolerations, ...owned } = spec
  const containers = owned.containers.map(({ env: _env, volumeMounts: _mounts, ...each }) => each)
  const managedFields = podManagedFields({ ...pod, spec: { ...owned, containers } }, status, '⟦since⟧')
  return { ...pod, metadata: { ...pod.metadata, managedFields }, status }
}

export function specOf(archetype: Archetype): PodSpec {
  const token = {
    name: 'kube-api-access-⟦suffix⟧',
    mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
    readOnly: true,
  }
  const probe = (path: string) => ({
    httpGet: { path, port: 8080, scheme: 'HTTP' },
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
  })
  const made = (name: string, image: string, more: Partial<Container> = {}): Container => ({
    name,
    image,
    resources: { limits: { memory: '64Mi' }, requests: { cpu: '50m', memory: '64Mi' } },
    volumeMounts: [token],
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: 'IfNotPresent',
    ...more,
  })
  const main = made('app', 'registry.acme-shop.example/load/⟦app⟧:1.0.⟦hash⟧', {
    env: [
      { name: 'LOG_LEVEL', value: 'info' },
      { name: 'DATABASE_URL', value: `postgres://app:${canary}@db:5432/app` },
    ],
    ...(archetype !== 'worker' && {
      ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
      livenessProbe: probe('/livez'),
      readinessProbe: probe('/readyz'),
    }),
  })
  const extra = (name: string, more: Partial<Container> = {}) =>
    made(name, `registry.acme-shop.example/platform/${name}:2.4.1`, more)
  const labelSelector = { matchLabels: { app: '⟦app⟧' } }
  const spread = [
    { maxSkew: 1, topologyKey: zoneKey, whenUnsatisfiable: 'DoNotSchedule' as const, labelSelector },
    { maxSkew: 2, topologyKey: hostKey, whenUnsatisfiable: 'ScheduleAnyway' as const, labelSelector },
  ]
  const preferred = [{ weight: 100, podAffinityTerm: { topologyKey: hostKey, labelSelector } }]
  return podSpec({
    containers: archetype === 'sidecar' ? [main, extra('log-collector')] : [main],
    ...(archetype === 'meshed' && { initContainers: [extra('mesh-proxy', { restartPolicy: 'Always' })] }),
    ...(archetype === 'spread' && { topologySpreadConstraints: spread }),
    ...(archetype === 'anti-affine' && {
      affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: preferred } },
    }),
    volumes: [
      {
        name: 'kube-api-access-⟦suffix⟧',
        projected: {
          sources: [
            { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
            { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
          ],
          defaultMode: 420,
        },
      },
    ],
  })
}

function statusOf(spec: PodSpec, state: LoadPodState): PodStatus {
  const condition = (type: string, status: string, reason?: string, message?: string) => ({
    type,
    observedGeneration: 1,
    status,
    lastProbeTime: null,
    lastTransitionTime: type === 'Ready' || type === 'ContainersReady' ? '⟦since⟧' : '⟦created⟧',
    ...(reason !== undefined && { reason }),
    ...(message !== undefined && { message }),
  })
  if (state === 'pending') {
    const message =
      '0/5000 nodes are available: 5000 Insufficient cpu. no new claims to deallocate, preemption: 0/5000 nodes are available: 5000 No preemption victims found for incoming pod.'
    return {
      phase: 'Pending',
      conditions: [condition('PodScheduled', 'False', 'Unschedulable', message)],
      qosClass: 'Burstable',
    }
  }
  const unready = ['ContainersNotReady', 'containers with unready status: [app]'] as const
  const ready = state === 'ready' ? ([] as const) : unready
  const statuses = (all: readonly Container[], init: boolean) =>
    all.map(({ name, image, resources, restartPolicy }) => ({
      name,
      ...stateOf(name, init && restartPolicy === undefined, state),
      image,
      imageID: `${image.replace(/:[^:]*$/, '')}@sha256:3498696b339867d836986c9135986afe38986fb737986e243a9872dd3998714a`,
      containerID: '⟦container⟧',
      started: name !== 'app' || state !== 'crash-loop',
      allocatedResources: resources.requests,
    }))
  return {
    observedGeneration: 1,
    phase: 'Running',
    conditions: [
      condition('PodReadyToStartContainers', 'True'),
      condition('Initialized', 'True'),
      condition('Ready', '⟦readyStatus⟧', ...ready),
      condition('ContainersReady', '⟦readyStatus⟧', ...ready),
      condition('PodScheduled', 'True'),
    ],
    hostIP: '⟦hostIP⟧',
    hostIPs: [{ ip: '⟦hostIP⟧' }],
    podIP: '⟦podIP⟧',
    podIPs: [{ ip: '⟦podIP⟧' }],
    startTime: '⟦created⟧',
    ...(spec.initContainers && { initContainerStatuses: statuses(spec.initContainers, true) }),
    containerStatuses: statuses(spec.containers, false),
    qosClass: 'Burstable',
  }
}

function stateOf(name: string, done: boolean, state: LoadPodState): object {
  const ended = (exitCode: number, reason: string) => ({
    terminated: { exitCode, reason, startedAt: '⟦started⟧', finishedAt: '⟦finished⟧', containerID: '⟦container⟧' },
  })
  if (done) return { state: ended(0, 'Completed'), lastState: {}, ready: true, restartCount: 0 }
  if (name !== 'app') {
    return { state: { running: { startedAt: '⟦started⟧' } }, lastState: {}, ready: true, restartCount: 0 }
  }
  if (state === 'crash-loop') {
    const message = 'back-off 5m0s restarting failed container=app pod=⟦replicaSet⟧-⟦suffix⟧_⟦namespace⟧(⟦uid⟧)'
    return {
      state: { waiting: { reason: 'CrashLoopBackOff', message } },
      lastState: ended(1, 'Error'),
      ready: false,
      restartCount: '⟦!restarts⟧',
    }
  }
  return {
    state: { running: { startedAt: '⟦started⟧' } },
    lastState: {},
    ready: '⟦!ready⟧',
    restartCount: '⟦!restarts⟧',
  }
}
