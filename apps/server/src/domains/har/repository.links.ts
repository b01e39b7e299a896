import type { AgentId, CaptureId, CaptureLinkId, ContactId } from '@clew/contract/primitives'
import type { Selectable } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import type { CaptureLinks, CaptureLinkUses } from '../../platform/generated/schema.ts'
import { sqlOf } from '../../platform/sql.ts'
import type { CaptureLinkRow, LinkUse } from './model.links.ts'

const linkOf = (row: Selectable<CaptureLinks>): CaptureLinkRow => ({
  id: row.id as CaptureLinkId,
  captureId: row.capture_id as CaptureId,
  contactId: row.contact_id as ContactId,
  passwordHash: row.password_hash ?? undefined,
  mayDownload: row.may_download,
  createdBy: row.created_by as AgentId,
  createdByName: row.created_by_name,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  revokedAt: row.revoked_at ?? undefined,
})

const useOf = (row: Selectable<CaptureLinkUses>): LinkUse => ({
  linkId: row.link_id as CaptureLinkId,
  kind: row.kind as LinkUse['kind'],
  agentName: row.agent_name ?? undefined,
  addressHash: row.address_hash,
  at: row.at,
})

export async function insertLink(tx: TxCtx, link: CaptureLinkRow, tokenHash: Buffer): Promise<void> {
  await sqlOf(tx)
    .insertInto('capture_links')
    .values({
      id: link.id,
      capture_id: link.captureId,
      contact_id: link.contactId,
      token_hash: tokenHash,
      password_hash: link.passwordHash ?? null,
      may_download: link.mayDownload,
      created_by: link.createdBy,
      created_by_name: link.createdByName,
      created_at: link.createdAt,
      expires_at: link.expiresAt,
    })
    .execute()
}

export async function lockLink(tx: TxCtx, id: CaptureLinkId): Promise<CaptureLinkRow | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('capture_links')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row && linkOf(row)
}

/** Holds the link, so that of many guesses at once each is counted before the next. */
export async function lockLinkByToken(tx: TxCtx, tokenHash: Buffer): Promise<CaptureLinkRow | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('capture_links')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .forUpdate()
    .executeTakeFirst()
  return row && linkOf(row)
}

/** Newest first. */
export async function listLinks(tx: TxCtx, captureId: CaptureId): Promise<CaptureLinkRow[]> {
  const rows = await sqlOf(tx)
    .selectFrom('capture_links')
    .selectAll()
    .where('capture_id', '=', captureId)
    .orderBy('created_at', 'desc')
    .limit(50)
    .execute()
  return rows.map(linkOf)
}

export async function revokeLinkRow(tx: TxCtx, id: CaptureLinkId): Promise<void> {
  await sqlOf(tx)
    .updateTable('capture_links')
    .set({ revoked_at: tx.clock.now() })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .execute()
}

export async function insertUse(tx: TxCtx, use: Omit<LinkUse, 'at'>): Promise<string> {
  const id = tx.ids.next()
  await sqlOf(tx)
    .insertInto('capture_link_uses')
    .values({
      id,
      link_id: use.linkId,
      kind: use.kind,
      agent_name: use.agentName ?? null,
      address_hash: use.addressHash,
      at: tx.clock.now(),
    })
    .execute()
  return id
}

export async function deleteUse(tx: TxCtx, id: string): Promise<void> {
  await sqlOf(tx).deleteFrom('capture_link_uses').where('id', '=', id).execute()
}

/** Newest first. */
export async function listUses(
  tx: TxCtx,
  linkId: CaptureLinkId,
  { kind, limit }: { kind?: LinkUse['kind']; limit: number },
): Promise<LinkUse[]> {
  const rows = await sqlOf(tx)
    .selectFrom('capture_link_uses')
    .selectAll()
    .where('link_id', '=', linkId)
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? ''))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(useOf)
}

export async function countViews(tx: TxCtx, linkId: CaptureLinkId): Promise<number> {
  const { count } = await sqlOf(tx)
    .selectFrom('capture_link_uses')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('link_id', '=', linkId)
    .where('kind', '=', 'viewed')
    .executeTakeFirstOrThrow()
  return Number(count)
}
