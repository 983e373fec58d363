import { stepDurations } from '../../domain/history/step-durations.ts'
import type { PrismaClient } from '../../prisma/client/client.ts'
import type { InitStepDurations } from './pod-history.ts'

/** Which workload's pods, and the uid of one that is left out: it is to be compared with the others. */
export interface InitStepsOf {
  readonly namespace: string
  /** A pod's controller, or what controls that: Deployment, StatefulSet, DaemonSet, Job, CronJob, ReplicaSet …; Pod for bare ones. */
  readonly kind: string
  readonly workload: string
  readonly except?: string
}

/** Nobody needs more to know what is usual; the youngest count. */
const mostPods = 500
const mostOwners = 200
const mostRuns = 20_000

/** How long the init containers of a workload's pods have taken, by container; see HistoryQueries. */
export async function readInitSteps(
  prisma: PrismaClient,
  cluster: number,
  { namespace, kind, workload, except }: InitStepsOf,
): Promise<InitStepDurations[]> {
  const pods = await podsOf(prisma, cluster, { namespace, kind, workload })
  const others = pods.filter(({ uid }) => uid !== except)
  if (others.length === 0) return []
  const runs = await prisma.containerRun.findMany({
    where: { podId: { in: others.map(({ id }) => id) }, containerType: 'init', finishedAt: { not: null } },
    orderBy: { id: 'asc' },
    select: { container: true, startedAt: true, finishedAt: true, finishedApproximate: true, exitCode: true },
    take: mostRuns,
  })
  const steps = new Map<string, { readonly durations: number[]; failures: number }>()
  for (const { container, startedAt, finishedAt, finishedApproximate, exitCode } of runs) {
    const step = steps.get(container) ?? { durations: [], failures: 0 }
    steps.set(container, step)
    if (exitCode === null) continue
    if (exitCode !== 0) step.failures += 1
    else if (startedAt !== null && finishedAt !== null && finishedApproximate === 0) {
      step.durations.push(Number(finishedAt - startedAt))
    }
  }
  return [...steps].map(([container, { durations, failures }]) => ({
    container,
    ...stepDurations(durations, failures),
  }))
}

/** The youngest pods of a workload. */
async function podsOf(
  prisma: PrismaClient,
  cluster: number,
  { namespace, kind, workload }: InitStepsOf,
): Promise<readonly { readonly id: number; readonly uid: string }[]> {
  if (kind === 'Pod') {
    return await prisma.subject.findMany({
      where: { clusterId: cluster, kind, namespace, name: workload },
      orderBy: { id: 'desc' },
      select: { id: true, uid: true },
      take: mostPods,
    })
  }
  const between = controllers.get(kind)
  const owners = await prisma.subject.findMany({
    where: between
      ? { clusterId: cluster, kind: between.kind, namespace, name: { gte: `${workload}-`, lt: `${workload}.` } }
      : { clusterId: cluster, kind, namespace, name: workload },
    orderBy: { id: 'desc' },
    select: { id: true, name: true },
  })
  const own = owners.filter(({ name }) => !between || between.suffix.test(name.slice(workload.length + 1)))
  const found = await prisma.pod.findMany({
    where: { ownerId: { in: own.slice(0, mostOwners).map(({ id }) => id) } },
    orderBy: { id: 'desc' },
    select: { id: true, subject: { select: { uid: true } } },
    take: mostPods,
  })
  return found.map(({ id, subject }) => ({ id, uid: subject.uid }))
}

/**
 * History knows a pod's controller; what controls that shows in its name: pod-template-hash for
 * Deployments (apimachinery rand.SafeEncodeString), the scheduled time in minutes for CronJobs.
 */
const controllers: ReadonlyMap<string, { readonly kind: string; readonly suffix: RegExp }> = new Map([
  ['Deployment', { kind: 'ReplicaSet', suffix: /^[bcdfghjklmnpqrstvwxz2456789]{1,10}$/ }],
  ['CronJob', { kind: 'Job', suffix: /^\d{1,20}$/ }],
])
