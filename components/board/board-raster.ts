import type { Camera } from './board-camera.ts'
import { type BoardLayout, cellGrid, nodePadding, nodeTitle } from './board-layout.ts'
import { type BoardModel, cordonedFlag, notReadyFlag } from './board-model.ts'
import type { BoardPalette } from './board-palette.ts'
import type { CellStamps } from './cell-stamps.ts'

/** A window's pixels. */
export interface Raster {
  readonly pixels: Uint32Array
  readonly width: number
  readonly height: number
}

export interface BoardScene {
  readonly model: BoardModel
  readonly layout: BoardLayout
  /** In device pixels a unit. */
  readonly camera: Camera
  readonly palette: BoardPalette
  readonly stamps: CellStamps
  /** Which pods a filter picks, by node: a digit for each; null: there is no filter. */
  readonly picked: ((node: number) => string | undefined) | null
}

/** Cells below this pitch, px, are drawn as shares of their node instead of one by one. */
const smallestCell = 2.4
/** Marks of fewer pixels show no shape. */
const smallestMark = 6
/** A share of fewer pixels is easily missed among thousands of nodes. */
const thinnestShare = 2

/** Draws the board with no other help than arithmetic: 150,000 cells in a few milliseconds. */
export function drawBoard(raster: Raster, scene: BoardScene): void {
  const { model, layout, camera, palette } = scene
  raster.pixels.fill(palette.ground)
  const right = camera.x + raster.width / camera.scale
  const bottom = camera.y + raster.height / camera.scale
  for (const rack of layout.racks) {
    if (rack.x > right || rack.y > bottom || rack.x + rack.width < camera.x || rack.y + rack.height < camera.y) continue
    for (let node = rack.from; node < rack.to; node += 1) {
      const x = layout.x[node] ?? 0
      const y = layout.y[node] ?? 0
      if (x > right || y > bottom || x + layout.nodeWidth < camera.x || y + layout.nodeHeight < camera.y) continue
      drawNode(
        raster,
        scene,
        node,
        (x - camera.x) * camera.scale,
        (y - camera.y) * camera.scale,
        model.flags[node] ?? 0,
      )
    }
  }
}

function drawNode(raster: Raster, scene: BoardScene, node: number, left: number, top: number, flags: number): void {
  const { layout, palette, camera } = scene
  const x0 = Math.round(left)
  const y0 = Math.round(top)
  const x1 = Math.max(x0 + 1, Math.round(left + layout.nodeWidth * camera.scale))
  const y1 = Math.max(y0 + 1, Math.round(top + layout.nodeHeight * camera.scale))
  const notReady = (flags & notReadyFlag) !== 0
  const ground = notReady ? palette.notReady : palette.node
  fill(raster, x0, y0, x1, y1, ground)
  if (notReady || flags & cordonedFlag)
    hatch(raster, x0, y0, x1, y1, notReady ? palette.notReadyLine : palette.rack, notReady ? 6 : 9)
  if (camera.scale < smallestCell) drawShares(raster, scene, node, x0, y0, x1, y1)
  else drawCells(raster, scene, node, left, top, ground)
  const line = notReady ? palette.notReadyLine : palette.nodeLine
  frame(raster, x0, y0, x1, y1, line, notReady && camera.scale >= smallestCell ? 2 : 1)
}

function drawCells(raster: Raster, scene: BoardScene, node: number, left: number, top: number, ground: number): void {
  const { model, layout, camera, palette, stamps, picked } = scene
  const total = podsOf(model, node)
  if (total === 0) return
  const grid = cellGrid(layout, total)
  const pitch = grid.pitch * camera.scale
  const size = Math.max(1, Math.floor(pitch - (pitch < 6 ? 0.6 : 1)))
  const startX = left + nodePadding * camera.scale
  const startY = top + (nodePadding + nodeTitle) * camera.scale
  const pick = picked?.(node)
  const onNotReady = ground === palette.notReady
  let pod = 0
  for (let index = 0; index < 4; index += 1) {
    const count = model.counts[node * 4 + index] ?? 0
    if (count === 0) continue
    const bright = stamps.stamp(palette, index, size, false, onNotReady).pixels
    const faded = picked ? stamps.stamp(palette, index, size, true, onNotReady).pixels : bright
    for (const last = pod + count; pod < last; pod += 1) {
      const x = Math.round(startX + (pod % grid.columns) * pitch)
      const y = Math.round(startY + Math.floor(pod / grid.columns) * pitch)
      const isBright = picked === null || (pick !== undefined && pick.charCodeAt(pod) === one)
      copy(raster, x, y, size, isBright ? bright : faded, nothing)
    }
  }
}

/** No pixel is so: all are opaque. */
const nothing = -1

const one = '1'.charCodeAt(0)

