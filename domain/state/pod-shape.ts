import type { ContainerState, ContainerStatus, Pod, PodCondition } from '../model/pod.ts'
import { GenerationalMap } from '../read/generational-map.ts'

/** What the statuses of many pods have in common: everything but times, messages, IDs and restart counts, which are left blank. */
export interface StatusShape {
  readonly phase: string
  readonly reason: string
  readonly nominatedNodeName: string
  readonly qosClass: string
  readonly conditions: readonly PodCondition[]
}

export interface ContainersShape {
  readonly init: readonly ContainerStatus[]
  readonly main: readonly ContainerStatus[]
}

/** Fields of a container's status and of its states that are a pod's own. */
const ownOfContainer: ReadonlySet<string> = new Set(['restartCount', 'containerID', 'state', 'lastState'])
const ownOfState: ReadonlySet<string> = new Set(['message', 'startedAt', 'finishedAt', 'containerID'])
const ownOfCondition: ReadonlySet<string> = new Set(['lastTransitionTime'])

/** Of how many shapes the latest are remembered: of statuses altogether, of containers for each image. */
const mostStatusShapes = 64
const mostContainersShapes = 12
const mostImages = 20_000

/**
 * Finds the shape that a pod shares with others. Bounded: a shape that is forgotten is made again,
 * which costs memory and nothing else. Whatever field is not named as a pod's own counts as part of
 * the shape, so a field that is new to the model is at worst kept too often, never wrongly shared.
 */
export class PodShapes {
  readonly #statuses: StatusShape[] = []
  readonly #containers = new GenerationalMap<string, ContainersShape[]>(mostImages)

  status(pod: Pod): StatusShape {
    return recall(this.#statuses, mostStatusShapes, (shape) => isStatus(shape, pod)) ?? this.#newStatus(pod)
  }

  containers(pod: Pod): ContainersShape {
    // Pods of one template have one image, whoever owns them: the pods of each Job of a CronJob too.
    const image = (pod.containerStatuses[0] ?? pod.initContainerStatuses[0])?.image ?? ''
    const known = this.#containers.get(image)
    const found = known && recall(known, mostContainersShapes, (shape) => isContainers(shape, pod))
    if (found) return found
    const shape = { init: pod.initContainerStatuses.map(blank), main: pod.containerStatuses.map(blank) }
    if (known) remember(known, mostContainersShapes, shape)
    else this.#containers.set(image, [shape])
    return shape
  }

  #newStatus({ phase, reason, nominatedNodeName, qosClass, conditions }: Pod): StatusShape {
    const blanks = conditions.map((condition) => ({ ...condition, lastTransitionTime: null }))
    const shape: StatusShape = { phase, reason, nominatedNodeName, qosClass, conditions: blanks }
    remember(this.#statuses, mostStatusShapes, shape)
    return shape
  }
}

/** What was asked for last is looked at first. */
function recall<T>(shapes: T[], most: number, isIt: (shape: T) => boolean): T | undefined {
  for (let index = 0; index < shapes.length; index += 1) {
    const shape = shapes[index] as T
    if (!isIt(shape)) continue
    // Moving costs a walk too: only what has sunk far is brought up.
    if (index > most / 8) {
      shapes.splice(index, 1)
      shapes.unshift(shape)
    }
    return shape
  }
  return undefined
}

function remember<T>(shapes: T[], most: number, shape: T): void {
  if (shapes.length >= most) shapes.pop()
  shapes.unshift(shape)
}

function isStatus(shape: StatusShape, pod: Pod): boolean {
  return (
    shape.phase === pod.phase &&
    shape.reason === pod.reason &&
    shape.nominatedNodeName === pod.nominatedNodeName &&
    shape.qosClass === pod.qosClass &&
    areSame(shape.conditions, pod.conditions, (a, b) => isSame(a, b, ownOfCondition))
  )
}

function isContainers(shape: ContainersShape, pod: Pod): boolean {
  return (
    areSame(shape.main, pod.containerStatuses, isContainer) &&
    areSame(shape.init, pod.initContainerStatuses, isContainer)
  )
}

function isContainer(a: ContainerStatus, b: ContainerStatus): boolean {
  return (
    isSame(a, b, ownOfContainer) && isSame(a.state, b.state, ownOfState) && isSame(a.lastState, b.lastState, ownOfState)
  )
}

function areSame<T>(a: readonly T[], b: readonly T[], same: (a: T, b: T) => boolean): boolean {
  if (a.length !== b.length) return false
  for (let index = 0; index < a.length; index += 1) if (!same(a[index] as T, b[index] as T)) return false
  return true
}

function isSame<T extends object>(a: T, b: T, own: ReadonlySet<string>): boolean {
  for (const key in a) if (!own.has(key) && a[key] !== b[key]) return false
  return true
}

function blank(status: ContainerStatus): ContainerStatus {
  const { state, lastState } = status
  return { ...status, restartCount: 0, containerID: '', state: blankState(state), lastState: blankState(lastState) }
}

function blankState(state: ContainerState): ContainerState {
  switch (state.type) {
    case 'running':
      return { ...state, startedAt: null }
    case 'waiting':
      return { ...state, message: '' }
    case 'terminated':
      return { ...state, message: '', startedAt: null, finishedAt: null, containerID: '' }
    case 'none':
      return state
  }
}
