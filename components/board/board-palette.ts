import { type Severity, severities } from '../../domain/health/severity.ts'

/** Opaque colours as the bytes of a pixel: 0xAABBGGRR, as canvases on little-endian machines have them. */
export interface BoardPalette {
  readonly ground: number
  readonly node: number
  readonly nodeLine: number
  readonly rack: number
  readonly notReady: number
  readonly notReadyLine: number
  /** By severity, in the order of `severities`. */
  readonly fill: readonly number[]
  /** The same for what a filter leaves out. */
  readonly faded: readonly number[]
  /** For text on the canvas, as CSS. */
  readonly css: Readonly<Record<'ink' | 'ink2' | 'ink3' | 'accent' | 'ground' | Severity, string>>
}

const fadedShare = 0.22

/** The theme's colours: what is drawn in pixels must change with the page. */
export function boardPalette(read: (variable: string) => string): BoardPalette {
  const color = (variable: string) => pixel(read(variable))
  const node = color('--surface')
  const fill = severities.map((severity) => color(`--${severity}-fill`))
  const text = (severity: Severity) => read(`--${severity}`)
  return {
    ground: color('--canvas'),
    node,
    nodeLine: color('--line'),
    rack: color('--line-strong'),
    notReady: color('--error-soft'),
    notReadyLine: color('--error-fill'),
    fill,
    faded: fill.map((each) => mixed(node, each, fadedShare)),
    css: {
      ink: read('--ink'),
      ink2: read('--ink-2'),
      ink3: read('--ink-3'),
      accent: read('--accent'),
      ground: read('--canvas'),
      error: text('error'),
      warning: text('warning'),
      progress: text('progress'),
      ok: text('ok'),
    },
  }
}

/** "#rrggbb" or, as builds shorten it, "#rgb" as a pixel; what can't be read is black. */
export function pixel(css: string): number {
  const hex = /^\s*#([0-9a-f]{3}|[0-9a-f]{6})\s*$/i.exec(css)?.[1] ?? '000'
  const full = hex.length === 3 ? hex.replace(/./g, '$&$&') : hex
  const part = (at: number) => Number.parseInt(full.slice(at, at + 2), 16)
  return (0xff000000 | (part(4) << 16) | (part(2) << 8) | part(0)) >>> 0
}

/** `share` of `b` over `a`. */
export function mixed(a: number, b: number, share: number): number {
  const part = (shift: number) => {
    const from = (a >>> shift) & 0xff
    return Math.round(from + (((b >>> shift) & 0xff) - from) * share)
  }
  return (0xff000000 | (part(16) << 16) | (part(8) << 8) | part(0)) >>> 0
}
