import { Readable } from 'node:stream'

export interface ItemSource {
  cluster(): string
  /** The instant up to which answers are known to be true, ms; null before the first sync. */
  observedAt(): number | null
}

/** Items as JSON in pieces, so that 150,000 of them neither block the event loop nor stand in memory as one text. */
export function streamItems(source: ItemSource, items: Iterable<object>): Readable {
  return Readable.from(pieces(source, items), { objectMode: false, highWaterMark: 256 * 1024 })
}

function* pieces(source: ItemSource, items: Iterable<object>): Generator<string> {
  yield `{"cluster":${JSON.stringify(source.cluster())},"observedAt":${JSON.stringify(source.observedAt())},"items":[`
  let piece = ''
  let first = true
  for (const item of items) {
    piece += (first ? '' : ',') + JSON.stringify(item)
    first = false
    if (piece.length > 64 * 1024) {
      yield piece
      piece = ''
    }
  }
  yield `${piece}]}`
}
