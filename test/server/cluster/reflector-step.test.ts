import assert from 'node:assert/strict'
import { test } from 'node:test'
import { backoffDelay } from '../../../server/cluster/backoff.ts'
import { atStart, nextStep, type Progress } from '../../../server/cluster/reflector-step.ts'

const watching: Progress = {
  position: { at: 'watch', resourceVersion: '5', reason: 'resume' },
  failures: 0,
  corruptions: 0,
  tooLarge: 0,
  silences: 0,
}
const long = { lasted: 60_000, received: 3, resourceVersion: '9', knowsBookmarks: true }
const short = { lasted: 10, received: 0, resourceVersion: '9', knowsBookmarks: true }
const half = () => 0.5

test('a watch that ends cleanly resumes at once from where it came to', () => {
  const { progress, delay } = nextStep(watching, { type: 'ended' }, long, half)
  assert.deepEqual(progress.position, { at: 'watch', resourceVersion: '9', reason: 'resume' })
  assert.equal(delay, 0)
})

test('a watch that ends at once without an event backs off (client-go: VeryShortWatch)', () => {
  const first = nextStep(watching, { type: 'ended' }, short, half)
  assert.equal(first.progress.failures, 1)
  assert.equal(first.delay, 400)
  const second = nextStep(first.progress, { type: 'ended' }, short, half)
  assert.equal(second.delay, 800)
})

test('410 relists, whether it comes as a status or inside the stream', () => {
  const { progress } = nextStep(watching, { type: 'expired', message: '' }, long, half)
  assert.deepEqual(progress.position, { at: 'list', reason: 'expired' })
})

test('a fault resumes the watch without a list', () => {
  const { progress, delay } = nextStep(watching, { type: 'fault', message: '', retryAfter: null }, short, half)
  assert.equal(progress.position.at, 'watch')
  assert.equal(delay, 400)
})

test('Retry-After is obeyed, with jitter on top and never below', () => {
  for (const random of [0, 0.3, 0.99]) {
    const { delay } = nextStep(watching, { type: 'throttled', message: '', retryAfter: 7_000 }, short, () => random)
    assert.ok(delay >= 7_000 && delay <= 7_000 * 1.25, String(delay))
  }
})

test('a bad line is asked for once more; the second time the collection is listed', () => {
  const first = nextStep(watching, { type: 'corrupt', message: '' }, short, half)
  assert.equal(first.progress.position.at, 'watch')
  const second = nextStep(first.progress, { type: 'corrupt', message: '' }, short, half)
  assert.equal(second.progress.position.at, 'list')
})

test('"too large resource version" waits for the lagging server, then takes its truth', () => {
  let progress = watching
  let lists = 0
  for (let attempt = 0; attempt < 20 && lists === 0; attempt += 1) {
    const next = nextStep(progress, { type: 'version-too-large', message: '', retryAfter: 1_000 }, short, half)
    if (next.progress.position.at === 'list') lists = attempt
    else assert.ok(next.delay >= 1_000)
    progress = next.progress
  }
  assert.equal(lists, 8)
})

test('silence resumes; from a server that sends bookmarks a second silence means that our version is gone', () => {
  const mute = { ...long, received: 0 }
  const first = nextStep(watching, { type: 'silent', message: '' }, mute, half)
  assert.equal(first.progress.position.at, 'watch')
  const second = nextStep(first.progress, { type: 'silent', message: '' }, mute, half)
  assert.deepEqual(second.progress.position, { at: 'list', reason: 'regressed' })
  const other = nextStep(first.progress, { type: 'silent', message: '' }, { ...mute, knowsBookmarks: false }, half)
  assert.equal(other.progress.position.at, 'watch')
})

test('a refusal is asked about again after about a minute', () => {
  const { progress, delay } = nextStep(atStart, { type: 'forbidden', message: '' }, short, half)
  assert.deepEqual(progress.position, { at: 'list', reason: 'permission' })
  assert.equal(delay, 60_000)
})

test('back-off is full jitter between 0 and a ceiling that doubles from 0.8 s to 30 s', () => {
  const ceilings = [0, 1, 2, 3, 4, 5, 6, 20].map((failures) => backoffDelay(failures, null, () => 1))
  assert.deepEqual(ceilings, [800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000, 30_000])
  assert.equal(
    backoffDelay(5, null, () => 0),
    0,
  )
})
