import { timestamp } from '../api/object-store.ts'
import type { ContainerBehaviour, Exit, Run } from './behaviour.ts'
import { startProbes } from './container-probes.ts'
import { ContainerRecord } from './container-record.ts'
import { imageIDOf } from './image.ts'
import { pullImage } from './image-pull.ts'
import type { Kubelet } from './kubelet.ts'
import { podManagedFields } from './pod-managed-fields.ts'
import { evictedStatus, podStatus } from './pod-status.ts'
import { isTerminating, type Pod, type ProbeKind } from './pod-types.ts'
import { goDuration } from './restart-back-off.ts'
import type { Cancel } from './simulation.ts'

/** Kubelet's work on one pod: sandbox, init containers in order, containers, probes, restarts, and the end. */
export class PodWorker {
  podIP = ''
  readonly #kubelet: Kubelet
  readonly #uid: string
  readonly #containers: readonly ContainerRecord[]
  #startTime: string
  readonly #runs = new Map<ContainerRecord, Cancel[]>()
  readonly #starting = new Set<ContainerRecord>()
  #stopped = false
  #terminating = false
  #removed = false
  #evicted: string | null = null

  constructor(kubelet: Kubelet, pod: Pod) {
    this.#kubelet = kubelet
    this.#uid = pod.metadata.uid ?? ''
    this.#startTime = timestamp(this.#now)
    const init = pod.spec.initContainers ?? []
    const waiting = init.length > 0 ? 'PodInitializing' : 'ContainerCreating'
    this.#containers = [
      ...init.map((spec) => new ContainerRecord(spec, true, waiting)),
      ...pod.spec.containers.map((spec) => new ContainerRecord(spec, false, waiting)),
    ]
  }

  /** A pod that has just been bound: told to the API, then its sandbox, then its containers. */
  begin(): void {
    const { random } = this.#kubelet.cluster
    this.#after(random.between(50, 300), () => {
      this.#publish()
      this.#after(random.between(600, 1800), () => {
        this.#openSandbox()
        this.#publish()
        this.#advance()
      })
    })
  }

  /** A pod that has been running for long: no events, and its containers are past their probes. */
  adopt(startedAt: number, restarts: number): void {
    this.#startTime = timestamp(startedAt)
    this.#openSandbox()
    let time = startedAt + 1500
    for (const container of this.#containers) {
      container.run(time, this.#newContainerID(), imageIDOf(container.spec.image))
      if (container.init && !container.sidecar) {
        time += 3000
        container.end(time, { exitCode: 0, reason: 'Completed' })
        continue
      }
      if (!container.init && restarts > 0) {
        const ended = Math.min(startedAt + 86_400_000 * (0.5 + restarts), this.#now - 1_800_000)
        container.end(ended, { exitCode: 137, reason: 'Error' })
        container.run(ended + 1000, this.#newContainerID(), imageIDOf(container.spec.image))
        container.restartCount = restarts
      }
      container.started = true
      container.ready = true
      this.#arm(container, { number: container.runs - 1, startedAt: this.#now })
    }
    this.#publish(timestamp(time + 8000))
  }

  /** Kubelet speaks to the API server again after a while of silence. */
  resync(): void {
    const pod = this.#pod()
    if (!pod) return
    if (isTerminating(pod)) this.terminate()
    this.#publish()
    if (this.#removed) this.#kubelet.cluster.removePod(this.#uid)
  }

  /** Ends all containers, as a deletionTimestamp asks, and then takes the pod out of the API. */
  terminate(): void {
    if (this.#terminating || !this.#kubelet.online) return
    this.#terminating = true
    const pod = this.#pod()
    const grace = (pod?.metadata.deletionGracePeriodSeconds ?? 30) * 1000
    let longest = 0
    for (const container of this.#containers) {
      if (!container.running) continue
      this.#event(container, 'Normal', 'Killing', `Stopping container ${container.spec.name}`)
      const stop = Math.min(this.#behaviour(container)?.stopAfter ?? this.#random.between(200, 2500), grace)
      longest = Math.max(longest, stop)
      const killed = stop >= grace && grace > 0
      this.#after(stop, () => {
        this.#cancelRuns(container)
        if (container.running) container.end(this.#now, stopExit(killed))
      })
    }
    this.#after(longest + 400, () => {
      this.#publish()
      this.#after(this.#random.between(200, 800), () => {
        this.#removed = true
        if (this.#kubelet.online) this.#kubelet.cluster.removePod(this.#uid)
      })
    })
  }

  /** Kubelet's own eviction under pressure: the containers are killed and the pod has failed. */
  evict(message: string): void {
    if (this.#terminating || this.#stopped || !this.#kubelet.online) return
    this.#terminating = true
    this.#evicted = message
    const object = this.#pod()
    if (object) this.#kubelet.event({ kind: 'Pod', apiVersion: 'v1', object }, 'Warning', 'Evicted', message)
    for (const container of this.#containers) {
      this.#cancelRuns(container)
      if (!container.running) continue
      this.#event(container, 'Normal', 'Killing', `Stopping container ${container.spec.name}`)
      container.end(this.#now, stopExit(true))
    }
    this.#publish()
  }

  /** Nothing happens any more. */
  stop(): void {
    this.#stopped = true
    for (const container of this.#containers) this.#cancelRuns(container)
  }

  #openSandbox(): void {
    this.podIP = this.#pod()?.spec.hostNetwork ? this.#kubelet.hostIP : this.#kubelet.allocateIP()
  }

  /** Starts whatever may start now: the next init container, or all others. */
  #advance(): void {
    if (this.#terminating) return
    for (const container of this.#containers) {
      if (!container.init) break
      if (container.passed) continue
      if (container.runs === 0) this.#start(container)
      return
    }
    for (const container of this.#containers) if (!container.init && container.runs === 0) this.#start(container)
  }

  #start(container: ContainerRecord): void {
    if (this.#starting.has(container) || this.#terminating) return
    this.#starting.add(container)
    this.#pull(container)
  }

  #pull(container: ContainerRecord): void {
    pullImage(
      {
        kubelet: this.#kubelet,
        image: container.spec.image,
        isMissing: () => this.#behaviour(container)?.imageMissing ?? false,
        event: (type, reason, message) => this.#event(container, type, reason, message),
        wait: (reason, message) => {
          container.wait(reason, message)
          this.#publish()
        },
        after: (ms, run) => this.#after(ms, run),
      },
      () => this.#create(container),
    )
  }

  #create(container: ContainerRecord): void {
    const fault = this.#behaviour(container)?.configError
    if (fault !== undefined) {
      this.#event(container, 'Warning', 'Failed', `Error: ${fault}`)
      container.wait('CreateContainerConfigError', fault)
      this.#publish()
      this.#after(this.#random.between(10_000, 15_000), () => this.#pull(container))
      return
    }
    this.#starting.delete(container)
    if (this.#terminating) return
    this.#event(container, 'Normal', 'Created', `Created container: ${container.spec.name}`)
    this.#event(container, 'Normal', 'Started', `Started container ${container.spec.name}`)
    container.run(this.#now, this.#newContainerID(), imageIDOf(container.spec.image))
    this.#arm(container, { number: container.runs - 1, startedAt: this.#now })
    this.#publish()
    if (this.#behaviour(container)?.postStartFails) {
      this.#runs.get(container)?.push(this.#after(this.#random.between(800, 1600), () => this.#hookFailed(container)))
    }
    if (container.passed) this.#advance()
  }

  /** A postStart hook that fails ends its container (k/k pkg/kubelet/kuberuntime, startContainer). */
  #hookFailed(container: ContainerRecord): void {
    if (this.#terminating) return
    this.#event(container, 'Warning', 'FailedPostStartHook', 'PostStartHook failed')
    this.#event(container, 'Normal', 'Killing', 'FailedPostStartHook')
    const end = () => this.#ended(container, { after: 0, ...stopExit(false) })
    this.#runs.get(container)?.push(this.#after(400, end))
  }

  /** Lets a run that has begun take its course: its probes, and its end. */
  #arm(container: ContainerRecord, { number, startedAt }: { number: number; startedAt: number }): void {
    const pod = this.#pod()
    if (!pod) return
    const cancels: Cancel[] = []
    this.#runs.set(container, cancels)
    const behaviour = this.#behaviour(container)
    const run: Run = { pod, number, startedAt, random: this.#random }
    const exit = behaviour?.exit?.(run)
    if (exit)
      cancels.push(this.#after(Math.max(0, startedAt + exit.after - this.#now), () => this.#ended(container, exit)))
    if (container.init && !container.sidecar) {
      // Without a behaviour an init container does its work and is done.
      if (!behaviour?.exit) {
        const done: Exit = { after: 0, exitCode: 0, reason: 'Completed' }
        cancels.push(this.#after(this.#random.between(800, 4000), () => this.#ended(container, done)))
      }
      return
    }
    const { startupProbe, readinessProbe } = container.spec
    if (!startupProbe && !container.started) {
      container.started = true
      container.ready = !readinessProbe
    }
    const cancel = startProbes({
      simulation: this.#kubelet.cluster.simulation,
      container: container.spec,
      run,
      behaviour,
      counter: (kind) => this.#kubelet.probeCounters.of(pod, container.spec.name, kind),
      started: container.started,
      onFailed: (kind, output) => {
        const name = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`
        this.#event(container, 'Warning', 'Unhealthy', `${name} probe failed: ${output}`)
      },
      onReady: (ready) => {
        if (container.ready === ready) return
        container.ready = ready
        this.#publish()
      },
      onStarted: () => {
        container.started = true
        container.ready = !readinessProbe
        this.#publish()
        if (container.init) this.#advance()
      },
      onDead: (kind) => this.#kill(container, kind),
    })
    cancels.push(cancel)
  }

  /** A failed liveness or startup probe: SIGTERM, and SIGKILL when the grace period is over. */
  #kill(container: ContainerRecord, kind: ProbeKind): void {
    if (this.#terminating) return
    const pod = this.#pod()
    const { name } = container.spec
    this.#event(container, 'Normal', 'Killing', `Container ${name} failed ${kind} probe, will be restarted`)
    const probe = container.spec[`${kind}Probe`]
    const seconds = probe?.terminationGracePeriodSeconds ?? pod?.spec.terminationGracePeriodSeconds ?? 30
    const wanted = this.#behaviour(container)?.stopAfter ?? 500
    const grace = seconds * 1000
    const cancel = this.#after(Math.min(wanted, grace), () =>
      this.#ended(container, { after: 0, ...stopExit(wanted >= grace) }),
    )
    // Readiness is probed until the container has really ended.
    this.#runs.get(container)?.push(cancel)
  }

  #ended(container: ContainerRecord, exit: Exit): void {
    if (!container.running) return
    this.#cancelRuns(container)
    container.end(this.#now, exit)
    if (this.#terminating) return
    // Kubelet notices by its relist of the runtime, about once a second.
    this.#after(this.#random.between(200, 1200), () => {
      this.#publish()
      if (container.init && !container.sidecar && exit.exitCode === 0) return this.#advance()
      if (!this.#restarts(container, exit.exitCode)) return
      const delay = container.backOff.delay(container.finishedAt)
      if (delay === 0) return this.#restart(container)
      this.#backOff(container, delay)
    })
  }

  #backOff(container: ContainerRecord, delay: number): void {
    const pod = this.#pod()
    if (!pod || this.#terminating) return
    const { name, namespace } = pod.metadata
    const until = container.finishedAt + delay
    const what = `${name}_${namespace}(${this.#uid})`
    container.wait(
      'CrashLoopBackOff',
      `back-off ${goDuration(delay)} restarting failed container=${container.spec.name} pod=${what}`,
    )
    const sync = () => {
      if (this.#terminating) return
      if (this.#now >= until) return this.#restart(container)
      const message = `Back-off restarting failed container ${container.spec.name} in pod ${what}`
      this.#event(container, 'Warning', 'BackOff', message)
      this.#publish()
      this.#after(Math.min(this.#random.between(10_500, 15_000), until - this.#now + 100), sync)
    }
    sync()
  }

  #restart(container: ContainerRecord): void {
    container.backOff.restarted(container.finishedAt, this.#now)
    this.#start(container)
  }

  #restarts(container: ContainerRecord, exitCode: number): boolean {
    const policy = container.sidecar ? 'Always' : this.#pod()?.spec.restartPolicy
    if (container.init && policy === 'Always') return container.sidecar || exitCode !== 0
    return policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0)
  }

  #publish(at = timestamp(this.#now)): void {
    const pod = this.#pod()
    if (!pod || this.#stopped || !this.#kubelet.online) return
    const sandbox = { hostIP: this.#kubelet.hostIP, podIP: this.podIP, startTime: this.#startTime }
    const reported = podStatus(pod, this.#containers, sandbox, at)
    const status = this.#evicted === null ? reported : evictedStatus(pod, reported, this.#evicted, at)
    if (JSON.stringify(status) === JSON.stringify(pod.status)) return
    const metadata = { ...pod.metadata, managedFields: podManagedFields(pod, status, at) }
    this.#kubelet.cluster.writePod({ ...pod, metadata, status })
    // A pod that is being deleted has its removal still before it.
    if (!isTerminating(pod) && (status.phase === 'Succeeded' || status.phase === 'Failed')) this.stop()
  }

  #cancelRuns(container: ContainerRecord): void {
    for (const cancel of this.#runs.get(container) ?? []) cancel()
    this.#runs.delete(container)
  }

  #event(container: ContainerRecord, type: 'Normal' | 'Warning', reason: string, message: string): void {
    const object = this.#pod()
    const where = container.init ? 'initContainers' : 'containers'
    const fieldPath = `spec.${where}{${container.spec.name}}`
    if (object) this.#kubelet.event({ kind: 'Pod', apiVersion: 'v1', object, fieldPath }, type, reason, message)
  }

  #behaviour(container: ContainerRecord): ContainerBehaviour | undefined {
    const pod = this.#pod()
    return pod && this.#kubelet.behaviourOf(pod, container.spec.name)
  }

  #newContainerID(): string {
    return `containerd://${this.#random.hex(64)}`
  }

  #pod(): Pod | undefined {
    return this.#kubelet.cluster.pod(this.#uid)
  }

  get #now(): number {
    return this.#kubelet.cluster.simulation.now
  }

  get #random() {
    return this.#kubelet.cluster.random
  }

  /** Work that falls away when the pod is forgotten. */
  #after(ms: number, run: () => void): Cancel {
    return this.#kubelet.cluster.simulation.after(ms, () => {
      if (!this.#stopped) run()
    })
  }
}

function stopExit(killed: boolean): Pick<Exit, 'exitCode' | 'reason'> {
  return killed ? { exitCode: 137, reason: 'Error' } : { exitCode: 143, reason: 'Error' }
}
