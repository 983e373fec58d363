import type { KubernetesObject, ObjectMetadata } from '../api/kubernetes-object.ts'

/** The parts of the API's types that the simulated control plane reads. Defaults are filled in, as the API server does. */

export interface Probe {
  readonly initialDelaySeconds?: number
  readonly periodSeconds: number
  readonly timeoutSeconds: number
  readonly successThreshold: number
  readonly failureThreshold: number
  readonly terminationGracePeriodSeconds?: number
  readonly [handler: string]: unknown
}

export type ProbeKind = 'startup' | 'liveness' | 'readiness'

export interface Container {
  readonly name: string
  readonly image: string
  /** `Always` on an init container makes a native sidecar. */
  readonly restartPolicy?: string
  readonly resources: {
    readonly requests?: Readonly<Record<string, string>>
    readonly limits?: Readonly<Record<string, string>>
  }
  readonly startupProbe?: Probe
  readonly livenessProbe?: Probe
  readonly readinessProbe?: Probe
  readonly ports?: readonly { readonly containerPort: number; readonly name?: string; readonly protocol: string }[]
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string; readonly readOnly?: boolean }[]
  readonly [field: string]: unknown
}

export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>
  readonly matchExpressions?: readonly {
    readonly key: string
    readonly operator: string
    readonly values?: readonly string[]
  }[]
}

export interface SpreadConstraint {
  readonly maxSkew: number
  readonly topologyKey: string
  readonly whenUnsatisfiable: 'DoNotSchedule' | 'ScheduleAnyway'
  readonly labelSelector: LabelSelector
  readonly minDomains?: number
  readonly nodeAffinityPolicy?: 'Honor' | 'Ignore'
  readonly nodeTaintsPolicy?: 'Honor' | 'Ignore'
  readonly matchLabelKeys?: readonly string[]
}

export interface PodAffinityTerm {
  readonly topologyKey: string
  readonly labelSelector: LabelSelector
}

export interface Toleration {
  readonly key?: string
  readonly operator?: string
  readonly value?: string
  readonly effect?: string
  readonly tolerationSeconds?: number
}

export interface NodeSelectorTerm {
  readonly matchExpressions?: readonly {
    readonly key: string
    readonly operator: string
    readonly values?: readonly string[]
  }[]
  readonly matchFields?: readonly {
    readonly key: string
    readonly operator: string
    readonly values?: readonly string[]
  }[]
}

export interface PodSpec {
  readonly containers: readonly Container[]
  readonly initContainers?: readonly Container[]
  readonly nodeName?: string
  readonly restartPolicy: string
  readonly terminationGracePeriodSeconds: number
  readonly nodeSelector?: Readonly<Record<string, string>>
  readonly affinity?: {
    readonly nodeAffinity?: {
      readonly requiredDuringSchedulingIgnoredDuringExecution?: {
        readonly nodeSelectorTerms: readonly NodeSelectorTerm[]
      }
    }
    readonly podAffinity?: { readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly PodAffinityTerm[] }
    readonly podAntiAffinity?: {
      readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly PodAffinityTerm[]
      readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly {
        readonly weight: number
        readonly podAffinityTerm: PodAffinityTerm
      }[]
    }
  }
  readonly tolerations?: readonly Toleration[]
  readonly topologySpreadConstraints?: readonly SpreadConstraint[]
  readonly hostNetwork?: boolean
  readonly volumes?: readonly object[]
  readonly [field: string]: unknown
}

export interface Condition {
  readonly type: string
  readonly status: string
  readonly lastTransitionTime?: string | null
  readonly reason?: string
  readonly message?: string
  readonly [field: string]: unknown
}

export interface PodStatus {
  readonly phase: string
  readonly conditions?: readonly Condition[]
  readonly podIP?: string
  readonly reason?: string
  readonly [field: string]: unknown
}

export interface Pod extends KubernetesObject {
  readonly spec: PodSpec
  readonly status: PodStatus
}

export interface PodTemplate {
  readonly metadata: {
    readonly labels: Readonly<Record<string, string>>
    readonly annotations?: Readonly<Record<string, string>>
  }
  readonly spec: PodSpec
}

export interface Taint {
  readonly key: string
  readonly value?: string
  readonly effect: string
  readonly timeAdded?: string
}

export interface Node extends KubernetesObject {
  readonly spec: {
    readonly taints?: readonly Taint[]
    readonly unschedulable?: boolean
    readonly [field: string]: unknown
  }
  readonly status: {
    readonly allocatable: Readonly<Record<string, string>>
    readonly conditions: readonly Condition[]
    readonly [field: string]: unknown
  }
}

export function labelsOf(object: { readonly metadata: ObjectMetadata }): Readonly<Record<string, string>> {
  return object.metadata.labels ?? {}
}

export function isTerminal(pod: Pod): boolean {
  return pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed'
}

export function isTerminating(object: KubernetesObject): boolean {
  return object.metadata.deletionTimestamp !== undefined
}

export function conditionOf(
  object: { readonly status: { readonly conditions?: readonly Condition[] } },
  type: string,
): Condition | undefined {
  return object.status.conditions?.find((each) => each.type === type)
}

export function isReady(pod: Pod): boolean {
  return conditionOf(pod, 'Ready')?.status === 'True'
}

/** The controller's uid; empty where there is none. */
export function ownerUid(object: KubernetesObject): string {
  return object.metadata.ownerReferences?.find((each) => each.controller)?.uid ?? ''
}
