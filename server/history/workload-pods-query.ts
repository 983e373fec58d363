import type { PrismaClient } from '../../prisma/client/client.ts'

/** Nobody needs more to know what is usual; the youngest count. */
const mostPods = 500
const mostOwners = 200

export interface WorkloadOf {
  readonly namespace: string
  /** A pod's controller, or what controls that: Deployment, StatefulSet, DaemonSet, Job, CronJob, ReplicaSet …; Pod for bare ones. */
  readonly kind: string
  readonly workload: string
}

/** The youngest pods of a workload. */
export async function workloadPods(
  prisma: PrismaClient,
  cluster: number,
  which: WorkloadOf,
): Promise<readonly { readonly id: number; readonly uid: string }[]> {
  const { namespace, kind, workload } = which
  if (kind === 'Pod') {
    return await prisma.subject.findMany({
      where: { clusterId: cluster, kind, namespace, name: workload },
      orderBy: { id: 'desc' },
      select: { id: true, uid: true },
      take: mostPods,
    })
  }
  const owners = await workloadOwners(prisma, cluster, which)
  const found = await prisma.pod.findMany({
    where: { ownerId: { in: owners.map(({ id }) => id) } },
    orderBy: { id: 'desc' },
    select: { id: true, subject: { select: { uid: true } } },
    take: mostPods,
  })
  return found.map(({ id, subject }) => ({ id, uid: subject.uid }))
}

/** What controls its pods: the workload itself, a Deployment's ReplicaSets, a CronJob's Jobs; the youngest first. */
export async function workloadOwners(
  prisma: PrismaClient,
  cluster: number,
  { namespace, kind, workload }: WorkloadOf,
): Promise<readonly { readonly id: number; readonly name: string }[]> {
  const between = controllers.get(kind)
  const owners = await prisma.subject.findMany({
    where: between
      ? { clusterId: cluster, kind: between.kind, namespace, name: { gte: `${workload}-`, lt: `${workload}.` } }
      : { clusterId: cluster, kind, namespace, name: workload },
    orderBy: { id: 'desc' },
    select: { id: true, name: true },
  })
  return owners
    .filter(({ name }) => !between || between.suffix.test(name.slice(workload.length + 1)))
    .slice(0, mostOwners)
}

/**
 * History knows a pod's controller; what controls that shows in its name: pod-template-hash for
 * Deployments (apimachinery rand.SafeEncodeString), the scheduled time in minutes for CronJobs.
 */
const controllers: ReadonlyMap<string, { readonly kind: string; readonly suffix: RegExp }> = new Map([
  ['Deployment', { kind: 'ReplicaSet', suffix: /^[bcdfghjklmnpqrstvwxz2456789]{1,10}$/ }],
  ['CronJob', { kind: 'Job', suffix: /^\d{1,20}$/ }],
])
