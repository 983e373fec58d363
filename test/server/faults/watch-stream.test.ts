import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type DemoApiServer, startDemoApiServer } from '../../../demo/api-server.ts'
import { pause } from '../../support/pause.ts'
import { rawNode, rawPod } from '../../support/raw-pod.ts'
import { until, WatchedCluster } from '../../support/watched-cluster.ts'

/** Faults of the API server and of the watch stream: F01 to F21 of the fault list, on the demo API server. */

interface Rig {
  readonly server: DemoApiServer
  readonly cluster: WatchedCluster
  readonly lists: (since?: number) => number
}

async function rig(
  run: (rig: Rig) => Promise<void>,
  options: {
    server?: Parameters<typeof startDemoApiServer>[0]
    cluster?: ConstructorParameters<typeof WatchedCluster>[1]
    prepare?: (server: DemoApiServer) => void
    pods?: number
  } = {},
): Promise<void> {
  const server = await startDemoApiServer({ world: 'empty', bookmarkIntervalMs: 500, ...options.server })
  server.create('namespaces', { metadata: { name: 'default' } })
  for (const [name, zone] of [
    ['node-1', 'a'],
    ['node-2', 'b'],
    ['node-3', 'c'],
  ] as const)
    server.create('nodes', rawNode(name, zone))
  for (let index = 0; index < (options.pods ?? 20); index += 1) server.create('pods', rawPod(`pod-${index}`))
  options.prepare?.(server)
  const cluster = new WatchedCluster(server, { silentAfter: 3_000, ...options.cluster })
  const lists = (since = 0) =>
    server.requests.entries.filter(
      ({ verb, at, parameters }) =>
        ((verb === 'list' && parameters.limit !== '1') || parameters.sendInitialEvents === 'true') && at >= since,
    ).length
  try {
    await cluster.start()
    await cluster.converge()
    // What is done to open watches must find them: a list, also a streamed one, is complete before its watch is open.
    for (const plural of ['pods', 'nodes']) {
      const watch = () =>
        server.requests.find({ verb: 'watch', plural }).some(({ parameters }) => !parameters.sendInitialEvents)
      await until(() => watch() && server.watches(plural) === 1, `the watch of ${plural}`)
    }
    await run({ server, cluster, lists })
  } finally {
    await server.faults.heal()
    await cluster.stop()
    await server.stop()
  }
}

const restarted = (name: string, restartCount: number) => ({
  containerStatuses: [
    {
      name: 'app',
      image: 'registry.example/app:1',
      ready: true,
      started: true,
      restartCount,
      containerID: `containerd://${name}-${restartCount}`,
      state: { running: { startedAt: new Date().toISOString() } },
      lastState: {
        terminated: {
          exitCode: 1,
          reason: 'Error',
          startedAt: '2026-01-01T00:00:00Z',
          finishedAt: new Date().toISOString(),
          containerID: `containerd://${name}-${restartCount - 1}`,
        },
      },
    },
  ],
})

