import type { Container, PodSpec, PodTemplate, Probe } from '../cluster/pod-types.ts'

/** Every place in which a secret must not be kept or shown: Plumbline's tests look for this text everywhere. */
export const canary = 'CANARY-SECRET-VALUE'

export type ProbeStyle = 'http' | 'grpc' | 'tcp' | 'exec' | 'none'

export interface ContainerSketch {
  readonly name: string
  readonly image: string
  readonly port?: number
  readonly probes?: ProbeStyle
  /** Seconds that a startup probe allows: periods of 10 s. */
  readonly startupSeconds?: number
  readonly cpu?: string
  readonly memory?: string
  readonly limits?: Readonly<Record<string, string>>
  readonly command?: readonly string[]
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly mounts?: readonly { readonly name: string; readonly mountPath: string; readonly readOnly?: boolean }[]
  readonly restartPolicy?: string
  readonly envFrom?: readonly object[]
  readonly livenessPeriod?: number
  /** The command of its postStart hook. */
  readonly postStart?: readonly string[]
}

export function container(sketch: ContainerSketch): Container {
  const { name, image, port, probes = 'none', cpu = '100m', memory = '128Mi' } = sketch
  const handler = probeHandler(probes, port ?? 8080)
  return {
    name,
    image,
    ...(sketch.command && { command: sketch.command }),
    ...(sketch.args && { args: sketch.args }),
    ...(port !== undefined && {
      ports: [{ name: probes === 'grpc' ? 'grpc' : 'http', containerPort: port, protocol: 'TCP' }],
    }),
    ...(sketch.envFrom && { envFrom: sketch.envFrom }),
    env: [
      { name: 'POD_NAME', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } } },
      { name: 'POD_NAMESPACE', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } } },
      ...Object.entries(sketch.env ?? {}).map(([key, value]) => ({ name: key, value })),
    ],
    resources: { limits: sketch.limits ?? { memory }, requests: { cpu, memory } },
    ...(sketch.restartPolicy !== undefined && { restartPolicy: sketch.restartPolicy }),
    ...(sketch.mounts && { volumeMounts: sketch.mounts }),
    ...(sketch.postStart && { lifecycle: { postStart: { exec: { command: sketch.postStart } } } }),
    ...(sketch.startupSeconds !== undefined &&
      handler && { startupProbe: probe(handler, 'startup', 10, Math.round(sketch.startupSeconds / 10)) }),
    ...(handler && {
      livenessProbe: probe(
        handler,
        'live',
        sketch.livenessPeriod ?? 10,
        3,
        sketch.startupSeconds === undefined ? 15 : 0,
      ),
      readinessProbe: probe(handler, 'ready', 5, 3),
    }),
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: 'IfNotPresent',
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
    },
  }
}

function probeHandler(style: ProbeStyle, port: number): ((purpose: string) => object) | null {
  switch (style) {
    case 'http':
      return (purpose) => ({ httpGet: { path: `/${purpose}z`, port, scheme: 'HTTP' } })
    case 'grpc':
      return () => ({ grpc: { port, service: '' } })
    case 'tcp':
      return () => ({ tcpSocket: { port } })
    case 'exec':
      return () => ({ exec: { command: ['/bin/sh', '-c', 'exec pg_isready -h 127.0.0.1 -p 5432'] } })
    case 'none':
      return null
  }
}

function probe(
  handler: (purpose: string) => object,
  purpose: string,
  period: number,
  failures: number,
  delay = 0,
): Probe {
  return {
    ...handler(purpose),
    ...(delay > 0 && { initialDelaySeconds: delay }),
    timeoutSeconds: purpose === 'live' ? 2 : 1,
    periodSeconds: period,
    successThreshold: 1,
    failureThreshold: failures,
  }
}

/** A pod spec with everything that the API server fills in. */
export function podSpec(parts: Partial<PodSpec> & Pick<PodSpec, 'containers'>): PodSpec {
  return {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    serviceAccountName: 'default',
    serviceAccount: 'default',
    securityContext: { fsGroup: 10001, seccompProfile: { type: 'RuntimeDefault' } },
    schedulerName: 'default-scheduler',
    tolerations: [
      { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
      { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
    ],
    priority: 0,
    enableServiceLinks: true,
    preemptionPolicy: 'PreemptLowerPriority',
    ...parts,
  }
}

export function podTemplate(
  labels: Readonly<Record<string, string>>,
  spec: PodSpec,
  annotations?: Readonly<Record<string, string>>,
): PodTemplate {
  return { metadata: { labels, ...(annotations && { annotations }) }, spec }
}

/** Another version of the main container's image, as a new release brings it. */
export function withVersion(template: PodTemplate, version: string): PodTemplate {
  const [first, ...rest] = template.spec.containers
  if (!first) return template
  const image = `${first.image.replace(/:[^:/]*$/, '')}:${version}`
  return { ...template, spec: { ...template.spec, containers: [{ ...first, image }, ...rest] } }
}

/** `kubectl rollout restart`. */
export function restarted(template: PodTemplate, at: string): PodTemplate {
  const annotations = { ...template.metadata.annotations, 'kubectl.kubernetes.io/restartedAt': at }
  return { ...template, metadata: { ...template.metadata, annotations } }
}
