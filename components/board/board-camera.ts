import type { BoardArea, BoardLayout } from './board-layout.ts'

/** What of the board is seen: the unit in the window's upper left corner, and CSS pixels a unit. */
export interface Camera {
  readonly x: number
  readonly y: number
  readonly scale: number
}

export interface Viewport {
  /** CSS px. */
  readonly width: number
  readonly height: number
}

/** A cell as large as a thumb needs no more. */
const largestScale = 56

/** All of it, in the middle. */
export function fitted(layout: BoardLayout, viewport: Viewport): Camera {
  return centred(layout, viewport, layout.fit)
}

/** Moves by CSS pixels. */
export function panned(camera: Camera, dx: number, dy: number, layout: BoardLayout, viewport: Viewport): Camera {
  const moved = { ...camera, x: camera.x - dx / camera.scale, y: camera.y - dy / camera.scale }
  return held(moved, layout, viewport)
}

/** Zooms by a factor so that what is at a point of the window, CSS px, stays there. */
export function zoomed(
  camera: Camera,
  factor: number,
  at: { readonly x: number; readonly y: number },
  layout: BoardLayout,
  viewport: Viewport,
): Camera {
  const scale = Math.min(Math.max(largestScale, layout.fit), Math.max(layout.fit, camera.scale * factor))
  const x = camera.x + at.x / camera.scale - at.x / scale
  const y = camera.y + at.y / camera.scale - at.y / scale
  return held({ x, y, scale }, layout, viewport)
}

/** So that an area fills the window but for a margin. */
export function showing(area: BoardArea, layout: BoardLayout, viewport: Viewport, most = largestScale): Camera {
  const scale = Math.min(
    most,
    Math.max(layout.fit, 0.9 * Math.min(viewport.width / area.width, viewport.height / area.height)),
  )
  const x = area.x + area.width / 2 - viewport.width / 2 / scale
  const y = area.y + area.height / 2 - viewport.height / 2 / scale
  return held({ x, y, scale }, layout, viewport)
}

/** Moves as little as is needed to have the area in the window. */
export function withArea(camera: Camera, area: BoardArea, layout: BoardLayout, viewport: Viewport): Camera {
  const across = viewport.width / camera.scale
  const down = viewport.height / camera.scale
  const margin = Math.min(across, down) * 0.04
  const x = Math.min(area.x - margin, Math.max(camera.x, area.x + area.width + margin - across))
  const y = Math.min(area.y - margin, Math.max(camera.y, area.y + area.height + margin - down))
  return held({ ...camera, x, y }, layout, viewport)
}

/** A step of the way between two cameras; `share` from 0 to 1. The scale changes evenly to the eye. */
export function between(from: Camera, to: Camera, share: number): Camera {
  const scale = from.scale * (to.scale / from.scale) ** share
  // The point that moves with the window: what is in its corner goes along with the scale.
  const along = from.scale === to.scale ? share : (1 / from.scale - 1 / scale) / (1 / from.scale - 1 / to.scale)
  return { x: from.x + (to.x - from.x) * along, y: from.y + (to.y - from.y) * along, scale }
}

function held(camera: Camera, layout: BoardLayout, viewport: Viewport): Camera {
  const middle = centred(layout, viewport, camera.scale)
  const across = viewport.width / camera.scale
  const down = viewport.height / camera.scale
  return {
    scale: camera.scale,
    x: across >= layout.width ? middle.x : Math.min(layout.width - across, Math.max(0, camera.x)),
    y: down >= layout.height ? middle.y : Math.min(layout.height - down, Math.max(0, camera.y)),
  }
}

function centred(layout: BoardLayout, viewport: Viewport, scale: number): Camera {
  return {
    scale,
    x: (layout.width - viewport.width / scale) / 2,
    // What is lower than the window hangs from its top.
    y: 0,
  }
}
