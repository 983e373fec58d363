import { severities } from '../../domain/health/severity.ts'
import { nodeTitles } from '../kube/node-titles.ts'
import { severityNouns } from '../kube/severity-words.ts'
import { countText, numberText } from '../ui/count-text.ts'
import { visibleText } from '../ui/visible-text.ts'
import { between, type Camera, fitted, panned, showing, type Viewport, withArea, zoomed } from './board-camera.ts'
import { type BoardArea, type BoardLayout, boardLayout, nodePadding, nodeTitle, zoneHeading } from './board-layout.ts'
import { type BoardModel, notReadyIn, sumCounts } from './board-model.ts'
import type { BoardPalette } from './board-palette.ts'
import { areaOf, type BoardPlace, placeAt } from './board-places.ts'
import { drawBoard, type Raster } from './board-raster.ts'
import { CellStamps } from './cell-stamps.ts'

/** More pixels than this are not drawn one by one: the picture is a little coarser then. */
const mostPixels = 6_000_000
const glideMilliseconds = 220
/** Names of nodes are written where there is so much room for them, CSS px. */
const smallestTitle = 9.5

/**
 * Draws the board on a canvas: at most once a frame, and only when something has changed. Knows
 * nothing of React; what it draws is worked out elsewhere.
 */
export class BoardPainter {
  readonly #canvas: HTMLCanvasElement
  readonly #context: CanvasRenderingContext2D
  readonly #stamps = new CellStamps()
  #palette: BoardPalette
  #model: BoardModel | null = null
  #titles: readonly string[] = []
  #layout: BoardLayout | null = null
  #picked: ((node: number) => string | undefined) | null = null
  #viewport: Viewport = { width: 0, height: 0 }
  #density = 1
  #camera: Camera | null = null
  #image: ImageData | null = null
  #raster: Raster | null = null
  #frame = 0
  #glide: { readonly from: Camera; readonly to: Camera; readonly since: number } | null = null
  #place: BoardPlace | null = null
  /** Asked for before there was a layout. */
  #wanted: BoardPlace | null = null
  #isFocused = false

  constructor(canvas: HTMLCanvasElement, palette: BoardPalette) {
    const context = canvas.getContext('2d', { alpha: false })
    if (!context) throw new Error('this browser has no 2D canvas')
    this.#canvas = canvas
    this.#context = context
    this.#palette = palette
  }

  get model(): BoardModel | null {
    return this.#model
  }

  get layout(): BoardLayout | null {
    return this.#layout
  }

  /** CSS pixels a unit. */
  get scale(): number {
    return this.#camera?.scale ?? 1
  }

  get isWhole(): boolean {
    return this.#camera === null || this.#layout === null || this.#camera.scale <= this.#layout.fit * 1.01
  }

