import { Readable } from 'node:stream'
import { uuidOf } from '../../platform/ids.ts'
import { type StorageKey, storageKeyOf } from '../../platform/storage/key.ts'
import type { SealedStorage } from '../../platform/storage/sealed.ts'
import { type Masking, masked } from './masks.ts'
import type { ExportRow } from './model.ts'
import type { PieceRow } from './repository.pieces.ts'
import type { RawRow } from './sections/index.ts'
import { type FileName, shapes } from './shapes.ts'

export type Line = Readonly<Record<string, unknown>>

/** A row as it leaves: its columns in order, masked, and which export it is of. */
export function lineOf(file: FileName, { values, people = [] }: RawRow, mark: Masking & { exportId: string }): Line {
  const columns = Object.entries(shapes[file])
  return {
    export_id: mark.exportId,
    ...Object.fromEntries(columns.map(([name, kind]) => [name, masked(values[name], kind, { ...mark, people })])),
  }
}

/** Where a piece lies: the same one each time it is made again. */
const keyOf = (row: ExportRow, file: FileName, number: number): StorageKey =>
  storageKeyOf(uuidOf('export piece', row.id, String(row.runs), file, String(number)))

/** Stores some rows of a file as lines of JSON, without holding them all. Undefined where there were none. */
export async function storePiece(
  { file, rows }: { file: FileName; rows: AsyncIterable<RawRow> },
  to: { row: ExportRow; number: number; masking: Masking; storage: SealedStorage },
): Promise<PieceRow> {
  const storageKey = keyOf(to.row, file, to.number)
  const counted = { rows: 0 }
  const mark = { ...to.masking, exportId: to.row.id }
  async function* lines(): AsyncGenerator<string> {
    for await (const row of rows) {
      counted.rows += 1
      yield `${JSON.stringify(lineOf(file, row, mark))}\n`
    }
  }
  await to.storage.put(storageKey, Readable.from(inBlocks(lines()), { objectMode: false }))
  return { file, number: to.number, storageKey, rows: counted.rows }
}

const blockLength = 64_000

/** Fewer, larger pieces of text: each has its cost on the way through a stream. */
export async function* inBlocks(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let block = ''
  for await (const text of texts) {
    block += text
    if (block.length < blockLength) continue
    yield block
    block = ''
  }
  if (block !== '') yield block
}

/** The lines of pieces, one after the other. Only a line feed ends one: other breaks may stand in what people wrote. */
export async function* linesOf(
  pieces: readonly Pick<PieceRow, 'storageKey'>[],
  storage: SealedStorage,
): AsyncGenerator<string> {
  for (const { storageKey } of pieces) {
    const decoder = new TextDecoder()
    let rest = ''
    for await (const bytes of (await storage.get(storageKey)) as AsyncIterable<Buffer>) {
      const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
    }
  }
}
