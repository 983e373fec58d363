import { expect, test } from '@playwright/test'
import { fitted, panned, showing, zoomed } from '../../components/board/board-camera.ts'
import { boardLayout } from '../../components/board/board-layout.ts'
import { type BoardModel, boardModel, severityAt, sumCounts } from '../../components/board/board-model.ts'
import { boardPalette, pixel } from '../../components/board/board-palette.ts'
import { areaOf, inside, neighbour, outside, placeAt } from '../../components/board/board-places.ts'
import { drawBoard, type Raster } from '../../components/board/board-raster.ts'
import { boardStateFromUrl, matchRoom } from '../../components/board/board-url.ts'
import { CellStamps } from '../../components/board/cell-stamps.ts'
import { nodeTitles } from '../../components/kube/node-titles.ts'
import { chartRows } from '../../components/placement/skew-history.ts'
import { suppositionsFromUrl, whatIfChanges, whatIfQuery } from '../../components/what-if/what-if-url.ts'
import { boardMatchRoom } from '../../domain/live/board-match-source.ts'
import { podsQuerySchema } from '../../domain/live/pods-query.ts'
import type { BoardTile } from '../../domain/live/protocol.ts'

// The parts of the board and of what-if that need no browser.

type Pods = BoardTile['pods']

function model(nodes: number, pods: Pods = [1, 2, 0, 27], zones = 3): BoardModel {
  const records = Array.from({ length: nodes }, (_, index): [string, BoardTile] => [
    `node/node-${index}`,
    { zone: `zone-${index % zones}`, pods, ...(index === 0 ? { notReady: true as const } : {}) },
  ])
  return boardModel([...records, ['node/', { zone: null, pods: [0, 3, 0, 0] }]], null)
}

const colors: Readonly<Record<string, string>> = {
  '--canvas': '#111111',
  '--surface': '#fff',
  '--line': '#cccccc',
  '--line-strong': '#999999',
  '--error-soft': '#ffeeee',
  '--error-fill': '#ff0000',
  '--warning-fill': '#ffaa00',
  '--progress-fill': '#0000ff',
  '--ok-fill': '#00ff00',
}
const palette = boardPalette((variable) => colors[variable] ?? '#000000')

function draw(
  of: BoardModel,
  width: number,
  height: number,
  zoom = 1,
  picked: ((node: number) => string) | null = null,
) {
  const layout = boardLayout(of, width, height)
  const whole = fitted(layout, { width, height })
  const camera = zoomed(whole, zoom, { x: width / 2, y: height / 2 }, layout, { width, height })
  const raster: Raster = { pixels: new Uint32Array(width * height), width, height }
  drawBoard(raster, { model: of, layout, camera, palette, stamps: new CellStamps(), picked })
  return { layout, camera, raster }
}

function count({ pixels }: Raster, css: string): number {
  const wanted = pixel(css)
  let found = 0
  for (const each of pixels) if (each === wanted) found += 1
  return found
}

test.describe('the model', () => {
  test('nodes lie zone by zone, in the order in which people count', () => {
    const of = model(12, undefined, 2)
    expect(of.zones).toEqual([
      { name: 'zone-0', from: 0, to: 6 },
      { name: 'zone-1', from: 6, to: 12 },
    ])
    expect(of.names.slice(0, 6)).toEqual(['node-0', 'node-2', 'node-4', 'node-6', 'node-8', 'node-10'])
    expect(of.homeless).toEqual({ error: 0, warning: 3, progress: 0, ok: 0 })
    expect(sumCounts(of, 0, 6)).toEqual({ error: 6, warning: 12, progress: 0, ok: 162 })
    expect([0, 1, 2, 3, 29].map((pod) => severityAt(of, 0, pod))).toEqual(['error', 'warning', 'warning', 'ok', 'ok'])
  })

  test('the order is kept while pods come and go, and made anew for another node', () => {
    const records: [string, BoardTile][] = [['node/a', { zone: 'z', pods: [0, 0, 0, 1] }]]
    const first = boardModel(records, null)
    const second = boardModel([['node/a', { zone: 'z', pods: [1, 0, 0, 0] }]], first)
    expect(second.names).toBe(first.names)
    expect(second.counts[0]).toBe(1)
    expect(boardModel([...records, ['node/b', { zone: 'z', pods: [0, 0, 0, 0] }]], first).names).toEqual(['a', 'b'])
    expect(boardModel([['node/a', { zone: 'y', pods: [0, 0, 0, 1] }]], first).zones[0]?.name).toBe('y')
  })
})

