import type { ObjectStore } from '../api/object-store.ts'
import { Random } from '../cluster/random.ts'
import { LoadLayout } from './load-layout.ts'
import { LoadObjects } from './load-objects.ts'
import { LoadPod, type LoadPodNumbers, type LoadPodState } from './load-pod.ts'

export interface LoadWorldOptions {
  readonly nodes: number
  readonly pods: number
  readonly churnPerSecond: number
}

/** What the generator has really done, which may be less than it was asked for. */
export interface LoadAchieved {
  readonly changes: number
  /** Changes a second since the last reset. */
  readonly perSecond: number
  /** Milliseconds since the last reset. */
  readonly elapsed: number
}

/** Of a hundred changes so many delete a pod; the pod that takes its place is another change. */
const deletions = 0.01
const tick = 10
/** What could not be done in time is made up for, but no more than this, ms. */
const longestCatchUp = 1000
const nodeHeartbeat = 300_000

/** A synthetic cluster of any size whose pods change at a given rate. */
export class LoadWorld {
  readonly #store: ObjectStore
  readonly #layout: LoadLayout
  readonly #objects: LoadObjects
  readonly #random: Random
  readonly #pods: LoadPod[] = []
  #rate: number
  #serial = 0
  #timer: NodeJS.Timeout | null = null
  #changes = 0
  #since = performance.now()
  #last = performance.now()
  #owed = 0
  #owedNodes = 0
  #nextNode = 0

  constructor(store: ObjectStore, options: LoadWorldOptions, seed: number) {
    this.#store = store
    this.#random = new Random(seed)
    this.#rate = options.churnPerSecond
    this.#layout = new LoadLayout(options.nodes, options.pods, Math.floor(store.clock.now() / 1000) * 1000)
    this.#objects = new LoadObjects(this.#layout)
    this.#build()
  }

  start(): void {
    this.#timer = setInterval(() => this.#tick(), tick)
    this.#timer.unref()
    this.resetAchieved()
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer)
    this.#timer = null
  }

  /** Changes a second from now on. */
  set churnPerSecond(rate: number) {
    this.#rate = rate
    this.resetAchieved()
  }

  get achieved(): LoadAchieved {
    const elapsed = performance.now() - this.#since
    return { changes: this.#changes, elapsed, perSecond: elapsed > 0 ? (this.#changes * 1000) / elapsed : 0 }
  }

  resetAchieved(): void {
    this.#changes = 0
    this.#since = performance.now()
    this.#last = this.#since
    this.#owed = 0
  }

  /** Changes the state of so many pods at once. */
  burst(count: number): void {
    for (let index = 0; index < count; index += 1) this.#change()
  }

  #build(): void {
    const store = this.#store
    const layout = this.#layout
    const load = (
      plural: string,
      count: number,
      make: (index: number, revision: number) => LoadPod | ReturnType<LoadObjects['node']>,
    ) => {
      const collection = store.collection(plural)
      for (let index = 0; index < count; index += 1) collection.load(make(index, store.nextRevision()))
    }
    load('namespaces', layout.namespaces, (index, revision) => this.#objects.namespace(index, revision))
    load('nodes', layout.nodes, (index, revision) => this.#objects.node(index, revision, -(index % 300)))
    load('deployments', layout.workloads, (index, revision) => this.#objects.deployment(index, revision))
    load('replicasets', layout.workloads, (index, revision) => this.#objects.replicaSet(index, revision))
    const collection = store.collection('pods')
    for (let workload = 0; workload < layout.workloads; workload += 1) {
      const { count } = layout.podsOf(workload)
      const age = 90_000 + (workload % 500) * 3600
      for (let index = 0; index < count; index += 1) {
        const pod = this.#newPod(workload, -age + index, -age + index + 12, -1)
        this.#pods.push(pod)
        collection.load(pod)
      }
    }
    // All is as if it had long been there: nothing of it can be watched.
    store.compact()
  }

  #newPod(workload: number, createdAt: number, since: number, changedAt: number): LoadPod {
    const serial = this.#serial++
    const state: LoadPodState = changedAt >= 0 ? 'not-ready' : initialState(serial)
    return new LoadPod(this.#layout, {
      workload,
      serial,
      node: serial % this.#layout.nodes,
      state,
      restarts: state === 'crash-loop' ? 7 : 0,
      createdAt,
      since,
      changedAt,
      revision: this.#store.nextRevision(),
    })
  }

  #tick(): void {
    const now = performance.now()
    const elapsed = Math.min(now - this.#last, longestCatchUp)
    this.#last = now
    this.#owed += (elapsed * this.#rate) / 1000
    for (; this.#owed >= 1; this.#owed -= 1) this.#change()
    if (this.#rate === 0) return
    this.#owedNodes += (elapsed * this.#layout.nodes) / nodeHeartbeat
    for (; this.#owedNodes >= 1; this.#owedNodes -= 1) this.#heartbeat()
  }

  /** One pod changes its state, or goes and is replaced. */
  #change(): void {
    const store = this.#store
    const at = store.clock.now()
    const place = this.#random.below(this.#pods.length)
    const pod = this.#pods[place]
    if (!pod) return
    const collection = store.collection('pods')
    const changedAt = Math.max(0, Math.round(at - this.#layout.epoch))
    const second = Math.floor(changedAt / 1000)
    this.#changes += 1
    if (this.#random.next() < deletions) {
      const last = new LoadPod(this.#layout, { ...pod.numbers, changedAt, revision: store.nextRevision() })
      collection.remove(last, at)
      const successor = this.#newPod(pod.workload, second, second, changedAt)
      this.#pods[place] = successor
      collection.put(successor, at)
      this.#changes += 1
      return
    }
    const numbers: LoadPodNumbers = { ...pod.numbers, ...nextState(pod, this.#random.next()), since: second, changedAt }
    const changed = new LoadPod(this.#layout, { ...numbers, revision: store.nextRevision() })
    this.#pods[place] = changed
    collection.put(changed, at)
  }

  #heartbeat(): void {
    const store = this.#store
    const index = this.#nextNode
    this.#nextNode = (index + 1) % Math.max(1, this.#layout.nodes)
    const at = store.clock.now()
    const heartbeat = Math.floor((at - this.#layout.epoch) / 1000)
    store.collection('nodes').put(this.#objects.node(index, store.nextRevision(), heartbeat), at)
  }
}

/** Most pods are well. */
function initialState(serial: number): LoadPodState {
  const place = serial % 1000
  return place < 4 ? 'crash-loop' : place < 9 ? 'not-ready' : place < 11 ? 'pending' : 'ready'
}

/** What may become of a pod next; on the whole the cluster stays as healthy as it is. */
function nextState(pod: LoadPod, chance: number): { state: LoadPodState; restarts: number } {
  if (pod.state === 'ready') {
    return chance < 0.02
      ? { state: 'crash-loop', restarts: pod.restarts + 1 }
      : { state: chance < 0.5 ? 'not-ready' : 'ready', restarts: pod.restarts + (chance >= 0.95 ? 1 : 0) }
  }
  return { state: 'ready', restarts: pod.restarts }
}
