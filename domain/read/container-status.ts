import type { ContainerState, ContainerStatus } from '../model/pod.ts'
import { messageText } from './message-text.ts'
import { count, flag, flagOrNull, isRecord, type Raw, records, text, whole } from './raw.ts'
import { timestamp } from './timestamp.ts'

const none: ContainerState = Object.freeze({ type: 'none' })

/** Nothing is interned here: what the containers of many pods share is made one when they are kept (domain/state). */
export function readContainerStatuses(value: unknown): readonly ContainerStatus[] {
  return records(value, (item: Raw) => ({
    name: text(item.name),
    ready: flag(item.ready),
    started: flagOrNull(item.started),
    restartCount: count(item.restartCount),
    image: text(item.image),
    containerID: text(item.containerID),
    state: readState(item.state),
    lastState: readState(item.lastState),
  }))
}

/** The API sets at most one of the three. */
function readState(value: unknown): ContainerState {
  if (!isRecord(value)) return none
  const { running, waiting, terminated } = value
  if (isRecord(running)) return { type: 'running', startedAt: timestamp(running.startedAt) }
  if (isRecord(waiting)) {
    return {
      type: 'waiting',
      reason: text(waiting.reason),
      message: messageText(waiting.message),
    }
  }
  if (!isRecord(terminated)) return none
  return {
    type: 'terminated',
    exitCode: whole(terminated.exitCode, 0),
    signal: whole(terminated.signal, 0),
    reason: text(terminated.reason),
    message: messageText(terminated.message),
    startedAt: timestamp(terminated.startedAt),
    finishedAt: timestamp(terminated.finishedAt),
    containerID: text(terminated.containerID),
  }
}
