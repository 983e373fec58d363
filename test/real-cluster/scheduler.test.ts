import assert from 'node:assert/strict'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { ClusterAnalysis } from '../../domain/analysis/cluster-analysis.ts'
import { whatIfCluster } from '../../domain/analysis/what-if-cluster.ts'
import { kubectlDialect } from '../../domain/health/kubectl-dialect.ts'
import type { Pod } from '../../domain/model/pod.ts'
import { evaluateFit, fitMessage } from '../../domain/placement/fit-evaluation.ts'
import { buildFitMessage, parseFitMessage } from '../../domain/placement/fit-message.ts'
import { NodeScores } from '../../domain/placement/node-scores.ts'
import { PodFit } from '../../domain/placement/pod-fit.ts'
import { type SchedulerRules, schedulerRules } from '../../domain/placement/scheduler-rules.ts'
import { whatIf } from '../../domain/placement/what-if.ts'
import { whatIfRequestSchema } from '../../domain/placement/what-if-request.ts'
import type { WhatIfResult } from '../../domain/placement/what-if-result.ts'
import { ControlPlane } from '../support/control-plane.ts'
import { Random } from '../support/random.ts'
import { JudgedCluster } from './judged-cluster.ts'
import { namespaces, type RandomTemplate, randomNode, randomTemplate } from './random-scheduling.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const placementsWanted = Number(process.env.PLUMBLINE_JUDGED_PLACEMENTS ?? 2_000)
const podsInRound = 60
const zone = 'topology.kubernetes.io/zone'
const firstSeed = Number(process.env.PLUMBLINE_JUDGE_SEED ?? 1)

let plane: ControlPlane
let cluster: JudgedCluster
let rules: SchedulerRules

before(async () => {
  plane = await ControlPlane.start(root)
  const version = (await new JudgedCluster(plane, schedulerRules('')).ask('GET', '/version')) as { gitVersion: string }
  rules = schedulerRules(version.gitVersion)
  cluster = new JudgedCluster(plane, rules)
  await cluster.start()
  for (const namespace of namespaces) await cluster.addNamespace(namespace)
})

after(() => {
  cluster?.stop()
  plane?.stop()
})

/** What became of one round's pods; `disagreements` tells in words where Plumbline was wrong. */
interface Round {
  placed: number
  /** On a node that Plumbline would have scored highest too. */
  preferred: number
  refused: number
  disagreements: string[]
  reasons: Set<string>
}

test(`kube-scheduler and Plumbline agree on ${placementsWanted} placements and all refusals between them: feasible nodes, reasons and counts`, async () => {
  const total: Round = { placed: 0, preferred: 0, refused: 0, disagreements: [], reasons: new Set() }
  let seed = firstSeed
  for (; total.placed < placementsWanted; seed += 1) {
    const round = await playRound(seed)
    total.placed += round.placed
    total.preferred += round.preferred
    total.refused += round.refused
    total.disagreements.push(...round.disagreements)
    for (const reason of round.reasons) total.reasons.add(reason)
  }
  console.log(
    `seeds ${firstSeed} to ${seed - 1}: ${total.placed} pods placed (${total.preferred} where Plumbline’s scores are highest), ${total.refused} refused, ${total.reasons.size} different reasons`,
  )
  assert.deepEqual(total.disagreements, [])
  assert.ok(total.refused > placementsWanted / 10)
  // What running pods would rather have beside them isn't scored, and the scheduler takes any of equals.
  assert.ok(total.preferred > total.placed * 0.9)
})

async function playRound(seed: number): Promise<Round> {
  const random = new Random(seed)
  const round: Round = { placed: 0, preferred: 0, refused: 0, disagreements: [], reasons: new Set() }
  await cluster.clear(namespaces)
  await cluster.addNodes(Array.from({ length: 3 + random.below(8) }, (_, index) => randomNode(random, `node-${index}`)))
  const templates = Array.from({ length: 8 }, (_, index) => randomTemplate(random, index))
  const running: Pod[] = []
  const refused = new Set<RandomTemplate>()
  for (let index = 0; index < podsInRound; index += 1) {
    if (running.length > 2 && random.oneIn(6)) await disturb(random, running)
    let template = random.pick(templates)
    // What has just been refused will mostly be refused again: asked half as often.
    if (refused.has(template) && random.oneIn(2)) template = random.pick(templates)
    const pod = await judge(template, `pod-${seed}-${index}`, seed, round)
    if (pod) running.push(pod)
    else refused.add(template)
  }
  return round
}

