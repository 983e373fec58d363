import type { PodCondition } from '../model/pod.ts'
import type { Interner } from './interner.ts'
import { messageText } from './message-text.ts'
import { type Raw, records, text } from './raw.ts'
import { timestamp } from './timestamp.ts'

/** Conditions have the same fields on pods, nodes and workloads (heartbeat times aside, which change all the time). */
export function readConditions(value: unknown, interner: Interner): readonly PodCondition[] {
  return records(value, (item: Raw) => ({
    type: interner.text(text(item.type)),
    status: text(item.status),
    reason: interner.text(text(item.reason)),
    message: interner.text(messageText(item.message)),
    lastTransitionTime: timestamp(item.lastTransitionTime),
  }))
}
