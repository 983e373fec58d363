import { request } from 'node:https'
import { LiveSchedulingView } from '../../domain/analysis/live-scheduling-view.ts'
import type { ClusterObject, ClusterObjectKind } from '../../domain/model/cluster-object.ts'
import type { Pod } from '../../domain/model/pod.ts'
import type { SchedulerRules } from '../../domain/placement/scheduler-rules.ts'
import { readClusterObject } from '../../domain/read/cluster-object.ts'
import { Interner } from '../../domain/read/interner.ts'
import { isRecord, record } from '../../domain/read/raw.ts'
import { ClusterState } from '../../domain/state/cluster-state.ts'
import { pause } from '../support/pause.ts'
import { type ApiAccess, apiJson } from './api-json.ts'

/** What the scheduler has decided on a pod. */
export interface Decision {
  /** Empty: it refused. */
  readonly node: string
  /** Of condition PodScheduled; empty where it placed the pod. */
  readonly message: string
}

/** How long the scheduler may take to hear of what our own watch has told, ms. */
const hearingTime = 60
const decisionTime = 20_000

/**
 * A cluster of nodes that are objects only, as the scheduler and Plumbline's view of it see it. Pods
 * are decided on one at a time, so that the state at each decision is known.
 */
export class JudgedCluster {
  readonly state = new ClusterState()
  readonly view: LiveSchedulingView
  readonly #access: ApiAccess
  readonly #interner = new Interner()
  readonly #watches: (() => void)[] = []
  #heard: (() => void)[] = []
  /** What was heard while a pod is being created; null: nothing is held back. */
  #held: (() => void)[] | null = null

  constructor(access: ApiAccess, rules: SchedulerRules) {
    this.#access = access
    this.view = new LiveSchedulingView(this.state, rules)
  }

  async start(): Promise<void> {
    await this.#watch('Node', '/api/v1/nodes')
    await this.#watch('Namespace', '/api/v1/namespaces')
    await this.#watch('Deployment', '/apis/apps/v1/deployments')
    await this.#watch('ReplicaSet', '/apis/apps/v1/replicasets')
    await this.#watch('Pod', '/api/v1/pods')
  }

  stop(): void {
    for (const stop of this.#watches) stop()
  }

  ask(method: string, path: string, body?: object, contentType?: string): Promise<unknown> {
    return apiJson(this.#access, {
      method,
      path,
      ...(body && { body }),
      ...(contentType !== undefined && { contentType }),
    })
  }

  async addNamespace(name: string): Promise<void> {
    await this.ask('POST', '/api/v1/namespaces', { metadata: { name } })
  }

  /**
   * Adds nodes that are ready, and waits until they have exactly the taints that are asked for: new
   * nodes start with one (admission TaintNodesByCondition), and cordoned ones get theirs from a controller.
   */
  async addNodes(nodes: readonly { metadata: { name: string }; spec: { unschedulable?: boolean }; status: object }[]) {
    for (const node of nodes) {
      await this.ask('POST', '/api/v1/nodes', { metadata: node.metadata, spec: node.spec })
      const at = new Date().toISOString().replace(/\.\d+/, '')
      const conditions = [{ type: 'Ready', status: 'True', lastHeartbeatTime: at, lastTransitionTime: at }]
      const status = { status: { ...node.status, conditions } }
      const path = `/api/v1/nodes/${node.metadata.name}/status`
      await this.ask('PATCH', path, status, 'application/merge-patch+json')
    }
    await this.until(() =>
      nodes.every(({ metadata, spec }) => {
        const known = this.state.node(metadata.name)
        const has = (key: string) => known?.taints.some((taint) => taint.key === key)
        return (
          known?.allocatable.pods !== undefined &&
          !has('node.kubernetes.io/not-ready') &&
          (!spec.unschedulable || has('node.kubernetes.io/unschedulable'))
        )
      }),
    )
    await this.settle()
  }