  show(model: BoardModel, picked: ((node: number) => string | undefined) | null): void {
    const before = this.#model
    this.#model = model
    this.#picked = picked
    if (before?.names !== model.names) this.#titles = nodeTitles(model.names)
    const same = before && before.names === model.names && before.usualMost >= model.usualMost
    if (!same || !this.#layout) this.#arrange()
    this.#request()
  }

  resize(width: number, height: number, density: number): void {
    if (width === this.#viewport.width && height === this.#viewport.height && density === this.#density) return
    this.#viewport = { width, height }
    this.#density = Math.min(density, Math.sqrt(mostPixels / Math.max(1, width * height)))
    this.#canvas.width = Math.max(1, Math.round(width * this.#density))
    this.#canvas.height = Math.max(1, Math.round(height * this.#density))
    this.#image = null
    this.#arrange()
    this.#request()
  }

  paint(palette: BoardPalette): void {
    this.#palette = palette
    this.#request()
  }

  mark(place: BoardPlace | null, isFocused: boolean): void {
    this.#place = place
    this.#isFocused = isFocused
    this.#request()
  }

  pan(dx: number, dy: number): void {
    this.#glide = null
    this.#move((camera, layout) => panned(camera, dx, dy, layout, this.#viewport))
  }

  /** @param at CSS px in the canvas; its middle where it isn't given */
  zoom(factor: number, at?: { readonly x: number; readonly y: number }): void {
    this.#glide = null
    const point = at ?? { x: this.#viewport.width / 2, y: this.#viewport.height / 2 }
    this.#move((camera, layout) => zoomed(camera, factor, point, layout, this.#viewport))
  }

  fit(): void {
    if (this.#layout) this.#glideTo(fitted(this.#layout, this.#viewport))
  }

  /** Brings a place into sight, near enough to see what is in it. */
  goTo(place: BoardPlace): void {
    if (this.#layout && this.#model) this.#glideTo(this.#viewOf(place, this.#model, this.#layout))
    else this.#wanted = place
  }

  /** Brings a place into sight as it is. */
  keepInSight(place: BoardPlace): void {
    if (!this.#layout || !this.#model) return
    const area = areaOf(place, this.#model, this.#layout)
    this.#move((camera, layout) => withArea(camera, area, layout, this.#viewport))
  }

  /** @param x CSS px in the canvas, as `y` */
  at(x: number, y: number): BoardPlace | null {
    if (!this.#layout || !this.#model || !this.#camera) return null
    const { x: left, y: top, scale } = this.#camera
    return placeAt(left + x / scale, top + y / scale, this.#model, this.#layout)
  }

  /** Where a place is in the canvas, CSS px. */
  boxOf(place: BoardPlace): BoardArea | null {
    if (!this.#layout || !this.#model || !this.#camera) return null
    const { x, y, width, height } = areaOf(place, this.#model, this.#layout)
    const { x: left, y: top, scale } = this.#camera
    return { x: (x - left) * scale, y: (y - top) * scale, width: width * scale, height: height * scale }
  }

  stop(): void {
    cancelAnimationFrame(this.#frame)
  }

  #arrange(): void {
    const { width, height } = this.#viewport
    if (!this.#model || width === 0 || height === 0) return
    const whole = this.isWhole
    this.#layout = boardLayout(this.#model, width, height)
    // Who sees all of it goes on seeing all; else the view stays near where it was.
    if (whole || !this.#camera) this.#camera = fitted(this.#layout, this.#viewport)
    else
      this.#camera = panned(
        zoomed(this.#camera, 1, { x: 0, y: 0 }, this.#layout, this.#viewport),
        0,
        0,
        this.#layout,
        this.#viewport,
      )
    this.#glide = null
    if (this.#wanted) this.#camera = this.#viewOf(this.#wanted, this.#model, this.#layout)
    this.#wanted = null
  }

  #viewOf(place: BoardPlace, model: BoardModel, layout: BoardLayout): Camera {
    const area = areaOf(place.level === 'pod' ? { level: 'node', node: place.node } : place, model, layout)
    // A node fills a third of the window: its neighbours stay in sight.
    const shown = place.level === 'zone' || place.level === 'rack' ? area : grown(area, 1.2)
    return showing(shown, layout, this.#viewport, place.level === 'node' ? 30 : 44)
  }

  #move(change: (camera: Camera, layout: BoardLayout) => Camera): void {
    if (!this.#camera || !this.#layout) return
    this.#camera = change(this.#camera, this.#layout)
    this.#request()
  }

  #glideTo(to: Camera): void {
    if (!this.#camera) return
    if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) this.#camera = to
    else this.#glide = { from: this.#camera, to, since: performance.now() }
    this.#request()
  }

  #request(): void {
    this.#frame ||= requestAnimationFrame((now) => {
      this.#frame = 0
      this.#step(now)
      this.#draw()
    })
  }

  #step(now: number): void {
    const glide = this.#glide
    if (!glide) return
    const share = Math.min(1, Math.max(0, (now - glide.since) / glideMilliseconds))
    const eased = 1 - (1 - share) ** 3
    this.#camera = share >= 1 ? glide.to : between(glide.from, glide.to, eased)
    if (share >= 1) this.#glide = null
    else this.#request()
  }

  #draw(): void {
    const { width, height } = this.#canvas
    if (!this.#model || !this.#layout || !this.#camera) return
    this.#image ??= new ImageData(width, height)
    if (this.#raster?.pixels.buffer !== this.#image.data.buffer) {
      this.#raster = { pixels: new Uint32Array(this.#image.data.buffer), width, height }
    }
    const camera = { ...this.#camera, scale: this.#camera.scale * this.#density }
    drawBoard(this.#raster, {
      model: this.#model,
      layout: this.#layout,
      camera,
      palette: this.#palette,
      stamps: this.#stamps,
      picked: this.#picked,
    })
    this.#context.putImageData(this.#image, 0, 0)
    this.#context.setTransform(this.#density, 0, 0, this.#density, 0, 0)
    this.#context.textBaseline = 'middle'
    this.#drawTitles(this.#model, this.#layout, this.#camera)
    this.#drawZones(this.#model, this.#layout, this.#camera)
    this.#drawMark()
    this.#context.setTransform(1, 0, 0, 1, 0, 0)
  }

  #drawTitles(model: BoardModel, layout: BoardLayout, { x: left, y: top, scale }: Camera): void {
    const context = this.#context
    const high = nodeTitle * scale
    if (high < smallestTitle) return
    const size = Math.min(13, Math.max(9, high * 0.62))
    const { width, height } = this.#viewport
    context.font = `500 ${size}px ${fontOf(this.#canvas)}`
    context.textAlign = 'left'
    const inner = (layout.nodeWidth - 2 * nodePadding) * scale
    const most = Math.floor(inner / (size * 0.56))
    for (let node = 0; node < model.names.length; node += 1) {
      const x = ((layout.x[node] ?? 0) - left) * scale
      const y = ((layout.y[node] ?? 0) - top) * scale
      if (x > width || y > height || x + layout.nodeWidth * scale < 0 || y + high < 0) continue
      const isBad = (model.flags[node] ?? 0) & 1
      context.fillStyle = isBad ? this.#palette.css.error : this.#palette.css.ink2
      const name = visibleText(this.#titles[node] ?? '')
      // They differ at their end.
      const shown = name.length > most ? `…${name.slice(-Math.max(1, most - 1))}` : name
      context.fillText(shown, x + nodePadding * scale, y + (nodePadding + nodeTitle * 0.45) * scale, inner)
    }
  }

  #drawZones(model: BoardModel, layout: BoardLayout, { x: left, y: top, scale }: Camera): void {
    const context = this.#context
    const font = fontOf(this.#canvas)
    const { css } = this.#palette
    for (const [index, zone] of model.zones.entries()) {
      const area = layout.zones[index]
      if (!area) continue
      const x0 = Math.max(0, (area.x - left) * scale)
      const x1 = Math.min(this.#viewport.width, (area.x + area.width - left) * scale)
      const y0 = Math.max(0, (area.y - top) * scale)
      const y1 = (area.y + area.height - top) * scale
      if (x1 - x0 < 40 || y0 > this.#viewport.height || y1 < zoneHeading) continue
      const counts = sumCounts(model, zone.from, zone.to)
      const notReady = notReadyIn(model, zone.from, zone.to)
      context.fillStyle = css.ground
      context.fillRect(x0, y0, x1 - x0, zoneHeading - 2)
      context.textAlign = 'left'
      context.font = `600 14px ${font}`
      context.fillStyle = css.ink
      context.fillText(zone.name === null ? 'No zone label' : visibleText(zone.name), x0 + 2, y0 + 11, x1 - x0 - 4)
      context.font = `400 12px ${font}`
      let x = x0 + 2
      const write = (text: string, color: string, weight = 400) => {
        context.font = `${weight} 12px ${font}`
        const wide = context.measureText(text).width
        if (x + wide > x1) return
        context.fillStyle = color
        context.fillText(text, x, y0 + 28)
        x += wide + 9
      }
      if (notReady > 0) write(`${countText(notReady, 'node')} not ready`, css.error, 600)
      for (const severity of severities) {
        if (severity === 'ok' || counts[severity] === 0) continue
        const noun = severityNouns[severity][counts[severity] === 1 ? 0 : 1]
        write(`${numberText(counts[severity])} ${noun}`, css[severity], 600)
      }
      const pods = severities.reduce((sum, severity) => sum + counts[severity], 0)
      write(countText(zone.to - zone.from, 'node'), css.ink3)
      write(countText(pods, 'pod'), css.ink3)
    }
  }

  #drawMark(): void {
    const box = this.#place && this.boxOf(this.#place)
    if (!box) return
    const context = this.#context
    const out = this.#place?.level === 'pod' ? 1 : 2
    context.lineWidth = this.#isFocused ? 5 : 4
    context.strokeStyle = this.#palette.css.ground
    context.strokeRect(box.x - out, box.y - out, box.width + 2 * out, box.height + 2 * out)
    context.lineWidth = this.#isFocused ? 2.5 : 2
    context.strokeStyle = this.#palette.css.accent
    context.strokeRect(box.x - out, box.y - out, box.width + 2 * out, box.height + 2 * out)
  }
}

function grown({ x, y, width, height }: BoardArea, by: number): BoardArea {
  return { x: x - width * by, y: y - height * by, width: width * (1 + 2 * by), height: height * (1 + 2 * by) }
}

const fonts = new WeakMap<HTMLElement, string>()

function fontOf(element: HTMLElement): string {
  let font = fonts.get(element)
  if (font === undefined) {
    font = getComputedStyle(element).fontFamily
    fonts.set(element, font)
  }
  return font
}
