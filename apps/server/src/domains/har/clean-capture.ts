import { type Capture, readCapture } from '@clew/har'

const newline = 0x0a
const encoder = new TextEncoder()
const [beforeEntry, afterEntry] = [encoder.encode('{"log":{"entries":['), encoder.encode(']}}')]

/**
 * Reads a clean capture while it is written, so that the whole of it is never in memory. The sanitiser writes the head
 * of the log on the first line, then each entry on a line of its own.
 */
export class CleanCapture {
  readonly #entries: Capture['entries'] = []
  #head: Capture | undefined
  #isSanitised = false
  #lacksCredentials = true
  #parts: Uint8Array[] = []
  /** Where the line that is being gathered begins, in the file. */
  #lineStart = 0
  #at = 0
  #index = 0

  push(chunk: Uint8Array): void {
    let from = 0
    for (;;) {
      const end = chunk.indexOf(newline, from)
      if (end === -1) break
      this.#parts.push(chunk.subarray(from, end))
      this.#readLine(joined(this.#parts))
      this.#parts = []
      from = end + 1
      this.#lineStart = this.#at + from
    }
    if (from < chunk.length) this.#parts.push(chunk.slice(from))
    this.#at += chunk.length
  }

  end(): Capture {
    const head = this.#head ?? readCapture(joined([beforeEntry, afterEntry]))
    return {
      ...head,
      entries: this.#entries,
      isSanitised: this.#isSanitised,
      lacksCredentials: this.#lacksCredentials,
    }
  }

  #readLine(line: Uint8Array): void {
    if (this.#head === undefined) {
      this.#head = readCapture(joined([line, afterEntry]))
      return
    }
    const length = line.at(-1) === 0x2c ? line.length - 1 : line.length
    if (line[0] !== 0x7b) return
    const one = readCapture(joined([beforeEntry, line.subarray(0, length), afterEntry]))
    const [entry] = one.entries
    const span = { start: this.#lineStart, end: this.#lineStart + length }
    if (entry) this.#entries.push({ ...entry, index: this.#index, span })
    this.#index += 1
    this.#isSanitised ||= one.isSanitised
    this.#lacksCredentials &&= one.lacksCredentials
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
