import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { type DemoApiServer, startDemoApiServer } from '../../demo/api-server.ts'
import { brokenPods, giantPod, hostilePod } from '../../demo/odd-objects.ts'
import { getJson, openWatch, type TestWatch } from './stream.ts'

let server: DemoApiServer
const pods = '/api/v1/pods'
const pod = (name: string) => ({ metadata: { namespace: 'shop', name }, status: {} })
const watchPods = (more = ''): Promise<TestWatch> =>
  openWatch(`${server.url}${pods}?watch=1&resourceVersion=${server.resourceVersion}${more}`)

beforeEach(async () => {
  server = await startDemoApiServer({ world: 'empty', bookmarkIntervalMs: 100 })
  for (const name of ['a', 'b', 'c']) server.create('pods', pod(name))
})
afterEach(() => server.stop())

test('an outage refuses connections and comes back on the same port', async () => {
  const watch = await watchPods()
  const back = server.faults.outage(200)
  assert.equal(await watch.ended, 'broken')
  await assert.rejects(fetch(server.url))
  await back
  assert.equal((await fetch(`${server.url}/readyz`)).status, 200)
})

test('a restored backup takes objects and resourceVersions back', async () => {
  const backup = server.backup()
  server.create('pods', pod('new'))
  server.patchStatus('pods', 'shop', 'a', { phase: 'Running' })
  const later = server.resourceVersion
  await server.faults.outage(10, backup)
  const { body } = await getJson(server.url + pods)
  assert.equal(body.items.length, 3)
  assert.equal(Number(body.metadata.resourceVersion), Number(later) - 2)
  assert.equal((await getJson(`${server.url}${pods}?resourceVersion=${later}`)).status, 504)
})

test('refusals are counted, filtered by verb, kind and page, and carry Retry-After', async () => {
  server.faults.refuse({ verb: 'list', plural: 'pods' }, 429, { retryAfterSeconds: 2, times: 2 })
  const list = () => getJson(server.url + pods)
  const first = await list()
  assert.deepEqual([first.status, first.headers.get('retry-after')], [429, '2'])
  assert.equal(first.body.details.retryAfterSeconds, 2)
  assert.equal((await getJson(`${server.url}/api/v1/nodes`)).status, 200)
  assert.equal((await list()).status, 429)
  assert.equal((await list()).status, 200)
  server.faults.refuse({ verb: 'list', page: 'later' }, 410)
  const page = await getJson(`${server.url}${pods}?limit=1`)
  assert.equal(page.status, 200)
  const next = `${server.url}${pods}?limit=1&continue=${page.body.metadata.continue}`
  assert.equal((await getJson(next)).status, 410)
  assert.equal((await getJson(next)).status, 200)
  server.faults.answer({ verb: 'watch' }, 503, '<html>bad gateway</html>')
  const proxy = await fetch(`${server.url}${pods}?watch=1`)
  assert.deepEqual([proxy.status, await proxy.text()], [503, '<html>bad gateway</html>'])
})

test('slow, stalled, reset and truncated answers', async () => {
  const stop = server.faults.delay({ verb: 'list' }, 150)
  const began = performance.now()
  await getJson(server.url + pods)
  assert.ok(performance.now() - began >= 145)
  stop()
  server.faults.stall({ verb: 'list' }, 1)
  const stalled = fetch(server.url + pods)
  await new Promise((resolve) => setTimeout(resolve, 50))
  assert.equal(server.faults.stalled, 1)
  await server.faults.heal()
  assert.equal((await stalled).status, 200)
  server.faults.reset({ verb: 'list' })
  await assert.rejects(fetch(server.url + pods))
  server.faults.truncate({ verb: 'list' }, 100)
  const cut = await fetch(server.url + pods)
  await assert.rejects(cut.text())
})

test('streams: clean ends, resets, mutes and black holes', async () => {
  const clean = await watchPods()
  server.faults.closeWatches('pods')
  assert.equal(await clean.ended, 'clean')
  const broken = await watchPods()
  server.faults.resetWatches()
  assert.equal(await broken.ended, 'broken')
  const dead = await watchPods('&allowWatchBookmarks=true')
  server.faults.blackHole('pods')
  const living = await watchPods()
  server.patchStatus('pods', 'shop', 'a', { phase: 'Running' })
  assert.equal((await living.next())?.type, 'MODIFIED')
  await assert.rejects(dead.next(300))
  server.faults.mute('pods')
  const muted = await watchPods()
  server.patchStatus('pods', 'shop', 'a', { phase: 'Failed' })
  await assert.rejects(muted.next(100))
  server.faults.unmute('pods')
  assert.equal((await muted.next())?.object.status.phase, 'Failed')
  server.faults.closeWatchesEvery(50)
  assert.equal(await muted.ended, 'clean')
  const next = await watchPods()
  assert.equal(await next.ended, 'clean')
})

