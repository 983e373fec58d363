import type { LabelSelector, Labels } from './labels.ts'

/**
 * The part of a pod's spec that Plumbline uses. It is the same object for all pods of one template
 * (interned at ingest), so it holds nothing that differs between them: the node's name is on Pod.
 */
export interface PodSpec {
  readonly containers: readonly ContainerSpec[]
  readonly initContainers: readonly ContainerSpec[]
  /** Always, OnFailure or Never. */
  readonly restartPolicy: string
  readonly terminationGracePeriodSeconds: number
  readonly schedulerName: string
  readonly priority: number
  readonly preemptionPolicy: string
  readonly hostNetwork: boolean
  readonly nodeSelector: Labels
  readonly nodeAffinity: NodeAffinity | null
  readonly podAffinity: PodAffinity | null
  readonly podAntiAffinity: PodAffinity | null
  readonly tolerations: readonly Toleration[]
  readonly topologySpreadConstraints: readonly TopologySpreadConstraint[]
  readonly schedulingGates: readonly string[]
  /** The condition types of readinessGates. */
  readonly readinessGates: readonly string[]
  readonly volumes: readonly Volume[]
  /** Resources of the pod itself that add to its containers' requests (RuntimeClass overhead). */
  readonly overhead: Resources
}

/** Quantities by resource name, as written in the object ("500m", "1Gi"). */
export type Resources = Labels

export interface ContainerSpec {
  readonly name: string
  readonly image: string
  /** For init containers `Always` makes a native sidecar; null where the pod's policy holds. */
  readonly restartPolicy: string | null
  /** restartPolicyRules: the first that fits the exit code decides before the policy does (1.34 on). */
  readonly restartRules: readonly RestartRule[]
  readonly ports: readonly ContainerPort[]
  readonly requests: Resources
  readonly limits: Resources
  readonly livenessProbe: Probe | null
  readonly readinessProbe: Probe | null
  readonly startupProbe: Probe | null
  readonly volumeMounts: readonly VolumeMount[]
  readonly hasPostStartHook: boolean
  readonly hasPreStopHook: boolean
}

/** core/v1 ContainerRestartRule. */
export interface RestartRule {
  /** Restart, or RestartAllContainers (1.35 on). */
  readonly action: string
  /** In or NotIn. */
  readonly operator: string
  readonly values: readonly number[]
}

export interface ContainerPort {
  readonly name: string
  readonly containerPort: number
  readonly hostPort: number | null
  readonly hostIP: string
  readonly protocol: string
}

export interface VolumeMount {
  readonly name: string
  readonly mountPath: string
  readonly readOnly: boolean
}

export interface Volume {
  readonly name: string
  /** The key that says what the volume is: emptyDir, configMap, persistentVolumeClaim, … */
  readonly type: string
  /** The claim's, ConfigMap's or Secret's name where there is one. */
  readonly source: string
}

export type ProbeKind = 'liveness' | 'readiness' | 'startup'

/** A probe with Kubernetes' defaults filled in (k/k pkg/apis/core/v1/defaults.go). */
export interface Probe {
  readonly handler: ProbeHandler
  readonly initialDelaySeconds: number
  readonly periodSeconds: number
  readonly timeoutSeconds: number
  readonly successThreshold: number
  readonly failureThreshold: number
  /** Null: the pod's own grace period is used. */
  readonly terminationGracePeriodSeconds: number | null
}

export type ProbeHandler =
  | {
      readonly type: 'httpGet'
      readonly scheme: string
      readonly host: string
      readonly port: string
      readonly path: string
    }
  | { readonly type: 'tcpSocket'; readonly host: string; readonly port: string }
  | { readonly type: 'exec'; readonly command: readonly string[] }
  | { readonly type: 'grpc'; readonly port: string; readonly service: string }
  | { readonly type: 'unknown' }

/** core/v1 TopologySpreadConstraint; null where the field is absent and its default depends on the version. */
export interface TopologySpreadConstraint {
  readonly maxSkew: number
  readonly topologyKey: string
  /** DoNotSchedule or ScheduleAnyway. */
  readonly whenUnsatisfiable: string
  /** Null matches nothing; an empty selector is version dependent (kubernetes#141339). */
  readonly labelSelector: LabelSelector | null
  readonly minDomains: number | null
  /** Honor or Ignore; null means Honor. */
  readonly nodeAffinityPolicy: string | null
  /** Honor or Ignore; null means Ignore. */
  readonly nodeTaintsPolicy: string | null
  readonly matchLabelKeys: readonly string[]
}

export interface NodeSelectorRequirement {
  readonly key: string
  /** In, NotIn, Exists, DoesNotExist, Gt or Lt. */
  readonly operator: string
  readonly values: readonly string[]
}

/** Terms are ORed; within a term all expressions and fields must hold; an empty term matches no node. */
export interface NodeSelectorTerm {
  readonly matchExpressions: readonly NodeSelectorRequirement[]
  readonly matchFields: readonly NodeSelectorRequirement[]
}

export interface NodeAffinity {
  /** Null: no required node affinity. An empty list matches no node. */
  readonly required: readonly NodeSelectorTerm[] | null
  readonly preferred: readonly { readonly weight: number; readonly preference: NodeSelectorTerm }[]
}

export interface PodAffinityTerm {
  readonly topologyKey: string
  readonly labelSelector: LabelSelector | null
  readonly namespaces: readonly string[]
  readonly namespaceSelector: LabelSelector | null
  readonly matchLabelKeys: readonly string[]
  readonly mismatchLabelKeys: readonly string[]
}

export interface PodAffinity {
  readonly required: readonly PodAffinityTerm[]
  readonly preferred: readonly { readonly weight: number; readonly term: PodAffinityTerm }[]
}

export interface Toleration {
  readonly key: string
  /** Empty means Equal. */
  readonly operator: string
  readonly value: string
  readonly effect: string
  readonly tolerationSeconds: number | null
}
