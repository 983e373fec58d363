const size = 256 * 1024
const mostSpare = 32
const spare: Buffer[] = []

function allocate(): Buffer {
  return spare.pop() ?? Buffer.allocUnsafeSlow(size)
}

/** Gives back what a sink has handed out, once it has been written: fresh memory for each piece would be most of the work. */
export function recycle(taken: Buffer): void {
  if (taken.buffer.byteLength === size && spare.length < mostSpare) spare.push(Buffer.from(taken.buffer))
}

/** Gathers text as bytes, so that long answers are neither joined as strings nor encoded twice. */
export class ByteSink {
  #buffer = allocate()
  #length = 0

  get length(): number {
    return this.#length
  }

  /** @param text nothing but ASCII, which takes one byte a character */
  ascii(text: string): void {
    this.#reserve(text.length)
    this.#length += this.#buffer.write(text, this.#length, 'latin1')
  }

  text(text: string): void {
    // UTF-8 takes at most three bytes for each UTF-16 unit.
    this.#reserve(text.length * 3)
    this.#length += this.#buffer.write(text, this.#length, 'utf8')
  }

  bytes(data: Uint8Array): void {
    this.#reserve(data.length)
    this.#buffer.set(data, this.#length)
    this.#length += data.length
  }

  /** What has been gathered; the sink is empty afterwards. */
  take(): Buffer {
    const taken = this.#buffer.subarray(0, this.#length)
    this.#buffer = allocate()
    this.#length = 0
    return taken
  }

  #reserve(more: number): void {
    const needed = this.#length + more
    if (needed <= this.#buffer.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#buffer.length * 2))
    larger.set(this.#buffer.subarray(0, this.#length))
    this.#buffer = larger
  }
}
