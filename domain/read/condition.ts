import type { PodCondition } from '../model/pod.ts'
import type { Interner } from './interner.ts'
import { messageText } from './message-text.ts'
import { type Raw, records, text } from './raw.ts'
import { timestamp } from './timestamp.ts'

/** Conditions have the same fields on pods, nodes and workloads (heartbeat times aside, which change all the time). */
export function readConditions(value: unknown, interner: Interner): readonly PodCondition[] {
  return records(value, (item: Raw) =>
    interner.condition({
      type: text(item.type),
      status: text(item.status),
      reason: text(item.reason),
      message: messageText(item.message),
      lastTransitionTime: timestamp(item.lastTransitionTime),
    }),
  )
}
