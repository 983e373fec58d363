import type { ContainerState, ContainerStatus } from '../model/pod.ts'
import type { Interner } from './interner.ts'
import { messageText } from './message-text.ts'
import { count, flag, flagOrNull, isRecord, type Raw, records, text, whole } from './raw.ts'
import { timestamp } from './timestamp.ts'

const none: ContainerState = Object.freeze({ type: 'none' })

export function readContainerStatuses(value: unknown, interner: Interner): readonly ContainerStatus[] {
  return records(value, (item: Raw) => ({
    name: interner.text(text(item.name)),
    ready: flag(item.ready),
    started: flagOrNull(item.started),
    restartCount: count(item.restartCount),
    image: interner.text(text(item.image)),
    containerID: text(item.containerID),
    state: readState(item.state, interner),
    lastState: readState(item.lastState, interner),
  }))
}

/** The API sets at most one of the three. */
function readState(value: unknown, interner: Interner): ContainerState {
  if (!isRecord(value)) return none
  const { running, waiting, terminated } = value
  if (isRecord(running)) return interner.running(timestamp(running.startedAt))
  if (isRecord(waiting)) {
    return {
      type: 'waiting',
      reason: interner.text(text(waiting.reason)),
      message: messageText(waiting.message),
    }
  }
  if (!isRecord(terminated)) return none
  return {
    type: 'terminated',
    exitCode: whole(terminated.exitCode, 0),
    signal: whole(terminated.signal, 0),
    reason: interner.text(text(terminated.reason)),
    message: messageText(terminated.message),
    startedAt: timestamp(terminated.startedAt),
    finishedAt: timestamp(terminated.finishedAt),
    containerID: text(terminated.containerID),
  }
}
