import type { AuditFilter, ExportAudit } from '@clew/contract/audit'
import type { OrganisationId } from '@clew/contract/primitives'
import type { z } from 'zod'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Checkpoint, Head } from '../checkpoint.ts'
import { csvHead, csvRows } from '../csv.ts'
import { type ExportMark, eventLine, lineOf } from '../export-lines.ts'
import { auditSigner } from '../keys.ts'
import { ocsfOf } from '../model.ocsf.ts'
import type { AuditParts } from '../parts.ts'
import { authorizeExport } from '../policy.ts'
import { recordAudit } from '../record.ts'
import { searchForwards } from '../repository.search.ts'
import { readHead, type StoredLink } from '../repository.ts'
import { eventView } from '../views.ts'
import { signCheckpoint } from './sign-checkpoint.ts'

export type Export = { name: string; mediaType: string; body: AsyncIterable<string> }

const pageSize = 500

/**
 * Writes the log out, page by page. That it was, by whom and what of it, is in the log before the first byte leaves.
 * `isMasked`: without what names people, as if it were erased; the chain can be checked all the same. `mark` says in the
 * file itself which export it is of, and who asked for it.
 */
export async function exportLog(
  ctx: Ctx,
  { format, filter, isMasked = false, mark }: z.output<typeof ExportAudit> & { isMasked?: boolean; mark?: ExportMark },
  parts: AuditParts,
): Promise<Export> {
  authorizeExport(ctx.actor)
  const { organisationId } = ctx.actor
  await ctx.transaction(async (tx) => {
    recordAudit(tx, { action: 'audit.exported', metadata: { format, filter } })
  })
  const signed = await parts.asSystem(ctx, 'audit.export').transaction(async (tx) => {
    const head = await readHead(tx, organisationId)
    const checkpoint = await signCheckpoint(tx, organisationId, { reason: 'export', head, parts })
    return { head, checkpoint, publicKey: (await auditSigner(tx, parts.seal)).publicKey }
  })
  const pages = pagesOf(ctx, organisationId, { filter, head: signed.head, isMasked })
  const day = ctx.clock.now().toISOString().slice(0, 10)
  switch (format) {
    case 'csv':
      return { name: `audit-${day}.csv`, mediaType: 'text/csv; charset=utf-8', body: asCsv(pages, mark?.exportId) }
    case 'ocsf':
      return { name: `audit-${day}.ocsf.jsonl`, mediaType: 'application/x-ndjson', body: asOcsf(pages) }
    case 'jsonl': {
      const said = { organisationId, exportedAt: ctx.clock.now(), isFiltered: Object.keys(filter).length > 0, mark }
      return {
        name: `audit-${day}.jsonl`,
        mediaType: 'application/x-ndjson',
        body: asLines(pages, { ...signed, ...said }),
      }
    }
  }
}

type Asked = { filter: AuditFilter; head: Head; isMasked: boolean }

async function* pagesOf(
  ctx: Ctx,
  organisationId: OrganisationId,
  { filter, head, isMasked }: Asked,
): AsyncGenerator<StoredLink[]> {
  for (let after = head.firstSeq - 1; ; ) {
    const from = after
    const page = await ctx.transaction((tx) =>
      searchForwards(tx, organisationId, { filter, after: from, upTo: head.seq, limit: pageSize }),
    )
    const last = page.at(-1)
    if (last === undefined) return
    yield isMasked ? page.map(withoutPersonal) : page
    after = last.seq
  }
}

const withoutPersonal = (link: StoredLink): StoredLink => ({
  ...link,
  personal: link.personal.map(({ part }) => ({ part, kept: undefined })),
})

async function* asCsv(pages: AsyncIterable<StoredLink[]>, mark: string | undefined): AsyncGenerator<string> {
  yield csvHead(mark)
  for await (const page of pages) yield csvRows(page.map(eventView), mark)
}

async function* asOcsf(pages: AsyncIterable<StoredLink[]>): AsyncGenerator<string> {
  for await (const page of pages) yield page.map((link) => `${JSON.stringify(ocsfOf(eventView(link)))}\n`).join('')
}

type Said = {
  head: Head
  checkpoint: Checkpoint
  publicKey: string
  organisationId: string
  exportedAt: Date
  isFiltered: boolean
  mark: ExportMark | undefined
}

async function* asLines(pages: AsyncIterable<StoredLink[]>, said: Said): AsyncGenerator<string> {
  yield lineOf({
    type: 'export',
    format: 'clew-audit-1',
    organisation: said.organisationId,
    exported_at: said.exportedAt.toISOString(),
    is_filtered: said.isFiltered,
    first: { seq: said.head.firstSeq, prev_hash: said.head.firstPrevHash.toString('hex') },
    public_key: said.publicKey,
    ...(said.mark === undefined ? {} : { watermark: said.mark }),
  })
  for await (const page of pages) yield page.map((link) => lineOf(eventLine(link))).join('')
  yield lineOf({ type: 'checkpoint', ...said.checkpoint })
}
