import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after, before, test } from 'node:test'
import { type DemoApiServer, startDemoApiServer } from '../../demo/api-server.ts'
import { getJson, openWatch } from './stream.ts'

let server: DemoApiServer
before(async () => {
  server = await startDemoApiServer({ world: 'empty', bookmarkIntervalMs: 150 })
})
after(() => server.stop())

const pod = (name: string, more: object = {}) => ({ metadata: { namespace: 'shop', name, ...more }, status: {} })
const pods = '/api/v1/pods'

test('a watch from a list brings every change after it, in order, and each with its type', async () => {
  server.create('pods', pod('before'))
  const list = await getJson(server.url + pods)
  server.create('pods', pod('between'))
  const watch = await openWatch(`${server.url}${pods}?watch=1&resourceVersion=${list.body.metadata.resourceVersion}`)
  server.patchStatus('pods', 'shop', 'before', { phase: 'Running' })
  server.delete('pods', pod('between'))
  const seen = [await watch.next(), await watch.next(), await watch.next()]
  assert.deepEqual(
    seen.map((event) => [event?.type, event?.object.metadata.name]),
    [
      ['ADDED', 'between'],
      ['MODIFIED', 'before'],
      ['DELETED', 'between'],
    ],
  )
  assert.deepEqual([seen[0]?.object.kind, seen[0]?.object.apiVersion], ['Pod', 'v1'])
  const versions = seen.map((event) => Number(event?.object.metadata.resourceVersion))
  assert.deepEqual(
    versions,
    [...versions].sort((a, b) => a - b),
  )
  assert.equal(versions[2], Number(server.resourceVersion))
  watch.close()
})

test('without a resourceVersion a watch begins with what is there', async () => {
  const watch = await openWatch(`${server.url}/api/v1/namespaces/shop/pods?watch=true`)
  assert.deepEqual((await watch.next())?.object.metadata.name, 'before')
  server.create('pods', { metadata: { namespace: 'other', name: 'elsewhere' } })
  server.create('pods', pod('later'))
  const event = await watch.next()
  assert.deepEqual([event?.type, event?.object.metadata.name], ['ADDED', 'later'])
  watch.close()
})

test('a selector turns changes into ADDED and DELETED', async () => {
  const version = server.resourceVersion
  const watch = await openWatch(`${server.url}${pods}?watch=1&resourceVersion=${version}&labelSelector=app%3Dweb`)
  server.replace('pods', pod('later', { labels: { app: 'web' } }))
  server.replace('pods', pod('later', { labels: { app: 'web', x: 'y' } }))
  server.replace('pods', pod('later', { labels: { app: 'db' } }))
  server.replace('pods', pod('later', { labels: { app: 'db', x: 'y' } }))
  server.replace('pods', pod('later', { labels: { app: 'web' } }))
  const types = []
  for (let index = 0; index < 4; index += 1) types.push((await watch.next())?.type)
  assert.deepEqual(types, ['ADDED', 'MODIFIED', 'DELETED', 'ADDED'])
  watch.close()
})

test('bookmarks carry the present revision and only come to those who ask', async () => {
  const version = server.resourceVersion
  const watch = await openWatch(`${server.url}${pods}?watch=1&resourceVersion=${version}&allowWatchBookmarks=true`)
  const silent = await openWatch(`${server.url}${pods}?watch=1&resourceVersion=${version}`)
  server.create('nodes', { metadata: { name: `node-${version}` } })
  const bookmark = await watch.next()
  assert.equal(bookmark?.type, 'BOOKMARK')
  assert.equal(bookmark?.object.kind, 'Pod')
  assert.equal(bookmark?.object.metadata.resourceVersion, server.resourceVersion)
  assert.equal(silent.text(), '')
  watch.close()
  silent.close()
})

test('timeoutSeconds ends the stream cleanly', async () => {
  const watch = await openWatch(
    `${server.url}${pods}?watch=1&resourceVersion=${server.resourceVersion}&timeoutSeconds=1`,
  )
  const began = performance.now()
  assert.equal(await watch.next(), null)
  assert.equal(await watch.ended, 'clean')
  assert.ok(performance.now() - began > 800)
})

