import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ClusterAnalysis } from '../../../domain/analysis/cluster-analysis.ts'
import { kubectlDialect } from '../../../domain/health/kubectl-dialect.ts'
import { BoardMatchSource, boardMatchRoom } from '../../../domain/live/board-match-source.ts'
import { BoardSource } from '../../../domain/live/board-source.ts'
import { NodeSource } from '../../../domain/live/node-source.ts'
import { podsQuerySchema } from '../../../domain/live/pods-query.ts'
import type { BoardMatch, BoardTile, NodeDetail } from '../../../domain/live/protocol.ts'
import type { RoomSource } from '../../../domain/live/room-source.ts'
import type { ClusterObject } from '../../../domain/model/cluster-object.ts'
import { schedulerRules } from '../../../domain/placement/scheduler-rules.ts'
import { ClusterState } from '../../../domain/state/cluster-state.ts'
import { Room } from '../../../server/live/room.ts'
import { aPod } from '../../support/a-pod.ts'
import { aRoomyNode } from '../../support/a-scheduling-view.ts'

function cluster(objects: readonly ClusterObject[]) {
  const state = new ClusterState()
  const rules = { dialect: kubectlDialect('v1.34.0'), scheduler: schedulerRules('v1.34.0') }
  const analysis = new ClusterAnalysis(state, rules)
  const apply = (...changed: ClusterObject[]) => {
    for (const object of changed) analysis.apply(state.apply(object))
    analysis.settle(1_000_000)
    return analysis.takeChanges()
  }
  apply(...objects)
  return { state, analysis, apply }
}

const running = (name: string, nodeName: string, namespace = 'shop') => aPod({ name, namespace, uid: name, nodeName })
const failed = (name: string, nodeName: string) =>
  aPod({ name, namespace: 'shop', uid: name, nodeName, phase: 'Failed', reason: 'Evicted' })

const objects = [
  aRoomyNode('node-1', 'a'),
  { ...aRoomyNode('node-2', 'b'), unschedulable: true },
  running('web-1', 'node-1'),
  failed('web-2', 'node-1'),
  running('db-0', 'node-1', 'data'),
  running('web-3', 'node-9'),
  aPod({ name: 'new', namespace: 'shop', uid: 'new', nodeName: '', phase: 'Pending' }),
]

function records<T>(source: RoomSource): Record<string, T> {
  return Object.fromEntries([...source.records()] as [string, T][])
}

test('a node is told by the counts of its pods, the worst first; one that pods only name is unknown', () => {
  const { state, analysis } = cluster(objects)
  const tiles = records<BoardTile>(new BoardSource(state, analysis))
  assert.deepEqual(Object.keys(tiles).sort(), ['node/', 'node/node-1', 'node/node-2', 'node/node-9'])
  const sum = (key: string) => tiles[key]?.pods.reduce((total, count) => total + count, 0)
  assert.deepEqual([sum('node/node-1'), sum('node/node-2'), sum('node/node-9'), sum('node/')], [3, 0, 1, 1])
  assert.equal(tiles['node/node-1']?.zone, 'a')
  assert.equal(tiles['node/node-2']?.cordoned, true)
  assert.equal(tiles['node/node-9']?.unknown, true)
  assert.equal(tiles['node/node-9']?.notReady, undefined)
})

test('thousands of nodes take less than 100 bytes each', () => {
  const { state, analysis } = cluster(objects)
  const [key, tile] = [...new BoardSource(state, analysis).records()].find(([each]) => each === 'node/node-1') ?? []
  assert.ok(JSON.stringify([key, tile]).length < 100)
})

test('a node’s room names its pods in the board’s order', () => {
  const { state, analysis } = cluster(objects)
  const { node } = records<NodeDetail>(new NodeSource(state, analysis, 'node-1'))
  assert.equal(node?.pods[0]?.name, 'web-2')
  assert.deepEqual(
    node?.pods.slice(1).map(({ namespace, name }) => `${namespace}/${name}`),
    ['data/db-0', 'shop/web-1'],
  )
  const tile = records<BoardTile>(new BoardSource(state, analysis))['node/node-1']
  const order = (['error', 'warning', 'progress', 'ok'] as const).flatMap((severity, index) =>
    Array.from({ length: tile?.pods[index] ?? 0 }, () => severity),
  )
  assert.deepEqual(
    order,
    node?.pods.map(({ severity }) => severity),
  )
})

test('a filter picks cells in the same order, on the nodes that have some', () => {
  const { state, analysis } = cluster(objects)
  const query = podsQuerySchema.parse({ text: 'web' })
  const matches = records<BoardMatch & { pods?: number }>(new BoardMatchSource(state, analysis, query))
  assert.deepEqual(matches, {
    'node/node-1': { cells: '101' },
    'node/node-9': { cells: '1' },
    summary: { pods: 3 },
  })
  assert.equal(
    boardMatchRoom(podsQuerySchema.parse({ text: 'a b', namespace: 'x' })),
    'board-match?namespace=x&text=a+b',
  )
})

test('one pod that changes costs its node’s record, in every room; what is gone goes', () => {
  const { state, analysis, apply } = cluster(objects)
  const board = new Room('board', new BoardSource(state, analysis), 0)
  const match = new Room('match', new BoardMatchSource(state, analysis, podsQuerySchema.parse({ text: 'web' })), 0)
  const node = new Room('node', new NodeSource(state, analysis, 'node-9'), 0)
  const changes = apply(failed('web-1', 'node-1'))
  assert.ok(changes)
  board.update(changes, 1)
  assert.deepEqual(
    board.since(0)?.changed.map(([key]) => key),
    ['node/node-1'],
  )
  node.update(changes, 1)
  assert.deepEqual(node.since(0)?.changed, [])
  analysis.apply(state.remove('Pod', 'web-3') ?? assert.fail())
  analysis.settle(1_000_000)
  const gone = analysis.takeChanges() ?? assert.fail()
  board.update(gone, 2)
  match.update(gone, 2)
  node.update(gone, 2)
  assert.deepEqual(board.since(1)?.removed, ['node/node-9'])
  assert.ok(match.since(1)?.removed.includes('node/node-9'))
  const [changed] = node.since(1)?.changed ?? []
  assert.deepEqual(changed && (changed[1] as NodeDetail).pods, [])
})
