import { timestamp } from '../api/object-store.ts'
import type { PodControl } from './pod-control.ts'
import { isReady, isTerminal, ownerUid } from './pod-types.ts'
import { controllerReference, type SimulatedCluster } from './simulated-cluster.ts'
import type { CronJob, Job } from './workload-types.ts'

/** Runs CronJobs by their schedules and Jobs to their ends, and prunes what is over (k/k pkg/controller/{cronjob,job}). */
export class JobController {
  readonly #cluster: SimulatedCluster
  readonly #pods: PodControl

  constructor(cluster: SimulatedCluster, pods: PodControl) {
    this.#cluster = cluster
    this.#pods = pods
    cluster.onPod((pod) => {
      const owner = pod.metadata.ownerReferences?.[0]
      if (owner?.kind === 'Job') this.#queue(pod.metadata.namespace ?? '', owner.name)
    })
  }

  /** Begins a CronJob's schedule: every so many minutes of the hour. */
  schedule(namespace: string, name: string): void {
    const cronJob = this.#cluster.get<CronJob>('cronjobs', namespace, name)
    const period = periodOf(cronJob?.spec.schedule ?? '')
    const next = () => (Math.floor(this.#cluster.now / period) + 1) * period
    const run = (at: number) => {
      this.#start(namespace, name, at)
      const following = next()
      this.#cluster.simulation.at(following + this.#cluster.random.between(20, 400), () => run(following))
    }
    const first = next()
    this.#cluster.simulation.at(first + this.#cluster.random.between(20, 400), () => run(first))
  }

  #start(namespace: string, name: string, at: number): void {
    const cronJob = this.#cluster.get<CronJob>('cronjobs', namespace, name)
    if (!cronJob || cronJob.spec.suspend) return
    const { template, backoffLimit } = cronJob.spec.jobTemplate.spec
    const metadata = this.#cluster.newMetadata(`${name}-${Math.floor(at / 60_000)}`, namespace)
    const own = {
      'batch.kubernetes.io/controller-uid': metadata.uid ?? '',
      'batch.kubernetes.io/job-name': metadata.name,
      'controller-uid': metadata.uid ?? '',
      'job-name': metadata.name,
    }
    const labels = { ...template.metadata.labels, ...own }
    const job: Job = {
      metadata: {
        ...metadata,
        generation: 1,
        labels,
        annotations: { 'batch.kubernetes.io/cronjob-scheduled-timestamp': timestamp(at) },
        ownerReferences: [controllerReference('batch/v1', 'CronJob', cronJob)],
      },
      spec: {
        parallelism: 1,
        completions: 1,
        backoffLimit,
        selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': metadata.uid ?? '' } },
        template: { ...template, metadata: { ...template.metadata, labels } },
        completionMode: 'NonIndexed',
        suspend: false,
        podReplacementPolicy: 'TerminatingOrFailed',
      },
      status: {},
    }
    this.#cluster.write('jobs', job)
    this.#cronEvent(cronJob, 'SuccessfulCreate', `Created job ${metadata.name}`)
    this.#cluster.write('cronjobs', {
      ...cronJob,
      status: {
        ...cronJob.status,
        active: [{ kind: 'Job', namespace, name: metadata.name, uid: metadata.uid, apiVersion: 'batch/v1' }],
        lastScheduleTime: timestamp(at),
      },
    })
    this.#queue(namespace, metadata.name)
  }

  #queue(namespace: string, name: string): void {
    this.#cluster.queue(`job/${namespace}/${name}`, this.#cluster.random.between(50, 200), () =>
      this.#reconcile(namespace, name),
    )
  }

  #reconcile(namespace: string, name: string): void {
    const job = this.#cluster.get<Job>('jobs', namespace, name)
    if (!job || job.status.conditions) return
    const pods = this.#cluster.podsOf(job.metadata.uid ?? '')
    const succeeded = pods.filter((pod) => pod.status.phase === 'Succeeded').length
    const failed = pods.filter((pod) => pod.status.phase === 'Failed').length
    let active = pods.filter((pod) => !isTerminal(pod)).length
    const over = succeeded > 0 || failed > job.spec.backoffLimit
    if (!over && active === 0) {
      const create = () => this.#createPod(namespace, name)
      // Retries wait 10, 20, 40 s …
      if (failed === 0) create()
      else this.#cluster.queue(`retry/${namespace}/${name}`, 10_000 * 2 ** (failed - 1), create)
      active = failed === 0 ? 1 : 0
    }
    const now = this.#cluster.timestamp
    const [type, reason, message] =
      succeeded > 0
        ? ['Complete', 'CompletionsReached', 'Reached expected number of succeeded pods']
        : ['Failed', 'BackoffLimitExceeded', 'Job has reached the specified backoff limit']
    const condition = { type, status: 'True', lastProbeTime: now, lastTransitionTime: now, reason, message }
    const status = {
      startTime: job.status.startTime ?? now,
      ...(active > 0 && { active, ready: pods.filter(isReady).length }),
      ...(succeeded > 0 && { succeeded, completionTime: now }),
      ...(failed > 0 && { failed }),
      terminating: 0,
      uncountedTerminatedPods: {},
      ...(over && { conditions: [condition] }),
    }
    if (JSON.stringify(status) === JSON.stringify(job.status)) return
    const updated = this.#cluster.write('jobs', { ...job, status })
    if (over) this.#finished(updated, succeeded > 0)
  }

  #createPod(namespace: string, name: string): void {
    const job = this.#cluster.get<Job>('jobs', namespace, name)
    if (!job || job.status.conditions) return
    const owner = { apiVersion: 'batch/v1', kind: 'Job', object: job }
    const pod = this.#pods.create(owner, job.spec.template, `${name}-`)
    const subject = { kind: 'Job', apiVersion: 'batch/v1', object: job }
    const message = `Created pod: ${pod.metadata.name}`
    this.#cluster.events.record({ component: 'job-controller' }, subject, 'Normal', 'SuccessfulCreate', message)
  }

  #finished(job: Job, success: boolean): void {
    const subject = { kind: 'Job', apiVersion: 'batch/v1', object: job }
    const source = { component: 'job-controller' }
    if (success) this.#cluster.events.record(source, subject, 'Normal', 'Completed', 'Job completed')
    else {
      const message = 'Job has reached the specified backoff limit'
      this.#cluster.events.record(source, subject, 'Warning', 'BackoffLimitExceeded', message)
    }
    const owner = job.metadata.ownerReferences?.[0]
    const namespace = job.metadata.namespace ?? ''
    const cronJob = owner && this.#cluster.get<CronJob>('cronjobs', namespace, owner.name)
    if (!cronJob) return
    const { active: _active, ...status } = cronJob.status
    const done = success && { lastSuccessfulTime: this.#cluster.timestamp }
    this.#cluster.write('cronjobs', { ...cronJob, status: { ...status, ...done } })
    this.#cronEvent(
      cronJob,
      'SawCompletedJob',
      `Saw completed job: ${job.metadata.name}, condition: ${success ? 'Complete' : 'Failed'}`,
    )
    this.#prune(cronJob)
  }

  /** Jobs beyond the history limits go, with their pods. */
  #prune(cronJob: CronJob): void {
    const over: Job[] = []
    for (const stored of this.#cluster.store.collection('jobs').values()) {
      const job = stored.object() as Job
      if (ownerUid(job) === cronJob.metadata.uid && job.status.conditions) over.push(job)
    }
    over.sort((a, b) => (String(a.status.startTime) < String(b.status.startTime) ? -1 : 1))
    const { successfulJobsHistoryLimit, failedJobsHistoryLimit } = cronJob.spec
    const good = over.filter((job) => job.status.conditions?.[0]?.type === 'Complete')
    const bad = over.filter((job) => job.status.conditions?.[0]?.type !== 'Complete')
    const gone = [
      ...good.slice(0, Math.max(0, good.length - successfulJobsHistoryLimit)),
      ...bad.slice(0, Math.max(0, bad.length - failedJobsHistoryLimit)),
    ]
    for (const job of gone) {
      for (const pod of this.#cluster.podsOf(job.metadata.uid ?? '')) this.#pods.delete(pod)
      this.#cluster.store.delete('jobs', job.metadata.namespace ?? '', job.metadata.name)
    }
  }

  #cronEvent(cronJob: CronJob, reason: string, message: string): void {
    const subject = { kind: 'CronJob', apiVersion: 'batch/v1', object: cronJob }
    this.#cluster.events.record({ component: 'cronjob-controller' }, subject, 'Normal', reason, message)
  }
}

/** The period of the schedules that the demo uses: `*​/5 * * * *`, `* * * * *`, `0 * * * *`, `15 3 * * *`; ms. */
function periodOf(schedule: string): number {
  const [minute = '*', hour = '*'] = schedule.split(' ')
  const step = /^\*\/(\d+)$/.exec(minute)?.[1]
  if (step !== undefined) return Number(step) * 60_000
  if (minute === '*') return 60_000
  return hour === '*' ? 3_600_000 : 86_400_000
}
