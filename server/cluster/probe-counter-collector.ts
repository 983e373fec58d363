import { isReady } from '../../domain/analysis/cluster-analysis.ts'
import type { ProbeCountersStatus } from '../../domain/live/protocol.ts'
import type { ContainerSpec } from '../../domain/model/pod-spec.ts'
import { readProbeCounters } from '../../domain/read/probe-counters.ts'
import type { ClusterState } from '../../domain/state/cluster-state.ts'
import { outcomeOfError, outcomeOfResponse } from './api-status.ts'
import { backoffDelay } from './backoff.ts'
import type { Connection } from './connection.ts'
import { BodyTooLarge, readBody } from './read-body.ts'
import type { RequestBudget, RequestReason } from './request-budget.ts'
import { sleep } from './sleep.ts'

/** Requests begin at least this far apart, ms: at most ten a second, however large the cluster is. */
const spacing = 100
/** Kubelets that are asked at the same time: a slow one doesn't hold up the others. */
const concurrency = 4
/** Status, headers and body must have come within this, ms. */
const answerWithin = 10_000
/** Bytes; 500 pods with three probes each, histograms included, stay well below. */
const largestAnswer = 16 * 1024 * 1024
/** The longest back-off of one node, in periods. */
const longestBackOff = 20
/** A refused permission is asked for again after this, ms, then after twice that, up to the longest. */
const firstPermissionCheck = 60_000
const longestPermissionCheck = 900_000

export interface ProbeCounterCollectorOptions {
  readonly connection: Connection
  readonly budget: RequestBudget
  readonly state: ClusterState
  /** Every node is asked once in this time, ms; in clusters too large for that, as often as `spacing` allows. */
  readonly period: number
  /** Wall clock, ms. */
  readonly now: () => number
  readonly random?: () => number
  readonly answerWithin?: number
  readonly largestAnswer?: number
  readonly firstPermissionCheck?: number
  /** A node's counters have been read, or given up: the uids of pods of which something changed. */
  readonly onRead: (pods: ReadonlySet<string>) => void
  /** State or message of `status` have changed. */
  readonly onStatus: () => void
}

/** The status where nobody asked for the counters. */
export const probeCountersOff: ProbeCountersStatus = {
  state: 'off',
  message: '',
  nodes: 0,
  failingNodes: 0,
  malformedLines: 0,
  lastAt: null,
}

interface AskedNode {
  /** When it is to be asked next, ms. */
  dueAt: number
  reason: RequestReason
  asking: boolean
  /** Failures in a row. */
  failures: number
  message: string
  readAt: number | null
}

/**
 * Reads the kubelets' own probe counters through the API server's proxy to its nodes (GET
 * /api/v1/nodes/NODE/proxy/metrics/probes), one node after the other, at an even and gentle rate.
 * Only nodes that are ready and have pods with probes are asked. A node that fails is left alone for
 * longer and longer; a refused permission holds everything until it is granted.
 */
export class ProbeCounterCollector {
  readonly #options: ProbeCounterCollectorOptions
  readonly #random: () => number
  readonly #nodes = new Map<string, AskedNode>()
  readonly #stop = new AbortController()
  #run: Promise<void> = Promise.resolve()
  #asking = 0
  #lastAt: number | null = null
  #malformed = 0
  #told = ''
  #permission: { readonly message: string; readonly checks: number; readonly nextAt: number } | null = null

  constructor(options: ProbeCounterCollectorOptions) {
    this.#options = options
    this.#random = options.random ?? Math.random
  }