test('a compacted revision is refused inside the stream, or by HTTP 410', async () => {
  const old = Number(server.resourceVersion) - 1
  server.patchStatus('pods', 'shop', 'later', { phase: 'Running' })
  server.compact()
  const watch = await openWatch(`${server.url}${pods}?watch=1&resourceVersion=${old}`)
  assert.equal(watch.status, 200)
  const event = await watch.next()
  assert.equal(event?.type, 'ERROR')
  assert.deepEqual([event?.object.code, event?.object.reason], [410, 'Expired'])
  assert.match(event?.object.message, /^too old resource version: \d+ \(\d+\)$/)
  assert.equal(await watch.next(), null)
  const fresh = await openWatch(`${server.url}${pods}?watch=1&resourceVersion=${server.resourceVersion}`)
  server.patchStatus('pods', 'shop', 'later', { phase: 'Failed' })
  assert.equal((await fresh.next())?.type, 'MODIFIED')
  fresh.close()

  const other = await startDemoApiServer({ world: 'empty', features: { expiredWatch: 'status' } })
  const refused = await getJson(`${other.url}${pods}?watch=1&resourceVersion=5`)
  assert.deepEqual([refused.status, refused.body.code], [410, 410])
  await other.stop()
})

test('WatchList streams the collection and marks its end', async () => {
  const query = 'watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true'
  const watch = await openWatch(`${server.url}${pods}?${query}`)
  const names = []
  let event = await watch.next()
  for (; event?.type === 'ADDED'; event = await watch.next()) names.push(event.object.metadata.name)
  assert.deepEqual(names, ['elsewhere', 'before', 'later'])
  assert.equal(event?.type, 'BOOKMARK')
  assert.equal(event?.object.metadata.annotations['k8s.io/initial-events-end'], 'true')
  assert.equal(event?.object.metadata.resourceVersion, server.resourceVersion)
  server.patchStatus('pods', 'shop', 'later', { phase: 'Running' })
  do event = await watch.next()
  while (event?.type === 'BOOKMARK')
  assert.equal(event?.type, 'MODIFIED')
  watch.close()
})

test('a server without WatchList refuses it with 422', async () => {
  const query = 'watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan'
  const refusing = await startDemoApiServer({ world: 'empty', features: { watchList: false } })
  const refused = await getJson(`${refusing.url}${pods}?${query}`)
  assert.deepEqual([refused.status, refused.body.reason], [422, 'Invalid'])
  await refusing.stop()
  assert.equal((await getJson(`${server.url}${pods}?watch=1&resourceVersionMatch=NotOlderThan`)).status, 422)
  assert.equal((await getJson(`${server.url}${pods}?watch=1&sendInitialEvents=true`)).status, 422)
})

test('a revision of the future waits in silence, or is too large', async () => {
  const silent = await openWatch(`${server.url}${pods}?watch=1&resourceVersion=99999999&timeoutSeconds=1`)
  assert.equal(await silent.next(), null)
  const strict = await startDemoApiServer({ world: 'empty', features: { futureWatch: 'error' } })
  const refused = await getJson(`${strict.url}${pods}?watch=1&resourceVersion=99999999`)
  assert.equal(refused.status, 504)
  assert.equal(refused.body.details.causes[0].reason, 'ResourceVersionTooLarge')
  await strict.stop()
})

test('a watcher that does not read is cut off, and nothing is piled up for it', async () => {
  const busy = await startDemoApiServer({ world: 'empty', watchBacklog: 50 })
  const cut = new Promise<void>((resolve) => {
    const asked = request(`${busy.url}${pods}?watch=1`, (response) => {
      response.pause()
      response.on('error', () => {})
      response.socket.on('close', () => resolve())
    })
    asked.on('error', () => resolve())
    asked.end()
  })
  const note = 'x'.repeat(100_000)
  for (let round = 0; busy.watches() > 0 || round < 5; round += 1) {
    for (let index = 0; index < 20; index += 1) busy.replace('pods', pod(`p${index}`, { annotations: { note } }))
    await new Promise((resolve) => setImmediate(resolve))
    if (round > 5000) assert.fail('the watcher was never cut off')
  }
  await Promise.race([cut, new Promise((resolve) => setTimeout(resolve, 500))])
  assert.equal(busy.watches(), 0)
  await busy.stop()
})