  /**
   * Creates the pod and asks about it, as the API server has made it, on the state in which the
   * scheduler decides on it: what it decides may be heard before the answer to the creation.
   */
  async createPod<T>(
    pod: { metadata: { namespace: string; name: string; labels: object }; spec: object },
    ask: (pod: Pod) => T,
  ): Promise<readonly [Pod, T]> {
    this.#held = []
    try {
      const path = `/api/v1/namespaces/${pod.metadata.namespace}/pods`
      const made = readClusterObject('Pod', await this.ask('POST', path, pod), this.#interner) as Pod
      return [made, ask(made)]
    } finally {
      const held = this.#held
      this.#held = null
      for (const hear of held) hear()
    }
  }

  async decision({ uid }: Pod): Promise<Decision> {
    let found: Decision | null = null
    await this.until(() => {
      const pod = this.state.pod(uid)
      const scheduled = pod?.conditions.find(({ type }) => type === 'PodScheduled')
      if (pod && pod.nodeName !== '') found = { node: pod.nodeName, message: '' }
      else if (scheduled?.status === 'False') found = { node: '', message: scheduled.message }
      return found !== null
    })
    return found ?? { node: '', message: '' }
  }

  /** Removes a pod at once. */
  async removePod({ namespace, name, uid }: Pod): Promise<void> {
    await this.ask('DELETE', `/api/v1/namespaces/${namespace}/pods/${name}`, { gracePeriodSeconds: 0 })
    await this.until(() => !this.state.pod(uid))
  }

  /** Removes all pods of the namespaces and all nodes. */
  async clear(namespaces: readonly string[]): Promise<void> {
    for (const namespace of namespaces) {
      await this.ask('DELETE', `/api/v1/namespaces/${namespace}/pods`, { gracePeriodSeconds: 0 })
    }
    await this.ask('DELETE', '/api/v1/nodes')
    await this.until(() => this.state.size('Node') === 0 && this.state.size('Pod') === 0)
    await this.settle()
  }

  /** Waits for the scheduler to hear what we have heard. */
  async settle(): Promise<void> {
    await pause(hearingTime)
  }

  async until(isSo: () => boolean, within = decisionTime): Promise<void> {
    const end = performance.now() + within
    while (!isSo()) {
      if (performance.now() > end) throw new Error('waited too long for the cluster')
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 200)
        this.#heard.push(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
  }

  async #watch(kind: ClusterObjectKind, path: string): Promise<void> {
    const list = record(await this.ask('GET', path))
    for (const item of Array.isArray(list.items) ? list.items : []) this.#apply(kind, item)
    const version = String(record(list.metadata).resourceVersion)
    const url = `${this.#access.server}${path}?watch=1&resourceVersion=${version}`
    const headers = { authorization: `Bearer ${this.#access.token}`, accept: 'application/json' }
    const watching = request(url, { headers, rejectUnauthorized: false, agent: false }, (response) => {
      let rest = ''
      response.setEncoding('utf8')
      response.on('data', (text: string) => {
        const lines = (rest + text).split('\n')
        rest = lines.pop() ?? ''
        for (const line of lines) this.#hear(kind, JSON.parse(line))
      })
      response.on('error', () => {})
    })
    watching.on('error', () => {})
    watching.end()
    this.#watches.push(() => watching.destroy())
  }

  #hear(kind: ClusterObjectKind, event: { type: string; object: unknown }): void {
    if (this.#held) {
      this.#held.push(() => this.#hear(kind, event))
      return
    }
    if (event.type === 'DELETED') {
      const uid = isRecord(event.object) ? String(record(event.object.metadata).uid) : ''
      const change = this.state.remove(kind, uid)
      if (change) this.#tell(kind, change.previous, null)
    } else {
      this.#apply(kind, event.object)
    }
    const heard = this.#heard
    this.#heard = []
    for (const wake of heard) wake()
  }

  #apply(kind: ClusterObjectKind, raw: unknown): void {
    const object = readClusterObject(kind, raw, this.#interner)
    if (object) this.#tell(kind, this.state.apply(object).previous, object)
  }

  #tell(kind: ClusterObjectKind, previous: ClusterObject | null, next: ClusterObject | null): void {
    if (kind === 'Pod') this.view.applyPod(previous as Pod | null, next as Pod | null)
    if (kind === 'Node') this.view.applyNode(previous as never, next as never)
  }
}
