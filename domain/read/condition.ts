import type { PodCondition } from '../model/pod.ts'
import type { Interner } from './interner.ts'
import { messageText } from './message-text.ts'
import { type Raw, records, text } from './raw.ts'
import { timestamp } from './timestamp.ts'

/**
 * Conditions have the same fields on pods, nodes and workloads (heartbeat times aside, which change all the time).
 * @param interner null: for pods, whose conditions are made one with those of others when they are kept
 */
export function readConditions(value: unknown, interner: Interner | null): readonly PodCondition[] {
  return records(value, (item: Raw) => {
    const [type, reason, message] = [text(item.type), text(item.reason), messageText(item.message)]
    return {
      type: interner ? interner.text(type) : type,
      status: text(item.status),
      reason: interner ? interner.text(reason) : reason,
      message: interner ? interner.text(message) : message,
      lastTransitionTime: timestamp(item.lastTransitionTime),
    }
  })
}
