import { seededRandom } from '../domain/read/seeded-random.ts'
import { type ApiAccess, apiJson } from './api-json.ts'
import type { OracleOptions } from './pod-status-oracle.ts'

/**
 * Fills a namespace with pods whose status is made up at random, so that the oracle can be asked
 * about states that no workload shows within minutes. No scheduler and no kubelet touches them:
 * their scheduler's name is nobody's. The namespace must exist; delete it afterwards.
 */
export async function makePodStatusVariety(
  options: OracleOptions & { readonly namespace: string },
  pods: number,
  seed: number,
): Promise<void> {
  const random = seededRandom(seed)
  const path = `/api/v1/namespaces/${options.namespace}/pods`
  for (let index = 0; index < pods; index += 1) {
    const init = names('init', Math.max(0, random(6) - 2))
    const main = names('main', 1 + random(3))
    const name = `made-up-${seed}-${index}`
    const finalizers = random(5) === 0 ? ['plumbline.dev/oracle'] : []
    const container = (each: string) => ({ name: each, image: 'nothing' })
    const created = await send(options, 'POST', path, {
      metadata: { name, finalizers },
      spec: {
        schedulerName: 'nobody',
        initContainers: init.map(container),
        containers: main.map(container),
      },
    })
    const status = {
      phase: pick(random, ['Pending', 'Running', 'Running', 'Succeeded', 'Failed', 'Unknown']),
      ...(random(4) === 0 && { reason: pick(random, ['Evicted', 'NodeLost', 'Shutdown']) }),
      conditions: ['Initialized', 'Ready', 'PodScheduled'].flatMap((type) =>
        random(4) === 0
          ? []
          : [
              {
                type,
                status: pick(random, ['True', 'False', 'Unknown']),
                reason: pick(random, ['', 'SchedulingGated']),
              },
            ],
      ),
      initContainerStatuses: init.slice(0, random(init.length + 1)).map((each) => madeUpStatus(random, each)),
      containerStatuses: main.slice(0, random(main.length + 2)).map((each) => madeUpStatus(random, each)),
    }
    await send(options, 'PUT', `${path}/${name}/status`, { ...(created as object), status })
    if (finalizers.length > 0) await send(options, 'DELETE', `${path}/${name}`, { gracePeriodSeconds: 0 })
  }
}

/** Lets the pods go that wait for the finalizer. */
export async function endPodStatusVariety(options: OracleOptions & { readonly namespace: string }): Promise<void> {
  const path = `/api/v1/namespaces/${options.namespace}/pods`
  const { items } = (await send(options, 'GET', path)) as {
    items: { metadata: { name: string; finalizers?: string[] } }[]
  }
  for (const { metadata } of items) {
    if (!metadata.finalizers) continue
    await send(options, 'PATCH', `${path}/${metadata.name}`, { metadata: { finalizers: null } })
  }
}

type Random = (below: number) => number

function pick<T>(random: Random, choices: readonly T[]): T {
  return choices[random(choices.length)] as T
}

function names(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${index}`)
}

function madeUpStatus(random: Random, name: string) {
  return {
    name,
    image: 'nothing',
    imageID: '',
    ready: random(2) === 0,
    ...(random(3) !== 0 && { started: random(2) === 0 }),
    restartCount: random(3) === 0 ? random(9) : 0,
    state: madeUpState(random),
    lastState: random(2) === 0 ? {} : { terminated: madeUpEnd(random) },
  }
}

function madeUpState(random: Random): object {
  switch (random(6)) {
    case 0:
      return {}
    case 1:
      return { waiting: { reason: pick(random, ['', 'PodInitializing', 'ContainerCreating', 'CrashLoopBackOff']) } }
    case 2:
    case 3:
      return { running: { startedAt: moment(random) } }
    default:
      return { terminated: madeUpEnd(random) }
  }
}

function madeUpEnd(random: Random): object {
  const exitCode = pick(random, [0, 0, 1, 3, 137])
  return {
    exitCode,
    reason: pick(random, exitCode === 0 ? ['Completed', 'Completed', ''] : ['Error', 'OOMKilled', '']),
    ...(random(4) === 0 && { signal: pick(random, [9, 15]) }),
    finishedAt: moment(random),
  }
}

function moment(random: Random): string {
  const ago = pick(random, [30, 500, 7_000, 90_000, 900_000, 9_000_000, 90_000_000]) + random(3_600)
  return new Date(Date.now() - ago * 1_000).toISOString().replace(/\.\d+Z$/, 'Z')
}

function send(access: ApiAccess, method: string, path: string, body?: object): Promise<unknown> {
  const contentType = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
  return apiJson(access, { method, path, contentType, ...(body && { body }) })
}