test.describe('the layout', () => {
  for (const [nodes, zones] of [
    [1, 1],
    [12, 3],
    [61, 2],
    [5_000, 3],
    [700, 40],
  ] as const) {
    test(`${nodes} nodes in ${zones} zones lie apart from each other and within the window`, () => {
      const of = model(nodes, [0, 0, 0, 30], zones)
      for (const [width, height] of [
        [1_000, 560],
        [366, 440],
      ] as const) {
        const layout = boardLayout(of, width, height)
        expect(layout.width * layout.fit).toBeLessThanOrEqual(width + 1)
        expect(layout.height * layout.fit).toBeLessThanOrEqual(height + 1)
        const seen = new Set<string>()
        const astray: number[] = []
        for (let node = 0; node < nodes; node += 1) {
          const area = areaOf({ level: 'node', node }, of, layout)
          const around = layout.zones[of.zones.findIndex(({ from, to }) => node >= from && node < to)]
          const within = around && area.x >= around.x - 0.01 && area.x + area.width <= around.x + around.width + 0.01
          const found = placeAt(area.x + area.width / 2, area.y + 0.5, of, layout)
          if (!within || found?.level !== 'node' || found.node !== node) astray.push(node)
          seen.add(`${area.x.toFixed(2)} ${area.y.toFixed(2)}`)
        }
        expect(astray).toEqual([])
        expect(seen.size).toBe(nodes)
      }
    })
  }

  test('a node with many more pods than usual has finer cells, all of them in its box', () => {
    const tiles: [string, BoardTile][] = Array.from({ length: 40 }, (_, index) => [
      `node/n${index}`,
      { zone: 'z', pods: [0, 0, 0, index === 0 ? 250 : 10] },
    ])
    const of = boardModel(tiles, null)
    const layout = boardLayout(of, 1_000, 600)
    const box = areaOf({ level: 'node', node: 0 }, of, layout)
    const last = areaOf({ level: 'pod', node: 0, pod: 249 }, of, layout)
    expect(last.x + last.width).toBeLessThanOrEqual(box.x + box.width)
    expect(last.y + last.height).toBeLessThanOrEqual(box.y + box.height)
  })
})

test.describe('the camera', () => {
  const of = model(5_000)
  const viewport = { width: 1_000, height: 560 }
  const layout = boardLayout(of, viewport.width, viewport.height)

  test('what is under the pointer stays there while zooming', () => {
    const whole = fitted(layout, viewport)
    const at = { x: 500, y: 300 }
    const near = zoomed(whole, 4, at, layout, viewport)
    expect(near.x + at.x / near.scale).toBeCloseTo(whole.x + at.x / whole.scale, 3)
    expect(near.y + at.y / near.scale).toBeCloseTo(whole.y + at.y / whole.scale, 3)
    expect(zoomed(near, 0.01, at, layout, viewport)).toEqual(whole)
  })

  test('it never leaves the board, and shows what it is sent to', () => {
    const near = zoomed(fitted(layout, viewport), 6, { x: 0, y: 0 }, layout, viewport)
    const far = panned(near, -1e6, -1e6, layout, viewport)
    expect(far.x + viewport.width / far.scale).toBeCloseTo(layout.width, 3)
    const area = areaOf({ level: 'node', node: 4_321 }, of, layout)
    const { x, y, scale } = showing(area, layout, viewport)
    expect(x).toBeLessThanOrEqual(area.x)
    expect(y).toBeLessThanOrEqual(area.y)
    expect(x + viewport.width / scale).toBeGreaterThanOrEqual(area.x + area.width)
    expect(y + viewport.height / scale).toBeGreaterThanOrEqual(area.y + area.height)
  })
})

test.describe('the picture', () => {
  test('every severity that a node has is seen, however small the node is', () => {
    const { raster, camera } = draw(model(5_000, [1, 1, 1, 27]), 1_000, 560)
    expect(camera.scale).toBeLessThan(2.4)
    for (const css of ['#ff0000', '#ffaa00', '#0000ff', '#00ff00']) {
      expect(count(raster, css)).toBeGreaterThanOrEqual(5_000)
    }
  })

  test('nearer, every pod is a cell; the worse are the larger', () => {
    const { raster } = draw(model(12, [10, 0, 0, 10]), 1_000, 560)
    const errors = count(raster, '#ff0000')
    const well = count(raster, '#00ff00')
    expect(well).toBeGreaterThan(12 * 10 * 20)
    expect(errors).toBeGreaterThan(well)
  })

  test('what a filter leaves out is faded', () => {
    const of = model(12, [0, 0, 0, 10])
    const all = count(draw(of, 1_000, 560).raster, '#00ff00')
    const picked = draw(of, 1_000, 560, 1, () => '1000000000')
    expect(count(picked.raster, '#00ff00')).toBeCloseTo(all / 10, -1)
  })

  test('nothing is drawn outside of the window', () => {
    for (const zoom of [1, 3, 10, 40]) expect(() => draw(model(5_000), 390, 300, zoom)).not.toThrow()
  })
})