describe('the stream breaks', { concurrency: 4 }, () => {
  test('F01 the server restarts: stale within 10 s, resumed without a list, live again', () =>
    rig(async ({ server, cluster, lists }) => {
      const since = Date.now()
      await server.faults.down()
      server.create('pods', rawPod('during-outage'))
      await until(() => cluster.look() === 'stale', 'the stale badge', 10_000)
      assert.ok(cluster.state.size('Pod') >= 20, 'what was known is still shown')
      await server.faults.recover()
      await cluster.converge()
      await until(() => cluster.look() === 'live', 'the live badge')
      assert.equal(lists(since), 0)
    }))

  test('F02 a lagging server says "too large resource version": waits, shows no older state', () =>
    rig(async ({ server, cluster, lists }) => {
      server.patchStatus('pods', 'default', 'pod-1', restarted('pod-1', 1))
      await cluster.converge()
      const since = Date.now()
      server.faults.lag = 5
      server.faults.closeWatches()
      await pause(1_500)
      assert.equal(cluster.analysis.rows.get(String(cluster.state.podNamed('default', 'pod-1')?.uid))?.restarts, 1)
      server.faults.lag = 0
      server.create('pods', rawPod('after-lag'))
      await cluster.converge()
      assert.equal(lists(since), 0)
    }))

  test('F03 a black-holed watch is noticed by its silence and resumed', () =>
    rig(async ({ server, cluster, lists }) => {
      const since = Date.now()
      server.faults.blackHole('pods')
      server.create('pods', rawPod('unheard'))
      await cluster.converge(8_000)
      assert.equal(lists(since), 0)
    }))

  test('F04 nothing answers any more though connections stand: stale within 10 s, then exact again', () =>
    rig(
      async ({ server, cluster }) => {
        server.faults.blackHole()
        server.faults.stall({})
        const began = Date.now()
        await until(() => cluster.look() === 'stale', 'the stale badge', 10_000)
        assert.ok(Date.now() - began <= 10_000)
        server.create('pods', rawPod('unheard'))
        await server.faults.heal()
        await cluster.converge()
        await until(() => cluster.look() === 'live', 'the live badge')
      },
      { cluster: { silentAfter: 90_000 } },
    ))

  test('F05 watches that end cleanly all the time are nobody’s business', () =>
    rig(async ({ server, cluster, lists }) => {
      const since = Date.now()
      server.faults.closeWatchesEvery(1_100)
      const facts = cluster.facts.length
      await pause(5_000)
      assert.equal(lists(since), 0)
      assert.deepEqual(cluster.freshness.slice(cluster.freshness.indexOf('live')), ['live'])
      assert.equal(cluster.facts.length, facts)
      server.create('pods', rawPod('between-closes'))
      await cluster.converge()
    }))

  test('F11 a line cut in two is not an event, and its version is not passed over', () =>
    rig(async ({ server, cluster }) => {
      server.faults.cutMidLine('pods')
      server.patchStatus('pods', 'default', 'pod-2', restarted('pod-2', 1))
      await cluster.converge()
      server.faults.cutMidCharacter('pods')
      server.patchStatus('pods', 'default', 'pod-2', restarted('pod-2', 2))
      await cluster.converge()
      server.faults.splitCharacter('pods')
      await pause(200)
      await cluster.converge()
    }))

  test('F12 a line that is not JSON is counted, never skipped: the stream is begun anew', () =>
    rig(async ({ server, cluster }) => {
      server.faults.invalidLine('pods')
      server.create('pods', rawPod('after-bad-line'))
      await cluster.converge()
      await until(
        () => cluster.watcher.counters.find(({ kind }) => kind === 'Pod')?.counters.corrupt === 1,
        'the count',
      )
      await cluster.converge()
    }))

  test('F16 bookmarks alone move the version on and change nothing on any screen', () =>
    rig(
      async ({ server, cluster, lists }) => {
        const since = Date.now()
        await pause(300)
        const published = cluster.published.length
        const podVersion = () =>
          server.requests.find({ verb: 'watch', plural: 'pods' }).at(-1)?.parameters.resourceVersion
        const before = podVersion()
        // Another kind moves the global version; a quiet kind learns of it by bookmarks alone.
        for (let index = 0; index < 5; index += 1) {
          server.create('namespaces', { metadata: { name: `ns-${index}` } })
          await pause(120)
        }
        await pause(600)
        server.faults.closeWatches('pods')
        await until(() => podVersion() !== before, 'the resumed watch')
        assert.equal(cluster.published.length, published, 'namespaces alone show nowhere yet')
        assert.equal(lists(since), 0)
        assert.equal(cluster.look(), 'live')
      },
      { server: { bookmarkIntervalMs: 100 } },
    ))
})

