import { stepDurations } from '../../domain/history/step-durations.ts'
import type { PrismaClient } from '../../prisma/client/client.ts'
import type { InitStepDurations } from './pod-history.ts'
import { type WorkloadOf, workloadPods } from './workload-pods-query.ts'

/** Which workload's pods, and the uid of one that is left out: it is to be compared with the others. */
export interface InitStepsOf extends WorkloadOf {
  readonly except?: string
}

const mostRuns = 20_000

/** How long the init containers of a workload's pods have taken, by container; see HistoryQueries. */
export async function readInitSteps(
  prisma: PrismaClient,
  cluster: number,
  { except, ...which }: InitStepsOf,
): Promise<InitStepDurations[]> {
  const pods = await workloadPods(prisma, cluster, which)
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
