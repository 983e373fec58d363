import { expect, test } from '@playwright/test'
import { freshnessAt } from '../../components/live/freshness.ts'
import { LiveRoom } from '../../components/live/live-room.ts'
import { LiveStore } from '../../components/live/live-store.ts'
import { podsFilterFromUrl, podsPageRoom } from '../../components/pods/pods-url.ts'
import { visibleText } from '../../components/ui/visible-text.ts'
import { podsQuerySchema, podsRoom } from '../../domain/live/pods-query.ts'
import type { ServerStatus } from '../../domain/live/protocol.ts'

// The parts of the interface that need no browser.

test.describe('a room’s copy', () => {
  test('takes a snapshot, then deltas that fit', () => {
    const room = new LiveRoom()
    room.applySnapshot({
      epoch: 'a',
      seq: 5,
      records: [
        ['x', 1],
        ['y', 2],
      ],
    })
    expect(room.applyDelta({ epoch: 'a', since: 5, seq: 7, changed: [['x', 3]], removed: ['y'] })).toEqual(
      new Set(['y', 'x']),
    )
    expect([...room.records]).toEqual([['x', 3]])
    expect(room.seq).toBe(7)
  })

  test('takes a delta that begins earlier than it stands, and ignores one that ends earlier', () => {
    const room = new LiveRoom()
    room.applySnapshot({ epoch: 'a', seq: 5, records: [] })
    expect(room.applyDelta({ epoch: 'a', since: 3, seq: 6, changed: [['x', 1]], removed: [] })).toEqual(new Set(['x']))
    expect(room.applyDelta({ epoch: 'a', since: 2, seq: 4, changed: [['x', 0]], removed: [] })).toEqual(new Set())
    expect(room.records.get('x')).toBe(1)
  })

  test('refuses a delta with a hole before it or from another life of the server', () => {
    const room = new LiveRoom()
    room.applySnapshot({ epoch: 'a', seq: 5, records: [] })
    expect(room.applyDelta({ epoch: 'a', since: 6, seq: 8, changed: [], removed: [] })).toBe('misfit')
    expect(room.applyDelta({ epoch: 'b', since: 5, seq: 6, changed: [], removed: [] })).toBe('misfit')
  })
})

test('after a misfit and after a new connection the store asks for what it lacks', () => {
  globalThis.requestAnimationFrame ??= () => 0
  const asked: unknown[] = []
  const store = new LiveStore({
    join: (room, from, answer) => {
      asked.push([room, from])
      answer(null)
    },
    leave: () => {},
  })
  store.connected()
  const release = store.hold('overview')
  store.receiveSnapshot({ room: 'overview', epoch: 'a', seq: 5, records: [['x', 1]] })
  store.flush()
  store.receiveDelta({ room: 'overview', epoch: 'a', since: 7, seq: 8, changed: [], removed: [] })
  store.flush()
  store.receiveSnapshot({ room: 'overview', epoch: 'a', seq: 9, records: [['x', 2]] })
  store.flush()
  store.disconnected()
  store.connected()
  expect(asked).toEqual([
    ['overview', null],
    ['overview', null],
    ['overview', { epoch: 'a', seq: 9 }],
  ])
  expect(store.watch('overview').room.records.get('x')).toBe(2)
  release()
})

test('freshness: live, silent, cut, and as the server says', () => {
  const status = { serverTime: 1_000, freshAt: 900, state: 'live' } as ServerStatus
  const hearing = { status, statusAt: 10_000, lostAt: null, startedAt: 0 }
  expect(freshnessAt(hearing, 15_900)).toEqual({ state: 'live' })
  expect(freshnessAt(hearing, 16_100)).toEqual({ state: 'stale', lost: 'server', asOf: 1_000 })
  expect(freshnessAt({ ...hearing, lostAt: 10_500 }, 11_000)).toEqual({ state: 'live' })
  expect(freshnessAt({ ...hearing, lostAt: 10_500 }, 12_100)).toEqual({ state: 'stale', lost: 'server', asOf: 1_000 })
  const deaf = { ...status, state: 'stale' } as ServerStatus
  expect(freshnessAt({ ...hearing, status: deaf }, 11_000)).toEqual({ state: 'stale', lost: 'cluster', asOf: 900 })
  expect(freshnessAt({ ...hearing, status: null, statusAt: null }, 7_000)).toEqual({
    state: 'stale',
    lost: 'server',
    asOf: null,
  })
})

test('rooms of the pods table have the names that the server gives them', () => {
  const queries = ['', 'namespace=a&sort=name', 'text=%C3%A4+b&direction=desc&zone=-&severity=error', 'sort=nonsense']
  for (const query of queries) {
    const filter = podsFilterFromUrl(new URLSearchParams(query))
    for (const page of [0, 3]) {
      expect(podsPageRoom(filter, page)).toBe(podsRoom(podsQuerySchema.parse({ ...filter, page })))
    }
  }
})

test('unseen characters are written out and colour codes dropped', () => {
  expect(visibleText('\u001b[31mred\u001b[0m')).toBe('red')
  expect(visibleText('a\u202eb\u200bc')).toBe('a‹U+202E›b‹U+200B›c')
  expect(visibleText('\u001b]0;title\u0007x\ty\n')).toBe('x\ty\n')
  expect(visibleText('日本 مرحبا é')).toBe('日本 مرحبا é')
})
