import type { ContainerState, ContainerStatus, Pod } from '../model/pod.ts'
import type { ContainerSpec, PodSpec, RestartRule } from '../model/pod-spec.ts'

/** A container of a pod: what is declared and what the kubelet reports of it. */
export interface PodContainer {
  readonly spec: ContainerSpec
  /** Null until the kubelet has reported. */
  readonly status: ContainerStatus | null
  /** init: runs to its end, in order; sidecar: init container with restartPolicy Always; main: the rest. */
  readonly type: 'init' | 'sidecar' | 'main'
  /** The container's own restart policy where it has one, else what the pod's means for its type. */
  readonly restartPolicy: 'Always' | 'OnFailure' | 'Never'
}

export type RunningState = Extract<ContainerState, { type: 'running' }>
export type WaitingState = Extract<ContainerState, { type: 'waiting' }>
export type TerminatedState = Extract<ContainerState, { type: 'terminated' }>

/** In the order in which they start: init containers and sidecars as declared, then the main ones. */
export function podContainers(pod: Pod): readonly PodContainer[] {
  const { initContainers, containers } = pod.spec
  const main = containers.map((spec) => podContainer(pod, spec, 'main'))
  if (initContainers.length === 0) return main
  return [
    ...initContainers.map((spec) => podContainer(pod, spec, spec.restartPolicy === 'Always' ? 'sidecar' : 'init')),
    ...main,
  ]
}

/** Names are unique among all containers of a pod (API validation). */
export function containerNamed(pod: Pod, name: string): PodContainer | null {
  return podContainers(pod).find(({ spec }) => spec.name === name) ?? null
}

function podContainer(pod: Pod, spec: ContainerSpec, type: PodContainer['type']): PodContainer {
  const statuses = type === 'main' ? pod.containerStatuses : pod.initContainerStatuses
  return {
    spec,
    status: statuses.find(({ name }) => name === spec.name) ?? null,
    type,
    restartPolicy: restartPolicy(spec.restartPolicy ?? pod.spec.restartPolicy, type),
  }
}

/** The policy that holds for a container of a pod or of a template: its own, else what the pod's means for it. */
export function effectiveRestartPolicy(podSpec: PodSpec, spec: ContainerSpec): PodContainer['restartPolicy'] {
  const isInit = podSpec.initContainers.includes(spec)
  const type = !isInit ? 'main' : spec.restartPolicy === 'Always' ? 'sidecar' : 'init'
  return restartPolicy(spec.restartPolicy ?? podSpec.restartPolicy, type)
}

/** Init containers that end well are done, whatever the policy; Always means OnFailure for them (kubelet, computeInitContainerActions). */
function restartPolicy(policy: string, type: PodContainer['type']): PodContainer['restartPolicy'] {
  if (policy === 'Never') return 'Never'
  if (policy === 'OnFailure' || type === 'init') return 'OnFailure'
  return 'Always'
}

/**
 * Whether a container is started again after it has ended so. The first rule that fits the exit code
 * decides, else the policy (k/k pkg/kubelet/container/helpers.go, ContainerShouldRestart; rules from
 * 1.34 on). RestartAllContainers starts it again along with all others.
 */
export function isStartedAgain({ spec, restartPolicy }: PodContainer, exitCode: number): boolean {
  if (spec.restartRules.some((rule) => fits(rule, exitCode))) return true
  return restartPolicy === 'Always' || (restartPolicy === 'OnFailure' && exitCode !== 0)
}

function fits({ action, operator, values }: RestartRule, exitCode: number): boolean {
  if (action !== 'Restart' && action !== 'RestartAllContainers') return false
  if (operator === 'In') return values.includes(exitCode)
  return operator === 'NotIn' && !values.includes(exitCode)
}

/** The last run that is over: the present state where the container has ended, else the one before; null without any. */
export function lastRun(status: ContainerStatus): TerminatedState | null {
  if (status.state.type === 'terminated') return status.state
  return status.lastState.type === 'terminated' ? status.lastState : null
}

/** How long a run took, ms; null where its start or end isn't known (a start in 1970 is the CRI's "never"). */
export function runTime({ startedAt, finishedAt }: TerminatedState): number | null {
  if (startedAt === null || startedAt === 0 || finishedAt === null || finishedAt === 0) return null
  return Math.max(0, finishedAt - startedAt)
}
