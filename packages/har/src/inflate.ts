/**
 * Inflates gzip, zlib and raw deflate (RFC 1950–1952) synchronously, which neither browsers nor Node offer alike.
 * Checksums are not verified: the result is searched for secrets, never executed or trusted.
 */
export function inflate(bytes: Uint8Array, maxBytes = 8 << 20): Uint8Array | undefined {
  const start = startOfDeflate(bytes)
  if (start === undefined) return undefined
  try {
    return new Inflater(bytes, start, maxBytes).run()
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    throw error
  }
}

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8
}

class Unreadable extends Error {}

/** Where the deflate stream begins: after a gzip or zlib header, or at once. */
function startOfDeflate(bytes: Uint8Array): number | undefined {
  if (isGzip(bytes)) return endOfGzipHeader(bytes)
  const [method = 0, flags = 0] = bytes
  const isZlib = (method & 15) === 8 && method >> 4 <= 7 && ((method << 8) | flags) % 31 === 0 && (flags & 32) === 0
  return isZlib ? 2 : 0
}

function endOfGzipHeader(bytes: Uint8Array): number | undefined {
  const flags = bytes[3] ?? 0
  let at = 10
  if ((flags & 4) !== 0) at += 2 + (bytes[at] ?? 0) + ((bytes[at + 1] ?? 0) << 8)
  for (const flag of [8, 16]) if ((flags & flag) !== 0) at = bytes.indexOf(0, at) + 1 || bytes.length
  if ((flags & 2) !== 0) at += 2
  return at < bytes.length ? at : undefined
}

/** Codes by length, then the symbols in order of their codes (canonical Huffman). */
interface Huffman {
  counts: Uint16Array
  symbols: Uint16Array
}

function huffmanOf(lengths: Uint8Array): Huffman {
  const counts = new Uint16Array(16)
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1
  counts[0] = 0
  const offsets = new Uint16Array(16)
  for (let i = 1; i < 16; i += 1) offsets[i] = (offsets[i - 1] ?? 0) + (counts[i - 1] ?? 0)
  const symbols = new Uint16Array(lengths.length)
  lengths.forEach((length, symbol) => {
    if (length === 0) return
    const at = offsets[length] ?? 0
    symbols[at] = symbol
    offsets[length] = at + 1
  })
  return { counts, symbols }
}

const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
].concat(163, 195, 227, 258)
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
const DISTANCE_BASE = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537,
].concat(2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577)
const CODE_LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

const FIXED_LITERALS = huffmanOf(
  Uint8Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8)),
)
const FIXED_DISTANCES = huffmanOf(new Uint8Array(30).fill(5))

class Inflater {
  readonly #in: Uint8Array
  readonly #maxBytes: number
  #at: number
  #bits = 0
  #bitCount = 0
  #out: Uint8Array
  #size = 0

  constructor(bytes: Uint8Array, start: number, maxBytes: number) {
    this.#in = bytes
    this.#at = start
    this.#maxBytes = maxBytes
    this.#out = new Uint8Array(Math.min(maxBytes, Math.max(1_024, bytes.length * 4)))
  }

  /** A stream that is longer than allowed is cut there: what was read is still worth searching. */
  run(): Uint8Array {
    for (let isLast = false; !isLast && this.#size < this.#maxBytes; ) {
      isLast = this.#take(1) === 1
      const type = this.#take(2)
      if (type === 0) this.#stored()
      else if (type === 1) this.#compressed(FIXED_LITERALS, FIXED_DISTANCES)
      else if (type === 2) this.#dynamic()
      else throw new Unreadable()
    }
    return this.#out.subarray(0, this.#size)
  }

  #take(count: number): number {
    while (this.#bitCount < count) {
      const byte = this.#in[this.#at]
      if (byte === undefined) throw new Unreadable()
      this.#at += 1
      this.#bits |= byte << this.#bitCount
      this.#bitCount += 8
    }
    const value = this.#bits & ((1 << count) - 1)
    this.#bits >>>= count
    this.#bitCount -= count
    return value
  }

  #decode({ counts, symbols }: Huffman): number {
    let code = 0
    let first = 0
    let index = 0
    for (let length = 1; length < 16; length += 1) {
      code |= this.#take(1)
      const count = counts[length] ?? 0
      if (code - count < first) return symbols[index + code - first] ?? 0
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    throw new Unreadable()
  }

  #stored(): void {
    this.#bits = 0
    this.#bitCount = 0
    const length = (this.#in[this.#at] ?? 0) | ((this.#in[this.#at + 1] ?? 0) << 8)
    const check = (this.#in[this.#at + 2] ?? 0) | ((this.#in[this.#at + 3] ?? 0) << 8)
    const from = this.#at + 4
    if (length !== (~check & 0xffff) || from + length > this.#in.length) throw new Unreadable()
    for (let i = 0; i < length; i += 1) this.#put(this.#in[from + i] ?? 0)
    this.#at = from + length
  }

  #dynamic(): void {
    const literalCount = this.#take(5) + 257
    const distanceCount = this.#take(5) + 1
    const codeCount = this.#take(4) + 4
    const codeLengths = new Uint8Array(19)
    for (const order of CODE_LENGTH_ORDER.slice(0, codeCount)) codeLengths[order] = this.#take(3)
    const lengths = this.#readLengths(huffmanOf(codeLengths), literalCount + distanceCount)
    if (lengths[256] === 0) throw new Unreadable()
    this.#compressed(huffmanOf(lengths.subarray(0, literalCount)), huffmanOf(lengths.subarray(literalCount)))
  }

  #readLengths(codes: Huffman, count: number): Uint8Array {
    const lengths = new Uint8Array(count)
    for (let i = 0; i < count; ) {
      const symbol = this.#decode(codes)
      if (symbol < 16) {
        lengths[i] = symbol
        i += 1
        continue
      }
      if (symbol === 16 && i === 0) throw new Unreadable()
      const value = symbol === 16 ? (lengths[i - 1] ?? 0) : 0
      const repeat = symbol === 16 ? 3 + this.#take(2) : symbol === 17 ? 3 + this.#take(3) : 11 + this.#take(7)
      if (i + repeat > count) throw new Unreadable()
      lengths.fill(value, i, i + repeat)
      i += repeat
    }
    return lengths
  }

  #compressed(literals: Huffman, distances: Huffman): void {
    while (this.#size < this.#maxBytes) {
      const symbol = this.#decode(literals)
      if (symbol === 256) return
      if (symbol < 256) this.#put(symbol)
      else this.#repeat(symbol - 257, distances)
    }
  }

  #repeat(symbol: number, distances: Huffman): void {
    const length = (LENGTH_BASE[symbol] ?? 0) + this.#take(LENGTH_BITS[symbol] ?? 0)
    const distanceSymbol = this.#decode(distances)
    const distanceBits = distanceSymbol < 2 ? 0 : (distanceSymbol >> 1) - 1
    const distance = (DISTANCE_BASE[distanceSymbol] ?? Number.POSITIVE_INFINITY) + this.#take(distanceBits)
    if (symbol > 28 || distance > this.#size) throw new Unreadable()
    for (let i = 0; i < length; i += 1) this.#put(this.#out[this.#size - distance] ?? 0)
  }

  #put(byte: number): void {
    if (this.#size >= this.#maxBytes) return
    if (this.#size === this.#out.length) {
      const larger = new Uint8Array(Math.min(this.#maxBytes, this.#out.length * 2))
      larger.set(this.#out)
      this.#out = larger
    }
    this.#out[this.#size] = byte
    this.#size += 1
  }
}