/** Lets the scheduler decide on one more pod. Gives the pod where it was placed. */
async function judge(template: RandomTemplate, name: string, seed: number, round: Round): Promise<Pod | null> {
  const { namespace, labels, spec } = template
  const [pod, { best, ...ours }] = await cluster.createPod({ metadata: { namespace, name, labels }, spec }, (made) => ({
    ...evaluateFit(made, cluster.view, rules),
    best: preferred(made),
  }))
  const theirs = await cluster.decision(pod)
  const complain = (what: string) =>
    round.disagreements.push(`seed ${seed}, ${name}: ${what}\n${JSON.stringify({ namespace, labels, spec })}`)
  if (theirs.node !== '') {
    round.placed += 1
    if (best.includes(theirs.node)) round.preferred += 1
    if (!ours.feasible.includes(theirs.node)) {
      complain(`placed on ${theirs.node}; Plumbline: ${ours.feasible.join() || fitMessage(ours)}`)
    }
    return pod
  }
  round.refused += 1
  const parsed = parseFitMessage(theirs.message)
  for (const reason of parsed?.reasons.keys() ?? []) round.reasons.add(reason)
  if (ours.feasible.length > 0) complain(`refused: ${theirs.message}; Plumbline: ${ours.feasible.join()}`)
  else if (fitMessage(ours) !== theirs.message) complain(`refused: ${theirs.message}; Plumbline: ${fitMessage(ours)}`)
  if (!parsed || buildFitMessage(parsed) !== theirs.message) complain(`not read back: ${theirs.message}`)
  await cluster.removePod(pod)
  return null
}

/** The nodes that could take the pod and have the highest score. */
function preferred(pod: Pod): string[] {
  const fit = new PodFit(pod, cluster.view, rules)
  const feasible = cluster.view.rooms.filter((room) => fit.rejection(room) === null)
  return new NodeScores(pod, fit.request, cluster.view, rules).best(feasible).map(({ node }) => node.name)
}

/** Changes something about pods or nodes in the midst of a round. */
async function disturb(random: Random, running: Pod[]): Promise<void> {
  const [pod] = running.splice(random.below(running.length), 1)
  if (!pod) return
  const path = `/api/v1/namespaces/${pod.namespace}/pods/${pod.name}`
  switch (random.below(4)) {
    case 0:
      await cluster.removePod(pod)
      break
    case 1:
      // Nobody kills it, so it stays as one that is being deleted.
      await cluster.ask('DELETE', path)
      await cluster.until(() => cluster.state.pod(pod.uid)?.deletedAt !== null)
      break
    case 2:
      await cluster.ask('PATCH', `${path}/status`, { status: { phase: 'Succeeded' } }, 'application/merge-patch+json')
      await cluster.until(() => cluster.state.pod(pod.uid)?.phase === 'Succeeded')
      break
    default: {
      const labels = { tier: random.pick(['front', 'back', null]) }
      await cluster.ask('PATCH', path, { metadata: { labels } }, 'application/merge-patch+json')
      await cluster.until(() => (cluster.state.pod(pod.uid)?.labels.tier ?? null) === labels.tier)
      running.push(pod)
    }
  }
  await cluster.settle()
}

test('room that a preempting pod waits for is kept for it', async () => {
  const [namespace] = namespaces
  await cluster.clear(namespaces)
  const allocatable = { cpu: '1', memory: '8Gi', pods: '110' }
  const node = { metadata: { name: 'n1', labels: {} }, spec: {}, status: { capacity: allocatable, allocatable } }
  await cluster.addNodes([node])
  const create = (name: string, cpu: string, spec: object = {}) =>
    cluster.createPod(
      {
        metadata: { namespace, name, labels: {} },
        spec: { terminationGracePeriodSeconds: 600, containers: [asking(cpu)], ...spec },
      },
      (made) => evaluateFit(made, cluster.view, rules),
    )
  for (const name of ['low-1', 'low-2']) await cluster.decision((await create(name, '300m'))[0])
  const [high] = await create('high', '800m', { priorityClassName: 'system-cluster-critical' })
  // Nobody kills the victims, so it goes on waiting.
  await cluster.until(() => cluster.state.pod(high.uid)?.nominatedNodeName === 'n1')
  await cluster.until(() => [...cluster.state.podsIn(namespace)].some(({ deletedAt }) => deletedAt !== null))
  await cluster.settle()
  const [small, ours] = await create('small', '250m')
  const theirs = await cluster.decision(small)
  assert.deepEqual([theirs.node, theirs.message], ['', '0/1 nodes are available: 1 Insufficient cpu.'])
  assert.equal(fitMessage(ours), theirs.message)
})

/** What the garbage collector waits before it believes that a node is gone, and what it takes besides. */
const collectionTime = 150_000

interface LossCase {
  readonly name: string
  readonly replicas: number
  readonly spec: object
  /** The rules decide how many lie in each zone; else only how many are placed. */
  readonly decidesZones: boolean
}

const overZones = (parts: object, name: string) => [
  { topologyKey: zone, whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: { app: name } }, ...parts },
]

