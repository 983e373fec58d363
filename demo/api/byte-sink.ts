const size = 256 * 1024

/** Gathers text as bytes, so that long answers are neither joined as strings nor encoded twice. */
export class ByteSink {
  #buffer = Buffer.allocUnsafeSlow(size)
  #length = 0

  get length(): number {
    return this.#length
  }

  /** @param text nothing but ASCII, which takes one byte a character */
  ascii(text: string): void {
    this.#reserve(text.length)
    this.#length += this.#buffer.latin1Write(text, this.#length)
  }

  text(text: string): void {
    // UTF-8 takes at most three bytes for each UTF-16 unit.
    this.#reserve(text.length * 3)
    this.#length += this.#buffer.utf8Write(text, this.#length)
  }

  bytes(data: Uint8Array): void {
    this.#reserve(data.length)
    this.#buffer.set(data, this.#length)
    this.#length += data.length
  }

  /** What has been gathered; the sink is empty afterwards. */
  take(): Buffer {
    const taken = this.#buffer.subarray(0, this.#length)
    this.#buffer = Buffer.allocUnsafeSlow(size)
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
