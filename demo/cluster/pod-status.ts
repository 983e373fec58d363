import type { ContainerRecord } from './container-record.ts'
import type { Condition, Pod, PodStatus } from './pod-types.ts'

export interface PodSandbox {
  readonly hostIP: string
  /** Empty until the sandbox has its network. */
  readonly podIP: string
  /** When kubelet saw the pod first, as a timestamp. */
  readonly startTime: string
}

/** The conditions that kubelet owns, in the order in which it writes them. */
const owned = ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady']

/** The whole status of a pod as kubelet of 1.34 would write it now (k/k pkg/kubelet/kubelet_pods.go, status/generate.go). */
export function podStatus(
  pod: Pod,
  containers: readonly ContainerRecord[],
  sandbox: PodSandbox,
  now: string,
): PodStatus {
  const init = containers.filter((each) => each.init)
  const main = containers.filter((each) => !each.init)
  const phase = phaseOf(pod, init, main)
  const ended = phase === 'Succeeded' || phase === 'Failed'
  const before = pod.status.conditions ?? []
  const condition = (type: string, status: boolean, reason?: string, message?: string): Condition => {
    const last = before.find((each) => each.type === type)
    const text = status ? 'True' : 'False'
    return {
      type,
      observedGeneration: pod.metadata.generation,
      status: text,
      lastProbeTime: null,
      lastTransitionTime: last?.status === text ? (last.lastTransitionTime ?? now) : now,
      ...(reason !== undefined && { reason }),
      ...(message !== undefined && { message }),
    }
  }
  const initialized = main.some((each) => each.runs > 0) || init.every((each) => each.passed)
  const incomplete = names(init.filter((each) => !each.passed))
  const unready = names([...init.filter((each) => each.sidecar), ...main].filter((each) => !each.ready))
  const notReady = ended
    ? { reason: phase === 'Succeeded' ? 'PodCompleted' : 'PodFailed', message: undefined }
    : { reason: 'ContainersNotReady', message: `containers with unready status: ${unready}` }
  const ready = unready === '[]' && !ended
  const conditions = [
    condition('PodReadyToStartContainers', sandbox.podIP !== '' && !ended),
    initialized
      ? condition('Initialized', true, phase === 'Succeeded' ? 'PodCompleted' : undefined)
      : condition('Initialized', false, 'ContainersNotInitialized', `containers with incomplete status: ${incomplete}`),
    ready ? condition('Ready', true) : condition('Ready', false, notReady.reason, notReady.message),
    ready ? condition('ContainersReady', true) : condition('ContainersReady', false, notReady.reason, notReady.message),
    ...before.filter((each) => !owned.includes(each.type)),
  ]
  return {
    observedGeneration: pod.metadata.generation,
    phase,
    conditions,
    hostIP: sandbox.hostIP,
    hostIPs: [{ ip: sandbox.hostIP }],
    ...(sandbox.podIP !== '' && { podIP: sandbox.podIP, podIPs: [{ ip: sandbox.podIP }] }),
    startTime: sandbox.startTime,
    ...(init.length > 0 && { initContainerStatuses: init.map(containerStatus) }),
    containerStatuses: main.map(containerStatus),
    qosClass: pod.status.qosClass,
  }
}

/** The status of a pod that kubelet has evicted, made from what its containers have come to. */
export function evictedStatus(pod: Pod, status: PodStatus, message: string, at: string): PodStatus {
  const failed = (status.conditions ?? []).map((each) =>
    each.reason === 'ContainersNotReady' ? { ...each, reason: 'PodFailed', message: '' } : each,
  )
  const disruption = {
    type: 'DisruptionTarget',
    observedGeneration: pod.metadata.generation,
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: at,
    reason: 'TerminationByKubelet',
    message,
  }
  return { ...status, phase: 'Failed', reason: 'Evicted', message, conditions: [...failed, disruption] }
}

function phaseOf(pod: Pod, init: readonly ContainerRecord[], main: readonly ContainerRecord[]): string {
  const restarts = pod.spec.restartPolicy
  const failedInit = init.some((each) => !each.sidecar && each.exitCode !== null && each.exitCode !== 0)
  if (failedInit && restarts === 'Never') return 'Failed'
  if (main.every((each) => each.runs === 0)) return 'Pending'
  const over = main.every((each) => each.exitCode !== null)
  if (over && main.every((each) => each.succeeded) && restarts !== 'Always') return 'Succeeded'
  if (over && restarts === 'Never') return 'Failed'
  return main.every((each) => each.runs > 0) ? 'Running' : 'Pending'
}

/** Names as Go prints a slice: `[a b]`. */
function names(containers: readonly ContainerRecord[]): string {
  return `[${containers.map((each) => each.spec.name).join(' ')}]`
}

function containerStatus(container: ContainerRecord): object {
  const { spec } = container
  return {
    name: spec.name,
    state: container.state,
    lastState: container.lastState,
    ready: container.ready,
    restartCount: container.restartCount,
    image: spec.image,
    imageID: container.imageID,
    ...(container.containerID !== '' && { containerID: container.containerID }),
    ...((!container.init || container.sidecar || container.runs > 0) && { started: container.started }),
    ...(container.runs > 0 &&
      spec.resources.requests && { allocatedResources: spec.resources.requests, resources: spec.resources }),
    ...(spec.volumeMounts && {
      volumeMounts: spec.volumeMounts.map((mount) => ({
        ...mount,
        ...(mount.readOnly === true && { recursiveReadOnly: 'Disabled' }),
      })),
    }),
  }
}
