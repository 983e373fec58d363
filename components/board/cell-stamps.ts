import { type Severity, severities } from '../../domain/health/severity.ts'
import { type BoardPalette, mixed } from './board-palette.ts'

/** One cell as pixels, to be copied: `size` wide and high. */
export interface Stamp {
  readonly size: number
  readonly pixels: Uint32Array
}

/** Samples across a pixel: edges are smooth. */
const samples = 4

/**
 * The cells' shapes, as everywhere on these pages: dot, half dot, triangle, diamond, the worse the
 * larger. Too small for a shape they are squares. Made once for a size and kept.
 */
export class CellStamps {
  #palette: BoardPalette | null = null
  readonly #made = new Map<number, Stamp>()

  /**
   * Looked up for every node and frame, so by a number.
   * @param index of the severity @param size px @param isFaded a filter leaves it out @param onNotReady what is behind it
   */
  stamp(palette: BoardPalette, index: number, size: number, isFaded: boolean, onNotReady: boolean): Stamp {
    if (palette !== this.#palette) {
      this.#palette = palette
      this.#made.clear()
    }
    const key = size * 16 + index * 4 + (isFaded ? 2 : 0) + (onNotReady ? 1 : 0)
    let made = this.#made.get(key)
    if (!made) {
      const color = (isFaded ? palette.faded : palette.fill)[index] ?? 0
      made = draw(severities[index] ?? 'ok', size, color, onNotReady ? palette.notReady : palette.node)
      this.#made.set(key, made)
    }
    return made
  }
}

function draw(severity: Severity, size: number, color: number, ground: number): Stamp {
  const pixels = new Uint32Array(size * size)
  const inside = size < smallestShape ? square(severity) : shapes[severity]
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      let hits = 0
      for (let sample = 0; sample < samples * samples; sample += 1) {
        const u = (x + ((sample % samples) + 0.5) / samples) / size
        const v = (y + (Math.floor(sample / samples) + 0.5) / samples) / size
        if (inside(u, v)) hits += 1
      }
      pixels[y * size + x] = hits === 0 ? ground : mixed(ground, color, hits / (samples * samples))
    }
  }
  return { size, pixels }
}

const smallestShape = 5

type Shape = (u: number, v: number) => boolean

/** Not quite full, so that neighbours stay apart; what is well is smaller. */
function square(severity: Severity): Shape {
  const from = severity === 'ok' ? 0.14 : 0.04
  return (u, v) => u > from && v > from && u < 1 - from && v < 1 - from
}

const distance = (u: number, v: number) => Math.hypot(u - 0.5, v - 0.5)

const shapes: Readonly<Record<Severity, Shape>> = {
  error: (u, v) => Math.abs(u - 0.5) + Math.abs(v - 0.5) < 0.5,
  warning: (u, v) => v > 0.08 && v < 0.92 && Math.abs(u - 0.5) < (v - 0.08) * 0.56,
  progress: (u, v) => distance(u, v) < 0.4 && (u < 0.5 || distance(u, v) > 0.29),
  ok: (u, v) => distance(u, v) < 0.33,
}