describe('the server refuses', { concurrency: 4 }, () => {
  test('F06 410 once, inside the stream: relisted, deletions of the gap are told exactly', () =>
    rig(async ({ server, cluster }) => {
      const gone = cluster.state.podNamed('default', 'pod-3')?.uid ?? ''
      const kept = cluster.state.podNamed('default', 'pod-4')?.uid ?? ''
      await server.faults.down()
      server.delete('pods', { metadata: { namespace: 'default', name: 'pod-3' } })
      server.create('pods', rawPod('born-in-the-gap'))
      server.compact()
      const facts = cluster.facts.length
      await server.faults.recover()
      await cluster.converge()
      assert.equal(cluster.state.pod(gone), undefined)
      assert.ok(cluster.state.pod(kept))
      const told = JSON.stringify(cluster.facts.slice(facts))
      assert.ok(told.includes(gone))
      assert.ok(!told.includes(kept))
    }))

  test('F06 410 as an HTTP status does the same', () =>
    rig(
      async ({ server, cluster }) => {
        await server.faults.down()
        server.delete('pods', { metadata: { namespace: 'default', name: 'pod-3' } })
        server.compact()
        await server.faults.recover()
        await cluster.converge()
      },
      { server: { features: { expiredWatch: 'status' } } },
    ))

  test('F07 a storm of 410 on all kinds: lists are rationed, the view is never blank', () =>
    rig(async ({ server, cluster, lists }) => {
      const since = Date.now()
      let fewest = Number.POSITIVE_INFINITY
      for (let round = 0; round < 30; round += 1) {
        server.faults.watchError(410)
        await pause(100)
        fewest = Math.min(fewest, cluster.state.size('Pod'))
      }
      assert.equal(fewest, 20)
      assert.ok(lists(since) <= 26, `${lists(since)} lists in a storm of 30 × 12 refusals`)
    }))

  test('F08 429 with Retry-After is obeyed by that kind; others go on', () =>
    rig(async ({ server, cluster }) => {
      server.faults.refuse({ verb: 'watch', plural: 'pods' }, 429, { retryAfterSeconds: 2 } as object)
      const at = Date.now()
      server.faults.closeWatches('pods')
      server.create('nodes', rawNode('node-4', 'a'))
      await until(() => cluster.state.size('Node') === 4, 'the new node', 1_500)
      await pause(1_000)
      assert.equal(cluster.watcher.kinds.find(({ kind }) => kind === 'Pod')?.state, 'retrying')
      await until(() => cluster.watcher.kinds.find(({ kind }) => kind === 'Pod')?.state === 'live', 'pods live again')
      const [, second] = server.requests.find({ verb: 'watch', plural: 'pods', since: at })
      assert.ok(second && second.at - at >= 2_000, `came back after ${(second?.at ?? 0) - at} ms`)
      await cluster.converge()
    }))

  test('F09 bursts of 500, 503 and 504, and slow lists, end in the exact state without piled-up lists', () =>
    rig(async ({ server, cluster, lists }) => {
      for (const code of [500, 503, 504]) {
        server.faults.refuse({ verb: 'watch' }, code, { times: 12 })
        server.faults.closeWatches()
        await pause(300)
      }
      await until(() => cluster.watcher.kinds.every(({ state }) => state === 'live'), 'all kinds live')
      server.faults.delay({ plural: 'pods' }, 700)
      const since = Date.now()
      server.faults.watchError(410, 'pods')
      server.create('pods', rawPod('while-slow'))
      await cluster.converge()
      assert.equal(lists(since), 1)
    }))

  test('F13 an ERROR inside HTTP 200 is treated by its code', () =>
    rig(async ({ server, cluster, lists }) => {
      const since = Date.now()
      for (const code of [401, 500, 504]) {
        server.faults.watchError(code, 'pods')
        server.create('pods', rawPod(`after-${code}`))
        await cluster.converge()
      }
      assert.equal(lists(since), 0, 'those resume')
      server.faults.watchError(410, 'pods')
      await until(() => lists(since) === 1, 'the relist')
      await cluster.converge()
    }))

  test('a proxy’s HTML instead of a Status harms nothing', () =>
    rig(async ({ server, cluster }) => {
      server.faults.answer({ verb: 'watch', plural: 'pods' }, 502, '<html>Bad gateway</html>')
      server.faults.answer({ verb: 'list', plural: 'pods' }, 200, '<html>Welcome</html>')
      server.faults.watchError(410, 'pods')
      server.create('pods', rawPod('behind-proxy'))
      await cluster.converge()
    }))
})

