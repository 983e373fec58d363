import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nodeProblems } from '../../../domain/health/node-health.ts'
import { podHealth } from '../../../domain/health/pod-health.ts'
import { probeDetails } from '../../../domain/health/probes.ts'
import { podProblemStory } from '../../../domain/health/problem-story.ts'
import { severities } from '../../../domain/health/severity.ts'
import type { ClusterEvent } from '../../../domain/model/cluster-event.ts'
import type { Node } from '../../../domain/model/node.ts'
import type { Pod } from '../../../domain/model/pod.ts'
import { readClusterObject } from '../../../domain/read/cluster-object.ts'
import { Interner } from '../../../domain/read/interner.ts'
import { mutilate } from '../read/mutilate.ts'
import { realObjects } from '../read/real-objects.ts'
import { seededRandom } from '../read/seeded-random.ts'
import { newest, oldest } from './made-pod.ts'

const seed = Number(process.env.PLUMBLINE_SEED ?? 20_260_728)
const rounds = Number(process.env.PLUMBLINE_ROUNDS ?? 4_000)
/** When the real objects were captured. */
const captured = Date.parse('2026-11-24T03:51:30Z')

test(`${rounds} mutilated objects (seed ${seed}) are read, judged and never thrown at anybody`, () => {
  const random = seededRandom(seed)
  const objects = realObjects()
  const interner = new Interner()
  const read = (kind: string) =>
    objects.filter((each) => each.kind === kind).map(({ raw }) => readClusterObject(kind as 'Event', raw, interner))
  const events = read('Event') as unknown as ClusterEvent[]
  const [node] = read('Node') as unknown as Node[]
  let readable = 0
  for (let round = 0; round < rounds; round += 1) {
    const real = objects[random(objects.length)]
    assert.ok(real)
    const raw = mutilate(real.raw, random)
    const object = readClusterObject(real.kind, raw, interner)
    if (!object) continue
    readable += 1
    // What one reader shares with another must not change what is read.
    assert.deepEqual(object, readClusterObject(real.kind, raw, new Interner()))
    const now = captured + random(3) * 400_000
    if (object.kind === 'Pod') judge(object, random(2) === 0 ? (node ?? null) : null, events, now)
    if (object.kind === 'Node') for (const problem of nodeProblems(object, now)) assert.match(problem.title, /\S/)
  }
  assert.ok(readable > rounds * 0.9, `${readable} of ${rounds} were readable`)
})

function judge(pod: Pod, node: Node | null, events: readonly ClusterEvent[], now: number): void {
  for (const dialect of [newest, oldest]) {
    const health = podHealth(pod, { node, workload: null, events, dialect }, now)
    assert.ok(severities.includes(health.severity))
    assert.ok(health.recheckAt === null || health.recheckAt > now)
    assert.ok(health.status.ready >= 0 && health.status.restarts >= 0)
    for (const { title, detail, since, id } of health.problems) {
      assert.match(title, /\S/)
      assert.doesNotMatch(`${title} ${detail}`, /undefined|null|NaN|\[object/)
      assert.ok(Number.isFinite(since), id)
    }
    for (const problem of health.problems) {
      const { evidence, next, advice, docs } = podProblemStory(problem, pod, {
        node,
        workload: null,
        events,
        dialect,
        now,
      })
      const texts = [
        ...evidence.flatMap(({ path, text }) => [path, text]),
        ...advice.flatMap(({ text, command }) => [text, command ?? '-']),
        next?.text ?? '-',
        docs,
      ]
      for (const text of texts) {
        assert.match(text, /\S/, problem.id)
        assert.doesNotMatch(text, /\bundefined\b|\bnull\b|\bNaN\b|\[object/, problem.id)
      }
      assert.ok(evidence.length > 0, problem.id)
      assert.ok(next?.at == null || Number.isFinite(next.at))
    }
    assert.equal(new Set(health.problems.map(({ id }) => id)).size, health.problems.length)
  }
  for (const spec of [...pod.spec.initContainers, ...pod.spec.containers]) {
    for (const { evidence } of probeDetails(pod, spec, pod.containerStatuses[0] ?? null, events, now)) {
      assert.match(evidence, /^[A-Z].*\.$/)
    }
  }
}