/** From far away a node is a column that fills with its pods, the worst on top and never thinner than a pixel. */
function drawShares(
  raster: Raster,
  scene: BoardScene,
  node: number,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
): void {
  const { model, layout, palette, stamps, picked } = scene
  const inset = x1 - x0 > 5 ? 1 : 0
  const height = y1 - y0 - 2 * inset
  const total = podsOf(model, node)
  if (total === 0 || height < 1) return
  const room = Math.max(total, layout.columns * layout.rows)
  const pick = picked?.(node) ?? ''
  let bottom = y1 - inset
  let first = total
  for (let index = 3; index >= 0; index -= 1) {
    const count = model.counts[node * 4 + index] ?? 0
    if (count === 0) continue
    first -= count
    const wanted = Math.max(1, Math.round((height * count) / room))
    const top = Math.max(y0 + inset + worseThan(model, node, index), bottom - wanted)
    const bright = !picked ? count : onesIn(pick, first, first + count)
    const split = bottom - Math.round(((bottom - top) * bright) / count)
    fill(raster, x0 + inset, top, x1 - inset, split, palette.faded[index] ?? 0)
    fill(
      raster,
      x0 + inset,
      bright > 0 ? Math.min(split, bottom - 1) : split,
      x1 - inset,
      bottom,
      palette.fill[index] ?? 0,
    )
    bottom = top
  }
  const size = Math.min(x1 - x0, y1 - y0) - 4
  if (size < smallestMark || picked) return
  const worst = markOf(model, node, height / room)
  if (worst === null) return
  const mark = stamps.stamp(palette, worst, size, false, false).pixels
  copy(raster, Math.round((x0 + x1 - size) / 2), Math.round((y0 + y1 - size) / 2), size, mark, palette.node)
}

/**
 * What of a node's pods must be marked since its share is too thin to be seen: errors, else warnings.
 * A node that isn't ready always is. @param high px for each pod
 */
function markOf({ counts, flags }: BoardModel, node: number, high: number): 0 | 1 | null {
  if ((flags[node] ?? 0) & notReadyFlag) return 0
  const errors = counts[node * 4] ?? 0
  if (errors > 0) return errors * high < thinnestShare ? 0 : null
  const warnings = counts[node * 4 + 1] ?? 0
  return warnings > 0 && warnings * high < thinnestShare ? 1 : null
}

/** Severities worse than this one of which the node has pods: each must keep a pixel. */
function worseThan({ counts }: BoardModel, node: number, index: number): number {
  let worse = 0
  for (let each = 0; each < index; each += 1) if (counts[node * 4 + each]) worse += 1
  return worse
}

function podsOf({ counts }: BoardModel, node: number): number {
  const at = node * 4
  return (counts[at] ?? 0) + (counts[at + 1] ?? 0) + (counts[at + 2] ?? 0) + (counts[at + 3] ?? 0)
}

function onesIn(text: string, from: number, to: number): number {
  let count = 0
  for (let at = from; at < to; at += 1) if (text.charCodeAt(at) === one) count += 1
  return count
}

function fill({ pixels, width, height }: Raster, x0: number, y0: number, x1: number, y1: number, color: number): void {
  const from = Math.max(0, x0)
  const to = Math.min(width, x1)
  if (from >= to) return
  for (let y = Math.max(0, y0); y < Math.min(height, y1); y += 1) pixels.fill(color, y * width + from, y * width + to)
}

function frame(raster: Raster, x0: number, y0: number, x1: number, y1: number, color: number, thick: number): void {
  if (x1 - x0 < 5) return
  fill(raster, x0, y0, x1, y0 + thick, color)
  fill(raster, x0, y1 - thick, x1, y1, color)
  fill(raster, x0, y0, x0 + thick, y1, color)
  fill(raster, x1 - thick, y0, x1, y1, color)
}

/** Lines that slant, every `step` pixels: not ready, or cordoned. */
function hatch(
  { pixels, width, height }: Raster,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  color: number,
  step: number,
): void {
  for (let y = Math.max(0, y0); y < Math.min(height, y1); y += 1) {
    const first = x0 + ((((step - ((y - y0) % step)) % step) + step) % step)
    for (let x = first; x < Math.min(width, x1); x += step) if (x >= 0) pixels[y * width + x] = color
  }
}

/** @param clear a pixel of the stamp that leaves what is there */
function copy(raster: Raster, x: number, y: number, size: number, stamp: Uint32Array, clear: number): void {
  const { pixels, width, height } = raster
  const fromX = x < 0 ? -x : 0
  const toX = x + size > width ? width - x : size
  const fromY = y < 0 ? -y : 0
  const toY = y + size > height ? height - y : size
  for (let row = fromY; row < toY; row += 1) {
    let source = row * size + fromX
    let target = (y + row) * width + x + fromX
    for (let column = fromX; column < toX; column += 1) {
      const color = stamp[source] as number
      if (color !== clear) pixels[target] = color
      source += 1
      target += 1
    }
  }
}
