import type { BoardModel } from './board-model.ts'

/** Where everything lies. Lengths in units: one is the pitch of a pod's cell. */
export interface BoardLayout {
  /** Cells of a node's box across and down. */
  readonly columns: number
  readonly rows: number
  readonly nodeWidth: number
  readonly nodeHeight: number
  /** Of each node's upper left corner. */
  readonly x: Float32Array
  readonly y: Float32Array
  readonly zones: readonly BoardArea[]
  readonly racks: readonly BoardRack[]
  readonly width: number
  readonly height: number
  /** CSS pixels a unit at which all of it is seen. */
  readonly fit: number
}

export interface BoardArea {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Neighbouring nodes of one zone: nothing that Kubernetes knows, but a step between a zone of thousands and a node. */
export interface BoardRack extends BoardArea {
  readonly zone: number
  readonly from: number
  readonly to: number
}

/** Around the cells of a node. */
export const nodePadding = 0.6
/** Above them, for the node's name. */
export const nodeTitle = 1.7
const nodeGap = 0.7
/** A few pods more on a node shouldn’t make its cells finer than its neighbours’. */
const headroom = 1.1
const rackGap = 2.2
const rackColumns = 8
const rackRows = 5
/** Zones with more nodes than this are drawn in racks. */
const withoutRacks = 60
/** For a zone's heading, CSS px. */
export const zoneHeading = 40
const zoneGap = 12
/** No cell needs to be larger than this to be seen at first, CSS px. */
const largestFit = 26

/** A layout in which all nodes are as large as the window allows. @param width of the window, CSS px, as `height` */
export function boardLayout(
  model: Pick<BoardModel, 'zones' | 'names' | 'usualMost'>,
  width: number,
  height: number,
): BoardLayout {
  const { columns, rows } = gridFor(Math.ceil(model.usualMost * headroom))
  const nodeWidth = columns + 2 * nodePadding
  const nodeHeight = rows + 2 * nodePadding + nodeTitle
  const sizes = model.zones.map(({ from, to }) => to - from)
  const most = Math.max(1, ...sizes)
  const node = { width: nodeWidth + nodeGap, height: nodeHeight + nodeGap }
  const racked = most > withoutRacks
  let best = { fit: 0, zoneColumns: 1, across: 1 }
  for (let zoneColumns = 1; zoneColumns <= Math.max(1, Math.min(sizes.length, 12)); zoneColumns += 1) {
    const zoneRows = Math.ceil(sizes.length / zoneColumns)
    const limit = racked ? Math.ceil(most / (rackColumns * rackRows)) : most
    for (let across = 1; across <= limit; across += 1) {
      const [w, h] = zoneSize(most, racked, across, node)
      const fit = Math.min(
        (width - zoneGap * (zoneColumns - 1)) / (w * zoneColumns),
        (height - (zoneHeading + zoneGap) * zoneRows) / (h * zoneRows),
        largestFit,
      )
      if (fit > best.fit * 1.0001) best = { fit, zoneColumns, across }
    }
  }
  return place(model, { ...best, racked, node, columns, rows, nodeWidth, nodeHeight, sizes })
}

/** Smallest grid, a little wider than high, for so many cells. */
function gridFor(pods: number): { columns: number; rows: number } {
  let rows = 2
  while (rows * (rows + 1) < pods) rows += 1
  return { columns: rows + 1, rows }
}

type Size = { readonly width: number; readonly height: number }

function zoneSize(nodes: number, racked: boolean, across: number, node: Size): [width: number, height: number] {
  if (!racked) return [across * node.width, Math.ceil(nodes / across) * node.height]
  const racks = Math.ceil(nodes / (rackColumns * rackRows))
  return [across * (rackColumns * node.width + rackGap), Math.ceil(racks / across) * (rackRows * node.height + rackGap)]
}

function place(
  { zones, names }: Pick<BoardModel, 'zones' | 'names'>,
  options: {
    readonly fit: number
    readonly zoneColumns: number
    readonly across: number
    readonly racked: boolean
    readonly node: Size
    readonly columns: number
    readonly rows: number
    readonly nodeWidth: number
    readonly nodeHeight: number
    readonly sizes: readonly number[]
  },
): BoardLayout {
  const { zoneColumns, across, racked, node, columns, rows, nodeWidth, nodeHeight, sizes } = options
  const fit = options.fit > 0 ? options.fit : 1
  const heading = zoneHeading / fit
  const gap = zoneGap / fit
  const x = new Float32Array(names.length)
  const y = new Float32Array(names.length)
  const areas: BoardArea[] = []
  const racks: BoardRack[] = []
  const width = zoneSize(Math.max(1, ...sizes), racked, across, node)[0]
  let top = 0
  for (let first = 0; first < zones.length; first += zoneColumns) {
    const inRow = zones.slice(first, first + zoneColumns)
    const height = heading + zoneSize(Math.max(1, ...sizes.slice(first, first + zoneColumns)), racked, across, node)[1]
    for (const [column, { from, to }] of inRow.entries()) {
      const left = column * (width + gap)
      areas.push({ x: left, y: top, width, height })
      const perRack = racked ? rackColumns * rackRows : Math.max(1, to - from)
      const perRow = racked ? rackColumns : across
      for (let start = from; start < to; start += perRack) {
        const number = (start - from) / perRack
        const rackLeft = racked ? left + (number % across) * (rackColumns * node.width + rackGap) : left
        const rackTop = top + heading + (racked ? Math.floor(number / across) * (rackRows * node.height + rackGap) : 0)
        const end = Math.min(to, start + perRack)
        for (let at = start; at < end; at += 1) {
          x[at] = rackLeft + ((at - start) % perRow) * node.width
          y[at] = rackTop + Math.floor((at - start) / perRow) * node.height
        }
        racks.push({
          zone: first + column,
          from: start,
          to: end,
          x: rackLeft,
          y: rackTop,
          width: Math.min(perRow, end - start) * node.width - nodeGap,
          height: Math.ceil((end - start) / perRow) * node.height - nodeGap,
        })
      }
    }
    top += height + gap
  }
  const inRow = Math.min(zoneColumns, Math.max(1, zones.length))
  return {
    columns,
    rows,
    nodeWidth,
    nodeHeight,
    x,
    y,
    zones: areas,
    racks,
    width: inRow * (width + gap) - gap,
    height: Math.max(1, top - gap),
    fit,
  }
}

/** How a node's cells lie in its box: finer where it has more than the box is made for. */
export function cellGrid(
  { columns, rows }: BoardLayout,
  pods: number,
): { readonly columns: number; readonly pitch: number } {
  if (pods <= columns * rows) return { columns, pitch: 1 }
  let finer = columns
  while (finer * Math.floor((rows * finer) / columns) < pods) finer += 1
  return { columns: finer, pitch: columns / finer }
}