describe('lists in pages', { concurrency: 4 }, () => {
  const paged = { server: { features: { watchList: false } }, pods: 1_150 }

  test('F10 a continue token expires in the middle: the list begins anew, nothing is lost or doubled', () =>
    rig(
      async ({ server, cluster }) => {
        assert.equal(server.requests.count({ verb: 'list', plural: 'pods', page: 'later', status: 410 }), 1)
        assert.equal(cluster.state.size('Pod'), 1_150)
        server.faults.refuse({ verb: 'list', plural: 'pods', page: 'later' }, 410)
        let fewest = Number.POSITIVE_INFINITY
        const watch = setInterval(() => {
          fewest = Math.min(fewest, cluster.state.size('Pod'))
        }, 1)
        server.faults.watchError(410, 'pods')
        server.delete('pods', { metadata: { namespace: 'default', name: 'pod-7' } })
        await cluster.converge()
        clearInterval(watch)
        assert.ok(fewest >= 1_149, `the view shrank to ${fewest}`)
      },
      {
        ...paged,
        prepare: (server) => void server.faults.refuse({ verb: 'list', plural: 'pods', page: 'later' }, 410),
      },
    ))

  test('a page that breaks off is asked for again', () =>
    rig(async ({ server, cluster }) => {
      server.faults.truncate({ verb: 'list', plural: 'pods', page: 'later' }, 5_000)
      server.faults.watchError(410, 'pods')
      await cluster.converge()
    }, paged))

  for (const [name, features] of [
    ['F17 without bookmarks and without streamed lists', { watchList: false, bookmarks: false }],
    ['F17 without paging', { watchList: false, bookmarks: false, pagination: false }],
    ['F17 with streamed lists', { watchList: true }],
  ] as const) {
    test(`${name} the results are the same`, () =>
      rig(
        async ({ server, cluster }) => {
          assert.equal(cluster.state.size('Pod'), 1_150)
          server.create('pods', rawPod('later'))
          server.delete('pods', { metadata: { namespace: 'default', name: 'pod-9' } })
          server.faults.closeWatches()
          await cluster.converge()
        },
        { server: { features }, pods: 1_150 },
      ))
  }

  test('older API versions are found by discovery', () =>
    rig(
      async ({ server, cluster }) => {
        server.create('endpointslices', {
          metadata: { namespace: 'default', name: 'slice-1', labels: { 'kubernetes.io/service-name': 'web' } },
          addressType: 'IPv4',
          endpoints: [],
        })
        await cluster.converge()
        assert.equal(cluster.state.size('EndpointSlice'), 1)
        assert.ok(server.requests.entries.some(({ path }) => path.includes('discovery.k8s.io/v1beta1')))
      },
      {
        server: {
          gitVersion: 'v1.20.2',
          features: { endpointSliceV1: false, eventsV1: false, cronJobV1: false, watchList: false },
        },
      },
    ))
})

describe('events come wrong', { concurrency: 4 }, () => {
  test('F14 an event that comes twice is one change', () =>
    rig(async ({ server, cluster }) => {
      server.patchStatus('pods', 'default', 'pod-5', restarted('pod-5', 1))
      await cluster.converge()
      const facts = cluster.facts.length
      server.faults.repeatEvent('pods')
      server.faults.repeatEvent('pods')
      await pause(300)
      assert.equal(cluster.facts.length, facts)
      await cluster.converge()
    }))

  test('F15 an older version of an object is detected and healed by a relist', () =>
    rig(async ({ server, cluster }) => {
      server.patchStatus('pods', 'default', 'pod-5', restarted('pod-5', 1))
      await cluster.converge()
      assert.equal(server.faults.sendOlder('pods', 'default', 'pod-5'), true)
      server.create('pods', rawPod('after-older'))
      await cluster.converge()
      const counters = cluster.watcher.counters.find(({ kind }) => kind === 'Pod')?.counters
      assert.ok((counters?.regressions ?? 0) >= 1)
    }))

  test('F15 two events in the wrong order leave no ghost', () =>
    rig(async ({ server, cluster }) => {
      server.faults.swapNextEvents('pods')
      server.patchStatus('pods', 'default', 'pod-6', restarted('pod-6', 1))
      server.delete('pods', { metadata: { namespace: 'default', name: 'pod-6' } })
      await pause(200)
      server.create('pods', rawPod('after-swap'))
      await until(() => cluster.state.podNamed('default', 'after-swap') !== undefined, 'the next event')
    }))

  test('F18 deleted and made again under its name in a gap: two lives, restarts not merged', () =>
    rig(async ({ server, cluster }) => {
      server.patchStatus('pods', 'default', 'pod-8', restarted('pod-8', 7))
      await cluster.converge()
      const first = cluster.state.podNamed('default', 'pod-8')?.uid ?? ''
      await server.faults.down()
      server.delete('pods', { metadata: { namespace: 'default', name: 'pod-8' } })
      server.create('pods', rawPod('pod-8'))
      await server.faults.recover()
      await cluster.converge()
      await pause(150)
      const second = cluster.state.podNamed('default', 'pod-8')?.uid ?? ''
      assert.notEqual(first, second)
      assert.equal(cluster.analysis.rows.get(second)?.restarts, 0)
      assert.equal(cluster.analysis.rows.get(first), undefined)
    }))

  test('F19 etcd restored from a backup: noticed, taken over completely', () =>
    rig(
      async ({ server, cluster }) => {
        const backup = server.backup()
        for (let index = 0; index < 30; index += 1) server.create('pods', rawPod(`lost-${index}`))
        await cluster.converge()
        await server.faults.outage(200, backup)
        await cluster.converge()
        assert.equal(cluster.state.size('Pod'), 20)
        assert.ok(cluster.rewound.includes('Pod'))
      },
      { cluster: { silentAfter: 3_000 } },
    ))

  test('F20 a DELETE that never came is found by the verifying list', () =>
    rig(
      async ({ server, cluster }) => {
        server.faults.dropNext('pods')
        server.delete('pods', { metadata: { namespace: 'default', name: 'pod-2' } })
        await cluster.converge(20_000)
        const counters = cluster.watcher.counters.find(({ kind }) => kind === 'Pod')?.counters
        assert.equal(counters?.drift, 1)
      },
      { cluster: { verifyEvery: 2_000 } },
    ))

  test('F21 stuck in Terminating on a node that is gone: shown so, and not as healthy', () =>
    rig(async ({ server, cluster }) => {
      const pod = server.get('pods', 'default', 'pod-1') as { metadata: object; spec: object }
      server.replace('pods', {
        ...pod,
        metadata: { ...pod.metadata, deletionTimestamp: '2026-01-01T00:00:00Z', deletionGracePeriodSeconds: 30 },
      })
      server.delete('nodes', { metadata: { name: 'node-1' } })
      await cluster.converge()
      const uid = cluster.state.podNamed('default', 'pod-1')?.uid ?? ''
      await until(() => cluster.analysis.rows.get(uid)?.status === 'Terminating', 'Terminating')
      await until(() => cluster.analysis.rows.get(uid)?.severity !== 'ok', 'not ok')
      const zone = cluster.analysis.rows.get(cluster.state.podNamed('default', 'pod-2')?.uid ?? '')?.zone
      assert.equal(zone, null)
    }))
})

