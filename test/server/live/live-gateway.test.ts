import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { io, type Socket } from 'socket.io-client'
import { type DemoApiServer, startDemoApiServer } from '../../../demo/api-server.ts'
import type { ClientToServer, RoomDelta, RoomSnapshot, ServerToClient } from '../../../domain/live/protocol.ts'
import { pause } from '../../support/pause.ts'
import { PlumblineProcess } from '../../support/plumbline-process.ts'
import { rawNode, rawPod } from '../../support/raw-pod.ts'
import { until } from '../../support/watched-cluster.ts'

/** The service as a process, a demo API server that the test changes, and clients as browsers are. */

let server: DemoApiServer
let plumbline: PlumblineProcess
let folder: string

before(async () => {
  server = await startDemoApiServer({ world: 'empty' })
  server.create('nodes', rawNode('node-1', 'a'))
  for (let index = 0; index < 50; index += 1) server.create('pods', rawPod(`pod-${index}`))
  folder = mkdtempSync(join(tmpdir(), 'plumbline-live-'))
  const kubeconfig = join(folder, 'kubeconfig')
  writeFileSync(kubeconfig, server.kubeconfig())
  plumbline = await (await PlumblineProcess.start(['--kubeconfig', kubeconfig])).ready()
})

after(async () => {
  await plumbline?.stop()
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** A client that keeps a room as a browser does, and what it was sent. */
class Client {
  readonly socket: Socket<ServerToClient, ClientToServer>
  readonly records = new Map<string, unknown>()
  readonly snapshots: RoomSnapshot[] = []
  readonly deltas: (RoomDelta & { receivedAt: number })[] = []
  position: { epoch: string; seq: number } | null = null

  constructor(origin?: string) {
    this.socket = io(plumbline.url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      ...(origin ? { extraHeaders: { origin } } : {}),
    })
    this.socket.on('snapshot', (snapshot) => {
      this.snapshots.push(snapshot)
      this.records.clear()
      for (const [key, record] of snapshot.records) this.records.set(key, record)
      this.position = { epoch: snapshot.epoch, seq: snapshot.seq }
    })
    this.socket.on('delta', (delta) => {
      this.deltas.push({ ...delta, receivedAt: performance.now() })
      assert.ok(
        this.position && delta.epoch === this.position.epoch && delta.since <= this.position.seq,
        'a delta that fits',
      )
      for (const [key, record] of delta.changed) this.records.set(key, record)
      for (const key of delta.removed) this.records.delete(key)
      this.position = { epoch: delta.epoch, seq: delta.seq }
    })
  }

  join(room: string, from: { epoch: string; seq: number } | null = null): Promise<string | null> {
    return new Promise((resolve) => this.socket.emit('join', room, from, resolve))
  }

  close(): void {
    this.socket.disconnect()
  }
}

function restart(name: string, restartCount: number): void {
  server.patchStatus('pods', 'default', name, {
    containerStatuses: [
      {
        name: 'app',
        ready: true,
        started: true,
        restartCount,
        containerID: `containerd://${name}-${restartCount}`,
        state: { running: { startedAt: new Date().toISOString() } },
        lastState: { terminated: { exitCode: 1, reason: 'Error', finishedAt: new Date().toISOString() } },
      },
    ],
  })
}

const restarts = (client: Client, name: string) =>
  [...client.records.values()]
    .map((record) => record as { name?: string; restarts?: number })
    .find((row) => row.name === name)?.restarts

test('a client gets a snapshot, then numbered deltas of what changed and nothing else', async () => {
  const client = new Client()
  assert.equal(await client.join('pods'), null)
  await until(() => client.snapshots.length === 1, 'the snapshot')
  // Right after the first sync pods are still being judged; they follow.
  await until(() => [...client.records.keys()].filter((key) => key.startsWith('row/')).length === 50, 'all rows')
  await pause(300)
  const before = client.deltas.length
  restart('pod-3', 1)
  await until(() => restarts(client, 'pod-3') === 1, 'the change')
  assert.equal(client.snapshots.length, 1)
  const rows = client.deltas
    .slice(before)
    .flatMap(({ changed }) => changed)
    .filter(([key]) => key.startsWith('row/'))
  assert.equal(rows.length, 1)
  client.close()
})

test('changes that come fast are coalesced: at most ten deltas a second, the last state exact', async () => {
  const client = new Client()
  await client.join('pods')
  await until(() => client.snapshots.length === 1, 'the snapshot')
  const began = performance.now()
  let count = 10
  while (performance.now() - began < 2_000) {
    for (let index = 0; index < 10; index += 1) restart(`pod-${index}`, count)
    count += 1
    await pause(5)
  }
  await until(() => restarts(client, 'pod-9') === count - 1, 'the last change')
  assert.ok(client.deltas.length <= 25, `${client.deltas.length} deltas in two seconds`)
  client.close()
})

test('a client that comes back with its number gets what changed since; with another life’s number a snapshot', async () => {
  const first = new Client()
  await first.join('pods')
  await until(() => first.snapshots.length === 1, 'the snapshot')
  const position = first.position
  first.close()
  restart('pod-20', 5)
  await pause(300)
  const second = new Client()
  second.position = position
  await second.join('pods', position)
  await until(() => second.deltas.length > 0, 'the delta')
  assert.equal(second.snapshots.length, 0)
  assert.equal(restarts(second, 'pod-20'), 5)
  second.close()
  const third = new Client()
  await third.join('pods', { epoch: 'another life', seq: 1 })
  await until(() => third.snapshots.length === 1, 'the snapshot')
  third.close()
})

test('a client receives only what its page shows', async () => {
  const client = new Client()
  await client.join('pods?text=pod-42')
  await until(() => client.snapshots.length === 1, 'the snapshot')
  assert.deepEqual([...client.records.keys()].filter((key) => key.startsWith('row/')).length, 1)
  restart('pod-1', 900)
  await pause(400)
  assert.equal(restarts(client, 'pod-1'), undefined)
  client.close()
})

test('a slow client gets fewer, newer updates; what waits for it is bounded; it ends exact', async () => {
  const client = new Client()
  await client.join('pods')
  await until(() => client.snapshots.length === 1, 'the snapshot')
  // The same rows in many orders make much traffic: the kernel's own buffers are soon full.
  const sorts = ['namespace', 'name', 'status', 'ready', 'restarts', 'lastRestartAt', 'createdAt']
  for (const sort of sorts)
    for (const direction of ['asc', 'desc']) await client.join(`pods?sort=${sort}&direction=${direction}`)
  const wire = (client.socket.io.engine.transport as unknown as { ws: { _socket: { pause(): void; resume(): void } } })
    .ws._socket
  const skipped = () => plumbline.metric('plumbline_live_messages_total', 'skipped')
  const skippedBefore = await skipped()
  wire.pause()
  let count = 2_000
  const began = performance.now()
  // Longer than this and the client would be taken for dead, which is another test.
  while (performance.now() - began < 8_000) {
    for (let index = 0; index < 50; index += 1) restart(`pod-${index}`, count)
    count += 1
    await pause(100)
    if ((await skipped()) > skippedBefore + 5) break
  }
  assert.ok((await skipped()) > skippedBefore, 'the slow client was left out')
  const received = client.deltas.length
  wire.resume()
  await until(() => restarts(client, 'pod-49') === count - 1, 'the newest state')
  assert.ok(client.deltas.length >= received)
  client.close()
})

test('rooms and positions that make no sense are refused by name', async () => {
  const client = new Client()
  assert.match((await client.join('kitchen')) ?? '', /there is no room "kitchen"/)
  assert.match((await client.join('pods?sort=colour')) ?? '', /room pods: sort/)
  assert.match((await client.join('pod?namespace=default')) ?? '', /give namespace and name/)
  assert.match((await client.join('overview', { epoch: 'x', seq: -1 })) ?? '', /from: must be/)
  assert.match((await client.join('x'.repeat(3_000))) ?? '', /at most 2,000 characters/)
  for (let room = 0; room < 16; room += 1) assert.equal(await client.join(`pods?text=t${room}`), null)
  assert.match((await client.join('overview')) ?? '', /at most 16/)
  client.close()
})

test('a page of another origin is not let in', async () => {
  const foreign = new Client('https://evil.example')
  const refused = await new Promise((resolve) => {
    foreign.socket.on('connect_error', () => resolve(true))
    foreign.socket.on('connect', () => resolve(false))
  })
  assert.equal(refused, true)
  foreign.close()
  const own = new Client(plumbline.url)
  await until(() => own.socket.connected, 'the connection from its own origin')
  own.close()
})

test('status comes at once and every two seconds, so that silence means something', async () => {
  const client = new Client()
  const times: number[] = []
  client.socket.on('status', () => times.push(performance.now()))
  await until(() => times.length >= 3, 'three of them', 6_000)
  client.close()
})