const lossCases: readonly LossCase[] = [
  {
    name: 'spread',
    replicas: 6,
    spec: { topologySpreadConstraints: overZones({ maxSkew: 1 }, 'spread') },
    decidesZones: true,
  },
  {
    name: 'apart',
    replicas: 6,
    spec: {
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'apart' } } },
          ],
        },
      },
    },
    decidesZones: true,
  },
  { name: 'tied', replicas: 2, spec: { nodeSelector: { [zone]: 'zone-c' } }, decidesZones: true },
  {
    name: 'together',
    replicas: 3,
    spec: {
      affinity: {
        podAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { topologyKey: zone, labelSelector: { matchLabels: { app: 'tied' } } },
          ],
        },
      },
    },
    decidesZones: true,
  },
  { name: 'large', replicas: 6, spec: { containers: [asking('3')] }, decidesZones: true },
  { name: 'free', replicas: 5, spec: {}, decidesZones: false },
]

function asking(cpu: string): object {
  return { name: 'app', image: 'example.com/app:1', resources: { requests: { cpu } } }
}

test('a zone and a node are lost: what was predicted is what the controllers and the scheduler make of it', async () => {
  const namespace = 'loss'
  await cluster.clear(namespaces)
  await cluster.addNamespace(namespace)
  const allocatable = { cpu: '4', memory: '8Gi', pods: '110' }
  const names = ['a-1', 'a-2', 'b-1', 'b-2', 'c-1', 'c-2']
  await cluster.addNodes(
    names.map((name) => ({
      metadata: { name, labels: { 'kubernetes.io/hostname': name, [zone]: `zone-${name[0]}` } },
      spec: {},
      status: { capacity: allocatable, allocatable },
    })),
  )
  for (const { name, replicas, spec } of lossCases) {
    const labels = { app: name }
    await cluster.ask('POST', `/apis/apps/v1/namespaces/${namespace}/deployments`, {
      metadata: { name },
      spec: {
        replicas,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [asking('100m')], ...spec } },
      },
    })
    await cluster.until(() => livingPods(name).length === replicas && livingPods(name).every(isDecided))
  }
  const lost = ['b-2', 'c-1', 'c-2']
  const kept = new Map(lossCases.map(({ name }) => [name, byZone(name, lost)]))
  const predicted = predictLoss(lost)
  for (const node of lost) await cluster.ask('DELETE', `/api/v1/nodes/${node}`)
  const isSettled = (pod: Pod) => isDecided(pod) && !lost.includes(pod.nodeName)
  await cluster.until(
    () => lossCases.every(({ name, replicas }) => livingPods(name).filter(isSettled).length === replicas),
    collectionTime,
  )
  for (const { name, decidesZones } of lossCases) {
    const outcome = predicted.workloads.find(({ workload }) => workload.name === name)
    const expected = new Map(kept.get(name))
    // What is lost and gets nothing back is told too.
    for (const { zone: name, pods } of outcome?.zones ?? [])
      if (pods > 0) expected.set(name, (expected.get(name) ?? 0) + pods)
    const actual = byZone(name)
    const sum = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((a, b) => a + b, 0)
    assert.equal(sum(actual), sum(expected), `${name}: pods with a node`)
    if (decidesZones) assert.deepEqual([...actual].sort(), [...expected].sort(), `${name}: pods in each zone`)
    const waiting = livingPods(name).filter(({ nodeName }) => nodeName === '')
    assert.equal(waiting.length, outcome?.unplaced ?? 0, `${name}: pods without a node`)
    for (const pod of waiting) {
      const said = pod.conditions.find(({ type }) => type === 'PodScheduled')?.message
      assert.equal(said, outcome?.message, `${name}: what the scheduler says`)
    }
  }
})

function livingPods(name: string): Pod[] {
  const pods = [...cluster.state.podsIn('loss')]
  return pods.filter(({ labels, deletedAt }) => labels.app === name && deletedAt === null)
}

function isDecided({ nodeName, conditions }: Pod): boolean {
  return nodeName !== '' || conditions.some(({ type, status }) => type === 'PodScheduled' && status === 'False')
}

function byZone(name: string, without: readonly string[] = []): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { nodeName } of livingPods(name)) {
    if (nodeName === '' || without.includes(nodeName)) continue
    const inZone = `zone-${nodeName[0]}`
    counts.set(inZone, (counts.get(inZone) ?? 0) + 1)
  }
  return counts
}

function predictLoss(nodes: readonly string[]): WhatIfResult {
  const analysis = new ClusterAnalysis(cluster.state, { dialect: kubectlDialect(''), scheduler: rules })
  for (const next of [...cluster.state.nodes(), ...cluster.state.pods()]) {
    analysis.apply({ kind: next.kind, previous: null, next })
  }
  const request = whatIfRequestSchema.parse({ changes: [{ type: 'lose', nodes }] })
  const work = whatIf(whatIfCluster(cluster.state, analysis, false), request)
  let step = work.next()
  while (!step.done) step = work.next()
  return step.value
}
