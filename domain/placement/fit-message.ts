/** How many nodes give each reason. One node may give several. */
export type ReasonCounts = ReadonlyMap<string, number>

export interface FitMessage {
  /** All nodes that the scheduler knows. */
  readonly nodes: number
  readonly reasons: ReasonCounts
  /** A PreFilter plugin rejected the pod, so no node was asked; empty otherwise. */
  readonly preFilter: string
  /** What PostFilter plugins said, preemption mostly; empty without. */
  readonly postFilter: string
}

const noNodes = 'no nodes available to schedule pods'
const preemption = /(?:^|\s)((?:no new claims to deallocate, )?preemption: .*)$/s

/**
 * The message of condition PodScheduled and of event FailedScheduling
 * (k/k pkg/scheduler/framework/types.go FitError.Error; up to 1.20 core/generic_scheduler.go): counts
 * sorted as texts, "10 …" before "2 …".
 */
export function buildFitMessage({ nodes, reasons, preFilter, postFilter }: FitMessage): string {
  if (nodes === 0) return noNodes
  const counts = [...reasons].map(([reason, count]) => `${count} ${reason}`).sort()
  const body = preFilter || counts.join(', ')
  return `0/${nodes} nodes are available:${body && ` ${body}.`}${postFilter && ` ${postFilter}`}`
}

/**
 * Reads the message back. Reasons are taken as they stand, also those that Plumbline doesn't know.
 * Null: it isn't such a message (another scheduler's, or an error).
 */
export function parseFitMessage(message: string): FitMessage | null {
  if (message === noNodes) return { nodes: 0, reasons: new Map(), preFilter: '', postFilter: '' }
  const head = /^0\/(\d+) nodes are available:\s*/.exec(message)
  if (!head) return null
  const rest = message.slice(head[0].length)
  const post = preemption.exec(rest)
  const body = (post ? rest.slice(0, post.index) : rest).trim().replace(/\.$/, '')
  const nodes = Number(head[1])
  const postFilter = post?.[1] ?? ''
  if (body !== '' && !/^\d+ /.test(body)) return { nodes, reasons: new Map(), preFilter: body, postFilter }
  const reasons = new Map<string, number>()
  // A reason may hold a comma itself; only one that a count follows parts two.
  for (const part of body === '' ? [] : body.split(/, (?=\d+ )/)) {
    const [, count = '0', reason = part] = /^(\d+) (.*)$/s.exec(part) ?? []
    reasons.set(reason, (reasons.get(reason) ?? 0) + Number(count))
  }
  return { nodes, reasons, preFilter: '', postFilter }
}