test('by keyboard: zones, racks, nodes and pods, in and out again', () => {
  const of = model(5_000)
  const layout = boardLayout(of, 1_000, 560)
  const zone = { level: 'zone', zone: 0 } as const
  const next = neighbour(zone, 'right', of, layout)
  expect(next).toEqual({ level: 'zone', zone: 1 })
  expect(neighbour(zone, 'left', of, layout)).toEqual(zone)
  const rack = inside(next, of, layout)
  expect(rack?.level).toBe('rack')
  const node = rack && inside(rack, of, layout)
  expect(node).toEqual({ level: 'node', node: of.zones[1]?.from })
  const pod = node && inside(node, of, layout)
  expect(pod).toEqual({ level: 'pod', node: of.zones[1]?.from, pod: 0 })
  expect(pod && neighbour(pod, 'down', of, layout)).toEqual({ ...pod, pod: layout.columns })
  expect(pod && inside(pod, of, layout)).toBe(null)
  expect(pod && outside(pod, of, layout)).toEqual(node)
  expect(node && outside(node, of, layout)).toEqual(rack)
  expect(rack && outside(rack, of, layout)).toEqual(next)
  expect(outside(next, of, layout)).toBe(null)
  const few = model(12)
  expect(inside(zone, few, boardLayout(few, 1_000, 560))).toEqual({ level: 'node', node: 0 })
})

test('rooms of picked pods have the names that the server gives them', () => {
  for (const query of ['', 'text=a+b', 'namespace=x&severity=error&text=%C3%A4', 'severity=nonsense&node=n']) {
    const state = boardStateFromUrl(new URLSearchParams(query))
    const room = matchRoom(state)
    const { namespace, severity, text } = state
    if (room !== null) expect(room).toBe(boardMatchRoom(podsQuerySchema.parse({ namespace, severity, text })))
    else expect([namespace, severity, text]).toEqual(['', '', ''])
  }
})

test('names of nodes go without the domain that all share', () => {
  expect(nodeTitles(['ip-1.eu.internal', 'ip-22.eu.internal'])).toEqual(['ip-1', 'ip-22'])
  expect(nodeTitles(['a.x', 'b.y'])).toEqual(['a.x', 'b.y'])
  expect(nodeTitles(['only.one'])).toEqual(['only.one'])
})

test('what is supposed goes through the address and comes back; nonsense is left out', () => {
  const query =
    'zone=a&zone=b&node=n1&how=down&scale=shop%2FDeployment%2Fweb%3A6&add=3%3An1%3Ad&spread=shop%2FDeployment%2Fweb%3Atopology.kubernetes.io%2Fzone%3AmaxSkew%3D2%3AScheduleAnyway'
  const supposed = suppositionsFromUrl(new URLSearchParams(query))
  expect(whatIfQuery(supposed)).toBe(query)
  expect(whatIfChanges(supposed)).toEqual([
    { type: 'lose', zones: ['a', 'b'], nodes: ['n1'], how: 'down' },
    { type: 'add-nodes', like: 'n1', count: 3, zone: 'd' },
    { type: 'scale', namespace: 'shop', workload: { kind: 'Deployment', name: 'web' }, replicas: 6 },
    {
      type: 'constraint',
      namespace: 'shop',
      workload: { kind: 'Deployment', name: 'web' },
      topologyKey: 'topology.kubernetes.io/zone',
      maxSkew: 2,
      whenUnsatisfiable: 'ScheduleAnyway',
    },
  ])
  const nonsense = new URLSearchParams(
    'zone=&how=up&scale=web:6&scale=a/b/c:-1&scale=a/b/c:x&add=0:n&add=1:&spread=a/b/c',
  )
  expect(whatIfChanges(suppositionsFromUrl(nonsense))).toBe(null)
})

test('a chart of steps has the skew at each instant, from before the range on', () => {
  const constraint = { topologyKey: 'zone', maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule' }
  const series = [
    {
      ...constraint,
      group: 'a',
      points: [
        { at: 5, skew: 1 },
        { at: 30, skew: 3 },
      ],
    },
    {
      ...constraint,
      group: 'b',
      points: [
        { at: 20, skew: 0 },
        { at: 40, skew: null },
      ],
    },
  ]
  expect(chartRows({ from: 10, to: 50, series })).toEqual([
    { at: 10, skew0: 1, skew1: null },
    { at: 20, skew0: 1, skew1: 0 },
    { at: 30, skew0: 3, skew1: 0 },
    { at: 40, skew0: 3, skew1: null },
    { at: 50, skew0: 3, skew1: null },
  ])
})