test('streams: cuts in the middle of a line and of a character, and lines that are not JSON', async () => {
  const line = await watchPods()
  server.faults.cutMidLine('pods')
  assert.equal(await line.ended, 'broken')
  assert.throws(() => JSON.parse(line.text()))
  const character = await watchPods()
  server.faults.cutMidCharacter('pods')
  assert.equal(await character.ended, 'broken')
  assert.match(character.text(), /"na$/)
  const split = await watchPods()
  server.faults.splitCharacter('pods')
  assert.equal((await split.next())?.object.metadata['x-note'], 'naïve ünïcode 😀')
  const invalid = await watchPods()
  server.faults.invalidLine('pods')
  await assert.rejects(invalid.next())
})

test('streams: ERROR events of any code', async () => {
  for (const code of [401, 410, 429, 500]) {
    const watch = await watchPods()
    server.faults.watchError(code, 'pods', code === 429 ? { retryAfterSeconds: 1 } : {})
    const event = await watch.next()
    assert.deepEqual([event?.type, event?.object.code], ['ERROR', code])
    assert.equal(await watch.ended, 'clean')
  }
})

test('events: repeated, swapped, old and lost ones', async () => {
  const watch = await watchPods()
  const next = async () => {
    const event = await watch.next()
    return [event?.type, event?.object.metadata.name, event?.object.metadata.resourceVersion]
  }
  const version = server.patchStatus('pods', 'shop', 'a', { n: 1 }).metadata.resourceVersion
  server.faults.repeatEvent('pods')
  assert.deepEqual(await next(), ['MODIFIED', 'a', version])
  assert.deepEqual(await next(), ['MODIFIED', 'a', version])
  server.faults.swapNextEvents('pods')
  const second = server.patchStatus('pods', 'shop', 'a', { n: 2 }).metadata.resourceVersion
  const third = server.patchStatus('pods', 'shop', 'a', { n: 3 }).metadata.resourceVersion
  assert.deepEqual(await next(), ['MODIFIED', 'a', third])
  assert.deepEqual(await next(), ['MODIFIED', 'a', second])
  assert.ok(server.faults.sendOlder('pods', 'shop', 'a'))
  const [, , old] = await next()
  assert.ok(Number(old) < Number(third))
  server.faults.dropNext('pods', 'DELETED')
  server.delete('pods', pod('b'))
  server.delete('pods', pod('c'))
  assert.deepEqual((await next()).slice(0, 2), ['DELETED', 'c'])
  assert.equal(server.objects('pods').length, 1)
})

test('bookmarks only', async () => {
  const watch = await watchPods('&allowWatchBookmarks=true')
  server.faults.bookmarksOnly('pods')
  server.patchStatus('pods', 'shop', 'a', { phase: 'Running' })
  const event = await watch.next()
  assert.deepEqual([event?.type, event?.object.metadata.resourceVersion], ['BOOKMARK', server.resourceVersion])
})

test('a lagging replica finds new resourceVersions too large', async () => {
  server.faults.lag = 2
  const { status } = await getJson(`${server.url}${pods}?watch=1&resourceVersion=${server.resourceVersion}`)
  assert.equal(status, 504)
  server.faults.lag = 0
  const watch = await watchPods()
  assert.equal(watch.status, 200)
})

test('odd objects are served as they are', async () => {
  server.create('pods', giantPod('shop', 'giant'))
  server.create('pods', hostilePod('shop', 'hostile'))
  for (const broken of brokenPods('shop')) server.create('pods', broken)
  const text = await (await fetch(server.url + pods)).text()
  assert.ok(text.length > 900_000)
  assert.ok(text.includes('"__proto__":"polluted"'))
  const { items } = JSON.parse(text)
  assert.equal(items.length, 3 + 2 + brokenPods('shop').length)
  assert.equal(items.find((item: { metadata: { name: string } }) => item.metadata.name === 'no-uid').metadata.uid, null)
})
