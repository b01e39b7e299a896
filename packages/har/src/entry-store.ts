/** A cleaned entry that waits for the end of the first pass, as JSON. */
export interface StoredEntry {
  index: number
  bytes: Uint8Array
}

interface Pack {
  indexes: number[]
  lengths: number[]
  bytes: Uint8Array
  isPacked: boolean
}

const PACK_BYTES = 1 << 20

/** Of a large capture so much is kept as it is. */
const PLAIN_SHARE = 0.25

/**
 * Keeps cleaned entries between the passes in little memory. They are much alike, so packed they take an eighth; the platform
 * packs beside the thread that cleans. Where it cannot, they are kept as they are and fewer have room.
 */
export class EntryStore {
  count = 0
  readonly #room: number
  /** Beyond this entries are packed, which costs time. */
  readonly #plainRoom: number
  readonly #canPack = typeof CompressionStream === 'function'
  readonly #encoder = new TextEncoder()
  /** Entries are written one behind the other into the same memory, and leave it as a pack. */
  readonly #desk = new Uint8Array(PACK_BYTES)
  #deskBytes = 0
  #indexes: number[] = []
  #lengths: number[] = []
  readonly #packs: Pack[] = []
  #packBytes = 0
  /** The first pack that may have to be packed. */
  #next = 0
  #packing: Promise<void> = Promise.resolve()

  constructor(room: number, isLarge: boolean) {
    this.#room = room
    this.#plainRoom = isLarge ? room * PLAIN_SHARE : room
  }

  get hasRoom(): boolean {
    return this.#packBytes + this.#deskBytes < this.#room
  }

  add(index: number, json: string): void {
    this.count += 1
    if (json.length * 3 > PACK_BYTES) return this.#addAlone(index, json)
    if (json.length * 3 > PACK_BYTES - this.#deskBytes) this.#clearDesk()
    const { written } = this.#encoder.encodeInto(json, this.#desk.subarray(this.#deskBytes))
    this.#indexes.push(index)
    this.#lengths.push(written)
    this.#deskBytes += written
  }

  /** Call now and then while adding: goes on packing what is beyond the plain room, and waits only for what was begun before. */
  async settle(): Promise<void> {
    await this.#packing
    if (!this.#canPack) return
    this.#packing = this.#packNew()
    // Whoever waits for it sees the error; until then it must not count as unhandled.
    this.#packing.catch(() => {})
  }

  /** Every entry in the order of adding; what was handed out is let go. */
  async *take(): AsyncGenerator<StoredEntry> {
    this.#clearDesk()
    await this.#packing
    let next = this.#unpackNext()
    for (let pack = await next; pack !== undefined; pack = await next) {
      // The platform unpacks the next one while this one is dealt with.
      next = this.#unpackNext()
      next.catch(() => {})
      const { bytes } = pack
      let at = 0
      for (const [i, index] of pack.indexes.entries()) {
        const end = at + (pack.lengths[i] ?? 0)
        yield { index, bytes: bytes.subarray(at, end) }
        at = end
      }
    }
  }

  async #unpackNext(): Promise<Pack | undefined> {
    const pack = this.#packs.shift()
    if (pack?.isPacked === true) pack.bytes = await through(pack.bytes, new DecompressionStream('deflate-raw'))
    return pack
  }

  async #packNew(): Promise<void> {
    for (; this.#next < this.#packs.length; this.#next += 1) {
      const pack = this.#packs[this.#next]
      if (pack === undefined || this.#packBytes < this.#plainRoom) continue
      const packed = await through(pack.bytes, new CompressionStream('deflate-raw'))
      this.#packBytes += packed.length - pack.bytes.length
      pack.bytes = packed
      pack.isPacked = true
    }
  }

  #addAlone(index: number, json: string): void {
    this.#clearDesk()
    const bytes = this.#encoder.encode(json)
    this.#push({ indexes: [index], lengths: [bytes.length], bytes, isPacked: false })
  }

  #clearDesk(): void {
    if (this.#indexes.length === 0) return
    const bytes = this.#desk.slice(0, this.#deskBytes)
    this.#push({ indexes: this.#indexes, lengths: this.#lengths, bytes, isPacked: false })
    this.#indexes = []
    this.#lengths = []
    this.#deskBytes = 0
  }

  #push(pack: Pack): void {
    this.#packs.push(pack)
    this.#packBytes += pack.bytes.length
  }
}

async function through(bytes: Uint8Array, packer: CompressionStream | DecompressionStream): Promise<Uint8Array> {
  const blob = new Blob([bytes as Uint8Array<ArrayBuffer>])
  return new Uint8Array(await new Response(blob.stream().pipeThrough(packer)).arrayBuffer())
}