  start(): void {
    this.#run = this.#loop()
  }

  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#run
  }

  /** See ServerStatus.probeCounters. */
  get status(): ProbeCountersStatus {
    const asked = [...this.#nodes.values()]
    const read = asked.filter(({ readAt, failures }) => readAt !== null && failures === 0).length
    const failing = [...this.#nodes].filter(([, { failures }]) => failures > 0)
    const numbers = { nodes: read, failingNodes: failing.length, malformedLines: this.#malformed, lastAt: this.#lastAt }
    if (this.#permission) return { state: 'forbidden', message: this.#permission.message, ...numbers }
    if (asked.length === 0)
      return { state: 'on', message: 'No node is known yet, or nodes may not be read', ...numbers }
    const [first] = failing
    const message = first
      ? `${failing.length} of ${asked.length} nodes can’t be read, ${first[0]} for one: ${first[1].message}`
      : this.#malformed > 0
        ? `${this.#malformed} lines of answers could not be read since the start`
        : ''
    return { state: failing.length > 0 && read === 0 ? 'failing' : 'on', message, ...numbers }
  }

  async #loop(): Promise<void> {
    const { signal } = this.#stop
    const asks = new Set<Promise<void>>()
    while (!signal.aborted) {
      const due = this.#asking < concurrency ? this.#nextDue() : null
      if (due) {
        const ask = this.#ask(...due).finally(() => asks.delete(ask))
        asks.add(ask)
      }
      await sleep(due || this.#asking >= concurrency ? spacing : 1_000, signal)
    }
    await Promise.all(asks)
  }

  /** The node that has waited longest of those whose time has come; null when none is to be asked now. */
  #nextDue(): [string, AskedNode] | null {
    const now = this.#options.now()
    this.#learnNodes(now)
    if (this.#permission && now < this.#permission.nextAt) return null
    // One node is enough to learn whether the permission has come.
    if (this.#permission && this.#asking > 0) return null
    let first: [string, AskedNode] | null = null
    for (const [name, node] of this.#nodes) {
      if (node.asking || node.dueAt > now || (first && first[1].dueAt <= node.dueAt)) continue
      if (this.#isWorthAsking(name)) first = [name, node]
      else node.dueAt = now + this.#options.period * (0.5 + this.#random() / 2)
    }
    return first
  }

  #learnNodes(now: number): void {
    const { state, onRead } = this.#options
    for (const { name } of state.nodes()) {
      if (this.#nodes.has(name)) continue
      this.#nodes.set(name, { dueAt: now, reason: 'start', asking: false, failures: 0, message: '', readAt: null })
    }
    if (this.#nodes.size === state.size('Node')) return
    for (const name of this.#nodes.keys()) {
      if (state.node(name)) continue
      this.#nodes.delete(name)
      onRead(state.probeCounters.dropNode(name))
    }
  }

  #isWorthAsking(name: string): boolean {
    const { state } = this.#options
    const node = state.node(name)
    if (!node || !isReady(node)) return false
    for (const uid of state.podsOnNode(name)) {
      const pod = state.pod(uid)
      if (pod?.phase !== 'Running' && pod?.phase !== 'Pending') continue
      if (pod.spec.containers.some(hasProbe) || pod.spec.initContainers.some(hasProbe)) return true
    }
    return false
  }

  async #ask(name: string, node: AskedNode): Promise<void> {
    const { connection, budget, state, now, onRead } = this.#options
    const within = this.#options.answerWithin ?? answerWithin
    this.#asking += 1
    node.asking = true
    budget.count('ProbeCounters', 'get', this.#permission ? 'permission' : node.reason)
    try {
      const response = await connection.get({
        path: `/api/v1/nodes/${encodeURIComponent(name)}/proxy/metrics/probes`,
        signal: AbortSignal.any([this.#stop.signal, AbortSignal.timeout(within)]),
        headersTimeout: within,
      })
      if (response.status !== 200) {
        const outcome = await outcomeOfResponse(response)
        const message = 'message' in outcome ? outcome.message : `HTTP ${response.status}`
        // The kubelet refuses without a Status: then the API server is not allowed, and not Plumbline.
        if (outcome.type === 'forbidden' && message !== 'HTTP 403') this.#forbidden(message)
        else this.#failed(node, message, 'retryAfter' in outcome ? outcome.retryAfter : null)
        return
      }
      const at = now()
      const { counters, malformed } = readProbeCounters(
        await readBody(response.body, this.#options.largestAnswer ?? largestAnswer),
        at,
      )
      this.#permission = null
      this.#malformed += malformed
      this.#lastAt = at
      // From the second time on nodes that came together are asked at different times.
      const spread = node.readAt === null ? 0.5 + this.#random() / 2 : 1
      Object.assign(node, { dueAt: at + this.#options.period * spread, reason: 'resume', failures: 0, message: '' })
      node.readAt = at
      onRead(state.probeCounters.apply(name, counters))
    } catch (error) {
      if (this.#stop.signal.aborted) return
      const timedOut = error instanceof Error && error.name === 'TimeoutError'
      if (timedOut || error instanceof BodyTooLarge) {
        this.#failed(node, timedOut ? `no answer within ${within / 1000} s` : error.message)
        return
      }
      // The API server itself can't be reached: that is no reason to leave this node alone for longer.
      const outcome = outcomeOfError(error)
      node.failures = 0
      this.#failed(node, 'message' in outcome ? outcome.message : '')
    } finally {
      this.#asking -= 1
      node.asking = false
      this.#tellStatus()
    }
  }

  #tellStatus(): void {
    const { state, message } = this.status
    const told = `${state} ${message}`
    if (told === this.#told) return
    this.#told = told
    this.#options.onStatus()
  }

  #failed(node: AskedNode, message: string, retryAfter: number | null = null): void {
    const { period, now } = this.#options
    const jitter = backoffDelay(node.failures, retryAfter, this.#random)
    node.failures += 1
    node.reason = 'retry'
    node.message = message
    node.dueAt = now() + period * Math.min(2 ** (node.failures - 1), longestBackOff) + jitter
  }

  #forbidden(answer: string): void {
    // Several nodes may have been asked before the first refusal came.
    if (this.#permission && this.#options.now() < this.#permission.nextAt) return
    const checks = (this.#permission?.checks ?? 0) + 1
    const first = this.#options.firstPermissionCheck ?? firstPermissionCheck
    const wait = Math.min(first * 2 ** (checks - 1), longestPermissionCheck)
    const message = `Probe counters need the permission to get nodes/proxy (${answer})`
    this.#permission = { message, checks, nextAt: this.#options.now() + wait }
  }
}

function hasProbe({ livenessProbe, readinessProbe, startupProbe }: ContainerSpec): boolean {
  return livenessProbe !== null || readinessProbe !== null || startupProbe !== null
}
