import type { PrismaClient } from '../../prisma/client/client.ts'
import { withMissed } from './missed-runs.ts'
import type { PodHistory, PodLifecycle, PodStory, ReadinessChange } from './pod-history.ts'
import { readProbeFailures } from './probe-failure-query.ts'
import { readGaps } from './queries.ts'
import { instant, readEvent, readReadiness, readRun } from './rows.ts'

/** See HistoryQueries.podHistory. */
export async function readPodHistory(
  prisma: PrismaClient,
  cluster: number,
  which: { readonly uid: string } | { readonly namespace: string; readonly name: string },
  limit: number,
): Promise<PodHistory | null> {
  const same = await sameName(prisma, cluster, which)
  const story = 'uid' in which ? same.find(({ uid }) => uid === which.uid) : same[0]
  if (!story) return null
  const { id, staticUid, ...pod } = story
  const subjects = await eventSubjects(prisma, cluster, id, staticUid)
  const newest = { take: limit } as const
  const runs = await prisma.containerRun.findMany({ where: { podId: id }, orderBy: { id: 'desc' }, ...newest })
  const readiness = await prisma.readinessChange.findMany({
    where: { podId: id },
    orderBy: [{ at: 'desc' }, { container: 'asc' }],
    ...newest,
  })
  const events = await prisma.event.findMany({
    where: { subjectId: { in: subjects }, probe: null },
    orderBy: { lastAt: 'desc' },
    ...newest,
    include: { sightings: { select: { at: true }, orderBy: { at: 'desc' }, take: limit } },
  })
  return {
    pod,
    lifecycles: same.map(({ uid, createdAt, goneAt }) => ({ uid, createdAt, goneAt })),
    runs: withMissed(runs.map(readRun), runs.length < limit),
    probeFailures: await readProbeFailures(prisma, { subjectId: { in: subjects } }, null, limit),
    readinessChanges: changesOnly(readiness.map(readReadiness)),
    events: events.map(readEvent),
    gaps: await readGaps(prisma, cluster, {
      from: pod.createdAt ?? 0,
      to: pod.goneAt ?? Number.MAX_SAFE_INTEGER,
      limit,
    }),
  }
}

type Story = PodStory & { readonly id: number; readonly staticUid: string }

/** The pods of one name, the youngest first. */
async function sameName(
  prisma: PrismaClient,
  cluster: number,
  which: { readonly uid: string } | { readonly namespace: string; readonly name: string },
): Promise<Story[]> {
  let name = 'uid' in which ? null : which
  if ('uid' in which) {
    name = await prisma.subject.findFirst({
      where: { uid: which.uid, clusterId: cluster, kind: 'Pod' },
      select: { namespace: true, name: true },
    })
  }
  if (!name) return []
  const found = await prisma.subject.findMany({
    where: { clusterId: cluster, kind: 'Pod', namespace: name.namespace, name: name.name },
    include: { pod: { include: { owner: true, node: true } } },
    orderBy: { id: 'desc' },
    take: 100,
  })
  const stories = found.flatMap(({ id, uid, namespace, name, pod }): Story[] => {
    if (!pod) return []
    return [
      {
        id,
        uid,
        namespace,
        name,
        staticUid: pod.staticUid,
        createdAt: instant(pod.createdAt),
        owner: pod.owner ? { kind: pod.owner.kind, name: pod.owner.name } : null,
        node: pod.node?.name ?? null,
        boundAt: instant(pod.boundAt),
        deletedAt: instant(pod.deletedAt),
        final:
          pod.finalPhase === null
            ? null
            : { phase: pod.finalPhase, reason: pod.finalReason ?? '', message: pod.finalMessage ?? '' },
        goneAt: instant(pod.goneAt),
        goneApproximate: pod.goneApproximate === 1,
      },
    ]
  })
  return stories.sort((a, b) => age(b) - age(a))
}

function age({ createdAt }: PodLifecycle): number {
  return createdAt ?? 0
}

/** Kubelet reports a static pod's events under a uid that is not its mirror's. */
async function eventSubjects(prisma: PrismaClient, cluster: number, id: number, staticUid: string): Promise<number[]> {
  if (staticUid === '') return [id]
  const own = await prisma.subject.findMany({
    where: { uid: staticUid, clusterId: cluster, kind: 'Pod' },
    select: { id: true },
  })
  return [id, ...own.map((subject) => subject.id)]
}

/** Without those that only say again, after a restart of Plumbline, what was known. Newest first. */
function changesOnly(changes: readonly ReadinessChange[]): ReadinessChange[] {
  return changes.filter((change, index) => {
    if (!change.approximate) return true
    const before = changes.slice(index + 1).find(({ container }) => container === change.container)
    return before?.ready !== change.ready
  })
}
