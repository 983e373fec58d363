import assert from 'node:assert/strict'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Pod } from '../../domain/model/pod.ts'
import { evaluateFit, fitMessage } from '../../domain/placement/fit-evaluation.ts'
import { buildFitMessage, parseFitMessage } from '../../domain/placement/fit-message.ts'
import { type SchedulerRules, schedulerRules } from '../../domain/placement/scheduler-rules.ts'
import { ControlPlane } from '../support/control-plane.ts'
import { Random } from '../support/random.ts'
import { JudgedCluster } from './judged-cluster.ts'
import { namespaces, type RandomTemplate, randomNode, randomTemplate } from './random-scheduling.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const placementsWanted = Number(process.env.PLUMBLINE_JUDGED_PLACEMENTS ?? 2_000)
const podsInRound = 60
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
  refused: number
  disagreements: string[]
  reasons: Set<string>
}

test(`kube-scheduler and Plumbline agree on ${placementsWanted} placements and all refusals between them: feasible nodes, reasons and counts`, async () => {
  const total: Round = { placed: 0, refused: 0, disagreements: [], reasons: new Set() }
  let seed = firstSeed
  for (; total.placed < placementsWanted; seed += 1) {
    const round = await playRound(seed)
    total.placed += round.placed
    total.refused += round.refused
    total.disagreements.push(...round.disagreements)
    for (const reason of round.reasons) total.reasons.add(reason)
  }
  console.log(
    `seeds ${firstSeed} to ${seed - 1}: ${total.placed} pods placed, ${total.refused} refused, ${total.reasons.size} different reasons`,
  )
  assert.deepEqual(total.disagreements, [])
  assert.ok(total.refused > placementsWanted / 10)
})

async function playRound(seed: number): Promise<Round> {
  const random = new Random(seed)
  const round: Round = { placed: 0, refused: 0, disagreements: [], reasons: new Set() }
  await cluster.clear(namespaces)
  await cluster.addNodes(Array.from({ length: 3 + random.below(8) }, (_, index) => randomNode(random, `node-${index}`)))
  const templates = Array.from({ length: 8 }, (_, index) => randomTemplate(random, index))
  const running: Pod[] = []
  for (let index = 0; index < podsInRound; index += 1) {
    if (running.length > 2 && random.oneIn(6)) await disturb(random, running)
    const pod = await judge(random.pick(templates), `pod-${seed}-${index}`, seed, round)
    if (pod) running.push(pod)
  }
  return round
}

/** Lets the scheduler decide on one more pod. Gives the pod where it was placed. */
async function judge(template: RandomTemplate, name: string, seed: number, round: Round): Promise<Pod | null> {
  const { namespace, labels, spec } = template
  const [pod, ours] = await cluster.createPod({ metadata: { namespace, name, labels }, spec }, (made) =>
    evaluateFit(made, cluster.view, rules),
  )
  const theirs = await cluster.decision(pod)
  const complain = (what: string) =>
    round.disagreements.push(`seed ${seed}, ${name}: ${what}\n${JSON.stringify({ namespace, labels, spec })}`)
  if (theirs.node !== '') {
    round.placed += 1
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
