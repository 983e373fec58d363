import type { LabelSelector, Labels } from '../../domain/model/labels.ts'
import type { Pod } from '../../domain/model/pod.ts'
import type { PodSpec, TopologySpreadConstraint } from '../../domain/model/pod-spec.ts'

let pods = 0

export interface PodParts extends Partial<Omit<Pod, 'kind' | 'labels' | 'spec'>> {
  readonly labels?: Record<string, string>
  readonly spec?: Partial<PodSpec>
}

/** A pod of the model, running, with a name and uid of its own; the parts given are put over it. */
export function aPod({ labels, spec, ...parts }: PodParts = {}): Pod {
  pods += 1
  return {
    kind: 'Pod',
    uid: `pod-uid-${pods}`,
    namespace: 'default',
    name: `pod-${pods}`,
    resourceVersion: String(pods),
    labels: labelsOf(labels),
    createdAt: 0,
    deletedAt: null,
    owner: null,
    annotations: labelsOf(),
    spec: aPodSpec(spec),
    nodeName: '',
    phase: 'Running',
    reason: '',
    message: '',
    podIP: '',
    startTime: null,
    nominatedNodeName: '',
    qosClass: 'BestEffort',
    conditions: [],
    initContainerStatuses: [],
    containerStatuses: [],
    ...parts,
  }
}

export function aPodSpec(parts: Partial<PodSpec> = {}): PodSpec {
  return {
    containers: [],
    initContainers: [],
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    schedulerName: 'default-scheduler',
    priority: 0,
    preemptionPolicy: 'PreemptLowerPriority',
    hostNetwork: false,
    nodeSelector: labelsOf(),
    nodeAffinity: null,
    podAffinity: null,
    podAntiAffinity: null,
    tolerations: [],
    topologySpreadConstraints: [],
    schedulingGates: [],
    readinessGates: [],
    volumes: [],
    overhead: labelsOf(),
    ...parts,
  }
}

/** Over zones, hard, maxSkew 1, of the pods labelled app=web. */
export function aConstraint(parts: Partial<TopologySpreadConstraint> = {}): TopologySpreadConstraint {
  return {
    maxSkew: 1,
    topologyKey: 'topology.kubernetes.io/zone',
    whenUnsatisfiable: 'DoNotSchedule',
    labelSelector: aSelector({ app: 'web' }),
    minDomains: null,
    nodeAffinityPolicy: null,
    nodeTaintsPolicy: null,
    matchLabelKeys: [],
    ...parts,
  }
}

/** A selector by labels and by requirements such as ['tier', 'In', 'a', 'b']. */
export function aSelector(
  matchLabels: Record<string, string> = {},
  ...requirements: (readonly [key: string, operator: string, ...values: string[]])[]
): LabelSelector {
  return {
    matchLabels: labelsOf(matchLabels),
    matchExpressions: requirements.map(([key, operator, ...values]) => ({ key, operator, values })),
  }
}

/** Labels as the model has them: without a prototype. */
export function labelsOf(entries: Record<string, string> = {}): Labels {
  const labels: Record<string, string> = Object.create(null)
  for (const [key, value] of Object.entries(entries)) labels[key] = value
  return labels
}
