import { AppError } from '../app-error.ts'

/** One part of a form with files (RFC 7578). Its body has to be read, or left, before the next part comes. */
export type Part = {
  name: string
  /** Of a file; an empty one when no file was chosen. */
  fileName: string | undefined
  mediaType: string | undefined
  body: AsyncIterable<Buffer>
}

const longestHeader = 8192
const largestPiece = 65_536
const malformed = (): AppError => new AppError('input.invalid', { field: 'body' })

/** Of a content type such as `multipart/form-data; boundary=…`. */
export function boundaryOf(contentType: string | undefined): string | undefined {
  const found = /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"\r\n]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType ?? '')
  return found?.[1] ?? found?.[2]
}

/** The parts of a form as they come, without holding more than a piece of any in memory. */
export async function* readParts(
  source: AsyncIterable<Buffer>,
  boundary: string,
  mostBytes: number,
): AsyncGenerator<Part> {
  const reader = new PieceReader(source, mostBytes)
  const delimiter = Buffer.from(`\r\n--${boundary}`)
  reader.unread(Buffer.from('\r\n'))
  for await (const _preamble of reader.until(delimiter)) continue
  for (;;) {
    const end = await reader.take(2)
    if (end.equals(Buffer.from('--'))) return
    if (!end.equals(Buffer.from('\r\n'))) throw malformed()
    const headers = await reader.headers()
    const body = reader.until(delimiter)
    yield { ...headers, body }
    // What nobody wanted still has to pass.
    for await (const _rest of body) continue
  }
}

class PieceReader {
  readonly #source: AsyncIterator<Buffer>
  readonly #most: number
  #read = 0
  #buffer: Buffer = Buffer.alloc(0)

  constructor(source: AsyncIterable<Buffer>, most: number) {
    this.#source = source[Symbol.asyncIterator]()
    this.#most = most
  }

  unread(bytes: Buffer): void {
    this.#buffer = Buffer.concat([bytes, this.#buffer])
  }

  async *until(delimiter: Buffer): AsyncGenerator<Buffer> {
    for (;;) {
      const at = this.#buffer.indexOf(delimiter)
      const end = at < 0 ? Math.max(0, this.#buffer.length - delimiter.length + 1) : at
      // Small pieces, whatever came at once: whoever counts them must be able to stop in time.
      const safe = Math.min(end, largestPiece)
      if (safe > 0) {
        const piece = this.#buffer.subarray(0, safe)
        this.#buffer = this.#buffer.subarray(safe)
        yield piece
        continue
      }
      if (at === 0) {
        this.#buffer = this.#buffer.subarray(delimiter.length)
        return
      }
      await this.#more()
    }
  }

  async take(count: number): Promise<Buffer> {
    while (this.#buffer.length < count) await this.#more()
    const taken = this.#buffer.subarray(0, count)
    this.#buffer = this.#buffer.subarray(count)
    return taken
  }

  async headers(): Promise<Omit<Part, 'body'>> {
    let at = this.#buffer.indexOf('\r\n\r\n')
    while (at < 0) {
      if (this.#buffer.length > longestHeader) throw malformed()
      await this.#more()
      at = this.#buffer.indexOf('\r\n\r\n')
    }
    const text = (await this.take(at + 4)).toString('utf8')
    const disposition = /^content-disposition:\s*form-data\s*;(.*)$/im.exec(text)?.[1] ?? ''
    const name = valueOf(disposition, 'name')
    if (name === undefined) throw malformed()
    return {
      name,
      fileName: valueOf(disposition, 'filename'),
      mediaType: /^content-type:\s*(\S[^\r\n]*)$/im.exec(text)?.[1],
    }
  }

  async #more(): Promise<void> {
    const next = await this.#source.next()
    if (next.done === true) throw malformed()
    this.#read += next.value.length
    if (this.#read > this.#most) throw new AppError('input.too_large')
    this.#buffer = this.#buffer.length === 0 ? next.value : Buffer.concat([this.#buffer, next.value])
  }
}

/** Browsers write a quotation mark in a name as %22. */
const valueOf = (disposition: string, key: 'name' | 'filename'): string | undefined =>
  new RegExp(`(?:^|[;\\s])${key}="([^"]*)"`, 'i').exec(disposition)?.[1]?.replaceAll('%22', '"')
