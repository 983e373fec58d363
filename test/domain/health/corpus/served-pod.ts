import { type MadeContainer, type MadePod, rawPod } from '../made-pod.ts'

type Json = Record<string, unknown>

/** A pod with what an API server adds to what was written (k/k pkg/apis/core/v1/defaults.go). */
export function servedPod(made: MadePod): Json {
  const raw = rawPod(made) as { spec: Json; status: Json; metadata: Json }
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: raw.metadata,
    spec: {
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 30,
      dnsPolicy: 'ClusterFirst',
      schedulerName: 'default-scheduler',
      enableServiceLinks: true,
      priority: 0,
      ...raw.spec,
      initContainers: (raw.spec.initContainers as Json[]).map(servedContainer),
      containers: (raw.spec.containers as Json[]).map(servedContainer),
    },
    status: raw.status,
  }
}

function servedContainer(container: Json): Json {
  const served: Json = {
    imagePullPolicy: 'IfNotPresent',
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    resources: {},
    ...container,
  }
  for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    if (served[name]) served[name] = servedProbe(served[name] as Json)
  }
  return served
}

function servedProbe(probe: Json): Json {
  const { httpGet, grpc } = probe as { httpGet?: Json; grpc?: Json }
  return {
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
    ...probe,
    ...(httpGet && { httpGet: { path: '/', scheme: 'HTTP', ...httpGet } }),
    ...(grpc && { grpc: { service: '', ...grpc } }),
  }
}

/* Conditions as the kubelet sets them (k/k pkg/kubelet/status/generate.go). */

type Conditions = NonNullable<MadePod['conditions']>

export const ready: Conditions = ['PodScheduled', 'Initialized', 'ContainersReady', 'Ready']

/** `begun` seconds ago the pod was bound. */
export function unready(names: string, seconds = 60, begun = 7_000): Conditions {
  return [['PodScheduled', 'True', begun], ['Initialized', 'True', begun], ...notReady(names, seconds)]
}

/** These init containers aren't done, these containers aren't ready. */
export function initialising(incomplete: string, names = 'm0', seconds = 7_100): Conditions {
  const message = `containers with incomplete status: [${incomplete}]`
  return [
    ['PodScheduled', 'True', seconds],
    ['Initialized', 'False', seconds, 'ContainersNotInitialized', message],
    ...notReady(names, seconds),
  ]
}

function notReady(names: string, seconds: number): Conditions {
  const message = `containers with unready status: [${names}]`
  return [
    ['ContainersReady', 'False', seconds, 'ContainersNotReady', message],
    ['Ready', 'False', seconds, 'ContainersNotReady', message],
  ]
}

export function ended(reason: 'PodCompleted' | 'PodFailed', seconds = 60): Conditions {
  return [
    'PodScheduled',
    'Initialized',
    ['ContainersReady', 'False', seconds, reason],
    ['Ready', 'False', seconds, reason],
  ]
}

/** A container whose spec has these fields. */
export function having(spec: Json, status: MadeContainer = {}): MadeContainer {
  return { ...status, spec: { ...status.spec, ...spec } }
}

/** CrashLoopBackOff with the back-off in the kubelet's words. */
export function backingOff(wait: string, container = 'm0'): Json {
  return {
    waiting: {
      reason: 'CrashLoopBackOff',
      message: `back-off ${wait} restarting failed container=${container} pod=pod-1_shop(uid-1)`,
    },
  }
}

/** The spec of a native sidecar. */
export const sidecarSpec = { restartPolicy: 'Always' }
