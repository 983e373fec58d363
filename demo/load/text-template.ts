import type { ByteSink } from '../api/byte-sink.ts'

/**
 * JSON text with gaps. A sample object is put into text once; where its strings hold `⟦name⟧` the
 * text is cut, so that an object costs a few copies and no JSON.stringify. A value that is nothing
 * but `⟦!name⟧` is replaced together with its quotes, for numbers and whole JSON values. Both the
 * sample and what fills it are ASCII. The opening brace is left out (see StoredObject.writeRest).
 */
export class TextTemplate<Gap extends string> {
  readonly #literals: readonly Buffer[]
  /** Which value follows each literal. */
  readonly #gaps: readonly number[]

  /** @param names the gaps, in the order in which their values will be given */
  constructor(sample: object, names: readonly Gap[]) {
    const parts = JSON.stringify(sample)
      .slice(1)
      .split(/"⟦!(\w+)⟧"|⟦(\w+)⟧/)
    const literals: Buffer[] = []
    const gaps: number[] = []
    for (let index = 0; index < parts.length; index += 3) {
      literals.push(Buffer.from(parts[index] ?? '', 'latin1'))
      const gap = parts[index + 1] ?? parts[index + 2]
      if (gap === undefined) continue
      const place = names.indexOf(gap as Gap)
      if (place < 0) throw new RangeError(`there is no value for ${gap}`)
      gaps.push(place)
    }
    this.#literals = literals
    this.#gaps = gaps
  }

  write(sink: ByteSink, values: readonly string[]): void {
    for (let index = 0; index < this.#literals.length; index += 1) {
      sink.bytes(this.#literals[index] as Buffer)
      const gap = this.#gaps[index]
      if (gap !== undefined) sink.ascii(values[gap] ?? '')
    }
  }
}
