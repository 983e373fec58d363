import { type BoardArea, type BoardLayout, cellGrid, nodePadding, nodeTitle } from './board-layout.ts'
import { type BoardModel, podsOnTile, zoneOfNode } from './board-model.ts'

/** Something on the board that can be pointed at, by its place in the model. */
export type BoardPlace =
  | { readonly level: 'zone'; readonly zone: number }
  | { readonly level: 'rack'; readonly rack: number }
  | { readonly level: 'node'; readonly node: number }
  | { readonly level: 'pod'; readonly node: number; readonly pod: number }

/** Where it lies, in units. */
export function areaOf(place: BoardPlace, model: BoardModel, layout: BoardLayout): BoardArea {
  switch (place.level) {
    case 'zone':
      return layout.zones[place.zone] ?? nowhere
    case 'rack':
      return layout.racks[place.rack] ?? nowhere
    case 'node':
      return nodeArea(place.node, layout)
    case 'pod': {
      const { columns, pitch } = cellGrid(layout, podsOnTile(model, place.node))
      const node = nodeArea(place.node, layout)
      return {
        x: node.x + nodePadding + (place.pod % columns) * pitch,
        y: node.y + nodePadding + nodeTitle + Math.floor(place.pod / columns) * pitch,
        width: pitch,
        height: pitch,
      }
    }
  }
}

/** What lies at a point, in units: a pod, else a node, else a zone; null: nothing. */
export function placeAt(x: number, y: number, model: BoardModel, layout: BoardLayout): BoardPlace | null {
  for (const [index, rack] of layout.racks.entries()) {
    if (!contains(rack, x, y)) continue
    const { from, to } = layout.racks[index] ?? rack
    for (let node = from; node < to; node += 1) {
      const area = nodeArea(node, layout)
      if (!contains(area, x, y)) continue
      const { columns, pitch } = cellGrid(layout, podsOnTile(model, node))
      const column = Math.floor((x - area.x - nodePadding) / pitch)
      const row = Math.floor((y - area.y - nodePadding - nodeTitle) / pitch)
      const pod = row * columns + column
      const onPod = column >= 0 && column < columns && row >= 0 && pod < podsOnTile(model, node)
      return onPod ? { level: 'pod', node, pod } : { level: 'node', node }
    }
  }
  const zone = layout.zones.findIndex((area) => contains(area, x, y))
  return zone < 0 ? null : { level: 'zone', zone }
}

export type Direction = 'left' | 'right' | 'up' | 'down'

/** The nearest of its kind in a direction; itself where there is none. */
export function neighbour(place: BoardPlace, direction: Direction, model: BoardModel, layout: BoardLayout): BoardPlace {
  switch (place.level) {
    case 'zone':
      return {
        level: 'zone',
        zone: nearest(place.zone, direction, layout.zones.length, (at) => layout.zones[at] ?? nowhere),
      }
    case 'rack':
      return {
        level: 'rack',
        rack: nearest(place.rack, direction, layout.racks.length, (at) => layout.racks[at] ?? nowhere),
      }
    case 'node':
      return { level: 'node', node: nearest(place.node, direction, model.names.length, (at) => nodeArea(at, layout)) }
    case 'pod': {
      const pods = podsOnTile(model, place.node)
      const { columns } = cellGrid(layout, pods)
      const step = { left: -1, right: 1, up: -columns, down: columns }[direction]
      const pod = place.pod + step
      return pod < 0 || pod >= pods ? place : { ...place, pod }
    }
  }
}

/** What is entered from here: a zone's racks (where it has several) or nodes, a rack's nodes, a node's pods. Null: nothing. */
export function inside(place: BoardPlace, model: BoardModel, layout: BoardLayout): BoardPlace | null {
  switch (place.level) {
    case 'zone': {
      const racks = layout.racks.flatMap(({ zone }, rack) => (zone === place.zone ? [rack] : []))
      const first = model.zones[place.zone]?.from ?? 0
      return racks.length > 1 ? { level: 'rack', rack: racks[0] ?? 0 } : { level: 'node', node: first }
    }
    case 'rack':
      return { level: 'node', node: layout.racks[place.rack]?.from ?? 0 }
    case 'node':
      return podsOnTile(model, place.node) > 0 ? { level: 'pod', node: place.node, pod: 0 } : null
    case 'pod':
      return null
  }
}

/** What it is part of; null for zones. */
export function outside(place: BoardPlace, model: BoardModel, layout: BoardLayout): BoardPlace | null {
  switch (place.level) {
    case 'zone':
      return null
    case 'rack':
      return { level: 'zone', zone: layout.racks[place.rack]?.zone ?? 0 }
    case 'node': {
      const zone = zoneOfNode(model, place.node)
      const racks = layout.racks.flatMap((each, rack) => (each.zone === zone ? [rack] : []))
      const rack = racks.find((each) => {
        const { from, to } = layout.racks[each] ?? { from: 0, to: 0 }
        return place.node >= from && place.node < to
      })
      return racks.length > 1 && rack !== undefined ? { level: 'rack', rack } : { level: 'zone', zone }
    }
    case 'pod':
      return { level: 'node', node: place.node }
  }
}

const nowhere: BoardArea = { x: 0, y: 0, width: 0, height: 0 }

export function nodeArea(node: number, { x, y, nodeWidth, nodeHeight }: BoardLayout): BoardArea {
  return { x: x[node] ?? 0, y: y[node] ?? 0, width: nodeWidth, height: nodeHeight }
}

function contains({ x, y, width, height }: BoardArea, atX: number, atY: number): boolean {
  return atX >= x && atX < x + width && atY >= y && atY < y + height
}

/** Straight ahead counts most: sideways distance is worth three times as much. */
function nearest(from: number, direction: Direction, count: number, area: (at: number) => BoardArea): number {
  const here = area(from)
  const across = direction === 'left' || direction === 'right'
  const sign = direction === 'left' || direction === 'up' ? -1 : 1
  let best = from
  let least = Number.POSITIVE_INFINITY
  for (let at = 0; at < count; at += 1) {
    const there = area(at)
    const dx = there.x - here.x
    const dy = there.y - here.y
    const ahead = (across ? dx : dy) * sign
    if (ahead <= 0.01) continue
    const distance = ahead + 3 * Math.abs(across ? dy : dx)
    if (distance >= least) continue
    least = distance
    best = at
  }
  return best
}
