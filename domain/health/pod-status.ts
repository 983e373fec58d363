import type { ContainerState, ContainerStatus, Pod } from '../model/pod.ts'
import { humanDuration } from './human-duration.ts'
import type { KubectlDialect } from './kubectl-dialect.ts'

/** The columns of `kubectl get pods`. */
export interface PodStatus {
  /** STATUS */
  readonly status: string
  /** READY, before the slash: containers that run and whose `ready` flag is set. */
  readonly ready: number
  /** READY, after the slash: containers and native sidecars. */
  readonly total: number
  /** RESTARTS; those of init containers only while the pod initialises. */
  readonly restarts: number
  /** End of the last run before a restart among those containers, ms; null where none is known. */
  readonly lastRestartAt: number | null
}

/**
 * Exactly what the API server prints for a pod (printPod in k/k
 * pkg/printers/internalversion/printers.go), in the given dialect. Ephemeral containers count nowhere.
 */
export function podStatus(pod: Pod, dialect: KubectlDialect): PodStatus {
  const sidecars = sidecarNames(pod, dialect)
  let status = pod.reason === '' ? pod.phase : pod.reason
  if (dialect.schedulingGates && isGated(pod)) status = 'SchedulingGated'

  const init = initColumns(pod, sidecars)
  let columns: Columns = init
  if (init.status !== null) status = init.status
  if (init.status === null || (dialect.nativeSidecars && isInitialized(pod))) {
    columns = mainColumns(pod, status, init, dialect)
    status = columns.status ?? status
  }

  const hasEnded = pod.phase === 'Succeeded' || pod.phase === 'Failed'
  if (pod.deletedAt !== null && pod.reason === 'NodeLost') status = 'Unknown'
  else if (pod.deletedAt !== null && !(hasEnded && dialect.endedIsNotTerminating)) status = 'Terminating'
  return {
    status,
    ready: columns.ready,
    total: pod.spec.containers.length + sidecars.length,
    restarts: columns.restarts,
    lastRestartAt: columns.lastRestartAt,
  }
}

/** RESTARTS as text: "3 (5m ago)". */
export function restartsText(
  { restarts, lastRestartAt }: Pick<PodStatus, 'restarts' | 'lastRestartAt'>,
  dialect: KubectlDialect,
  now: number,
): string {
  if (!dialect.restartAge || lastRestartAt === null) return String(restarts)
  if (restarts === 0 && !dialect.restartAgeOfInit) return '0'
  return `${restarts} (${humanDuration(now - lastRestartAt)} ago)`
}

interface Columns {
  /** Null: these containers have nothing to say about it. */
  readonly status: string | null
  readonly ready: number
  readonly restarts: number
  readonly lastRestartAt: number | null
}

interface InitColumns extends Columns {
  readonly sidecarRestarts: number
  readonly sidecarLastRestartAt: number | null
}

const none: readonly string[] = []

function sidecarNames(pod: Pod, dialect: KubectlDialect): readonly string[] {
  const { initContainers } = pod.spec
  if (initContainers.length === 0 || !dialect.nativeSidecars) return none
  return initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always').map(({ name }) => name)
}

/** Goes as far as the first init container that isn't done; its status is the pod's. */
function initColumns(pod: Pod, sidecars: readonly string[]): InitColumns {
  let status: string | null = null
  let ready = 0
  let restarts = 0
  let lastRestartAt: number | null = null
  let sidecarRestarts = 0
  let sidecarLastRestartAt: number | null = null
  for (const [index, container] of pod.initContainerStatuses.entries()) {
    const isSidecar = sidecars.includes(container.name)
    restarts += container.restartCount
    lastRestartAt = later(lastRestartAt, container.lastState)
    if (isSidecar) {
      sidecarRestarts += container.restartCount
      sidecarLastRestartAt = later(sidecarLastRestartAt, container.lastState)
    }
    const { state } = container
    if (state.type === 'terminated' && state.exitCode === 0) continue
    if (isSidecar && container.started === true) {
      if (container.ready) ready += 1
      continue
    }
    status = initStatus(state, index, pod.spec.initContainers.length)
    break
  }
  return { status, ready, restarts, lastRestartAt, sidecarRestarts, sidecarLastRestartAt }
}

function initStatus(state: ContainerState, index: number, total: number): string {
  if (state.type === 'terminated') return `Init:${endReason(state)}`
  if (state.type === 'waiting' && state.reason !== '' && state.reason !== 'PodInitializing') {
    return `Init:${state.reason}`
  }
  return `Init:${index}/${total}`
}

/** From the last container to the first, so that the first one's reason stays. */
function mainColumns(pod: Pod, statusBefore: string, init: InitColumns, dialect: KubectlDialect): Columns {
  let status = statusBefore
  let ready = init.ready
  let restarts = init.sidecarRestarts
  let lastRestartAt = dialect.restartAgeOfInit ? init.lastRestartAt : init.sidecarLastRestartAt
  let hasRunning = false
  let errorReason = ''
  for (let index = pod.containerStatuses.length - 1; index >= 0; index -= 1) {
    const container = pod.containerStatuses[index] as ContainerStatus
    restarts += container.restartCount
    lastRestartAt = later(lastRestartAt, container.lastState)
    const { state } = container
    if (state.type === 'waiting' && state.reason !== '') {
      status = state.reason
    } else if (state.type === 'terminated') {
      status = endReason(state)
      if (state.exitCode !== 0) errorReason = status
    } else if (container.ready && state.type === 'running') {
      hasRunning = true
      ready += 1
    }
  }
  if (status === 'Completed') {
    if (hasRunning && isReady(pod)) status = 'Running'
    else if (errorReason !== '' && dialect.errorOverCompleted) status = errorReason
    else if (hasRunning) status = 'NotReady'
  }
  return { status, ready, restarts, lastRestartAt }
}

function endReason(state: Extract<ContainerState, { type: 'terminated' }>): string {
  if (state.reason !== '') return state.reason
  return state.signal !== 0 ? `Signal:${state.signal}` : `ExitCode:${state.exitCode}`
}

function later(known: number | null, lastState: ContainerState): number | null {
  const ended = lastState.type === 'terminated' ? lastState.finishedAt : null
  return ended !== null && (known === null || ended > known) ? ended : known
}

function isGated(pod: Pod): boolean {
  return pod.conditions.some(({ type, reason }) => type === 'PodScheduled' && reason === 'SchedulingGated')
}

function isReady(pod: Pod): boolean {
  return pod.conditions.some(({ type, status }) => type === 'Ready' && status === 'True')
}

function isInitialized(pod: Pod): boolean {
  return pod.conditions.find(({ type }) => type === 'Initialized')?.status === 'True'
}
