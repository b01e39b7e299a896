import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { MemberActor } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { exportAudit } from '../audit/index.ts'
import type { MemberRow } from '../organisations/index.ts'
import { memberOf } from '../sign-in/index.ts'
import { csvHead, csvRows } from './csv.ts'
import type { ExportRow } from './model.ts'
import type { ExportParts } from './parts.ts'
import { inBlocks, linesOf } from './pieces.ts'
import type { PieceRow } from './repository.pieces.ts'
import { auditFilterOf } from './sections/index.ts'
import { type FileName, fileNames } from './shapes.ts'
import { type ZipEntry, zipOf } from './zip.ts'

export type Writing = {
  ctx: Ctx
  row: ExportRow
  requester: MemberRow
  approver: string | undefined
  pieces: readonly PieceRow[]
  password: string
  expiresAt: Date
}

type Listed = { name: string; rows?: number; sha256: string }

/** The whole archive as a stream: each file as lines of JSON and as a table, and last what it is and for whom. */
export function archiveOf(writing: Writing, parts: ExportParts): Readable {
  const { ctx, row, requester, password } = writing
  const at = ctx.clock.now()
  const comment = `Clew export ${row.id}, for ${requester.name} <${requester.email}>, ${at.toISOString()}`
  return zipOf(() => entriesOf(writing, parts), { password, comment, at })
}

async function* entriesOf(writing: Writing, parts: ExportParts): AsyncGenerator<ZipEntry> {
  const listed: Listed[] = []
  const entry = (name: string, texts: AsyncIterable<string>, rows?: number): ZipEntry => {
    const hash = createHash('sha256')
    async function* hashed(): AsyncGenerator<string> {
      for await (const text of inBlocks(texts)) {
        hash.update(text)
        yield text
      }
      listed.push({ name, ...(rows === undefined ? {} : { rows }), sha256: hash.digest('hex') })
    }
    return { name, body: Readable.from(hashed(), { objectMode: false }) }
  }
  for (const file of fileNames) {
    const pieces = writing.pieces.filter((piece) => piece.file === file)
    const rows = pieces.reduce((sum, piece) => sum + piece.rows, 0)
    if (rows === 0) continue
    yield entry(`${file}.jsonl`, asLines(file, pieces, { writing, parts }), rows)
    yield entry(`${file}.csv`, asTable(file, linesOf(pieces, parts.storage)), rows)
  }
  for await (const { name, body } of auditFiles(writing, parts)) yield entry(name, body)
  yield entry('manifest.json', once(`${JSON.stringify(manifestOf(writing, listed), null, 2)}\n`))
}

async function* once(text: string): AsyncGenerator<string> {
  yield text
}

async function* asLines(
  file: FileName,
  pieces: readonly PieceRow[],
  { writing, parts }: { writing: Writing; parts: ExportParts },
): AsyncGenerator<string> {
  yield `${JSON.stringify({ watermark: { file, ...watermarkOf(writing) } })}\n`
  for await (const line of linesOf(pieces, parts.storage)) yield `${line}\n`
}

const atOnce = 200

async function* asTable(file: FileName, lines: AsyncIterable<string>): AsyncGenerator<string> {
  yield csvHead(file)
  let some: Record<string, unknown>[] = []
  for await (const line of lines) {
    some.push(JSON.parse(line))
    if (some.length < atOnce) continue
    yield csvRows(file, some)
    some = []
  }
  yield csvRows(file, some)
}

/** The audit room writes its own log, in the name of whoever asked, so that it can be checked without us. */
async function* auditFiles(
  { ctx, row, requester }: Writing,
  parts: ExportParts,
): AsyncGenerator<{ name: string; body: AsyncIterable<string> }> {
  const filter = auditFilterOf(row.content)
  if (filter === undefined) return
  const { email, names, addresses } = row.controls.masks
  const isMasked = [email, names, addresses].some((mode) => mode !== 'shown')
  const actor: MemberActor = memberOf(requester)
  const writtenAt = ctx.clock.now().toISOString()
  const mark = { exportId: row.id, requester: `${requester.name} <${requester.email}>`, writtenAt }
  for (const format of ['jsonl', 'csv'] as const) {
    const { body } = await exportAudit(parts.actAs(ctx, actor), { format, filter, isMasked, mark }, parts.audit)
    yield { name: `audit.${format}`, body }
  }
}

const watermarkOf = ({ ctx, row, requester }: Writing) => ({
  export_id: row.id,
  organisation: requester.organisation.name,
  requested_by: { id: requester.id, name: requester.name, email: requester.email },
  written_at: ctx.clock.now().toISOString(),
})

const manifestOf = (writing: Writing, files: readonly Listed[]) => ({
  format: 'clew-export-1',
  ...watermarkOf(writing),
  reason: writing.row.reason,
  content: writing.row.content,
  masks: writing.row.controls.masks,
  requested_at: writing.row.requestedAt.toISOString(),
  ...(writing.approver === undefined ? {} : { approved_by: writing.approver }),
  delete_after: writing.expiresAt.toISOString(),
  files,
})