describe('objects are odd (I8: one bad object is one bad row)', () => {
  const hostile: readonly (readonly [string, (server: DemoApiServer) => void])[] = [
    [
      'nulls where there should be objects',
      (server) =>
        void server.create('pods', {
          metadata: { namespace: 'default', name: 'odd', labels: null },
          spec: null,
          status: null,
        }),
    ],
    [
      'an unknown phase',
      (server) => void server.create('pods', rawPod('odd', { status: { phase: 'Meditating', containerStatuses: 7 } })),
    ],
    [
      'label keys of the prototype',
      (server) =>
        void server.create(
          'pods',
          JSON.parse(
            JSON.stringify(rawPod('odd')).replace('"labels":{', '"labels":{"__proto__":"x","constructor":"y",'),
          ),
        ),
    ],
    [
      'a giant object',
      (server) =>
        void server.create(
          'pods',
          rawPod('odd', {
            metadata: { namespace: 'default', name: 'odd', annotations: { big: 'x'.repeat(1_400_000) } },
          }),
        ),
    ],
    [
      'HTML, right-to-left marks and half a surrogate pair',
      (server) =>
        void server.create(
          'pods',
          rawPod('odd', {
            status: {
              phase: 'Failed',
              reason: '<img src=x onerror=alert(1)>\u202e\ud800',
              message: '\u0000\u001b[31m',
            },
          }),
        ),
    ],
  ]
  let server: DemoApiServer
  let cluster: WatchedCluster
  before(async () => {
    server = await startDemoApiServer({ world: 'empty' })
    server.create('pods', rawPod('good'))
    cluster = await new WatchedCluster(server).start()
  })
  after(async () => {
    await cluster.stop()
    await server.stop()
  })
  for (const [name, make] of hostile) {
    test(name, async () => {
      make(server)
      await until(() => [...cluster.analysis.rows.values()].some((row) => row.name === 'odd'), 'the odd row')
      server.patchStatus('pods', 'default', 'good', { phase: 'Running' })
      await cluster.converge()
      server.delete('pods', { metadata: { namespace: 'default', name: 'odd' } })
      await until(() => cluster.analysis.rows.size === 1, 'the odd row to go')
    })
  }
})
