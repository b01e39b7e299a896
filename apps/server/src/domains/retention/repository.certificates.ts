import type { OrganisationId } from '@clew/contract/primitives'
import { sql } from 'kysely'
import { isOfBound } from '../../platform/bound.repository.ts'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'
import type { Certificate, Tombstone } from './certificate.ts'

export type TombstonesOf = { ofId: string; organisationId: OrganisationId }

export async function insertTombstones(
  tx: TxCtx,
  { ofId, organisationId }: TombstonesOf,
  stones: readonly Tombstone[],
): Promise<void> {
  if (stones.length === 0) return
  await sqlOf(tx)
    .insertInto('retention_tombstones')
    .values(
      stones.map((stone) => ({
        of_id: ofId,
        organisation_id: organisationId,
        class: stone.class,
        id_hash: stone.idHash,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function listTombstones(tx: TxCtx, ofId: string): Promise<Tombstone[]> {
  const rows = await sqlOf(tx)
    .selectFrom('retention_tombstones')
    .select(['class', 'id_hash'])
    .where('of_id', '=', ofId)
    .execute()
  return rows.map((row) => ({ class: row.class, idHash: row.id_hash }))
}

export type StoredCertificate = Certificate & { ofId: string; organisationId: OrganisationId }

export async function insertCertificate(tx: TxCtx, certificate: StoredCertificate): Promise<void> {
  await sqlOf(tx)
    .insertInto('retention_certificates')
    .values({
      id: certificate.id,
      organisation_id: certificate.organisationId,
      of_id: certificate.ofId,
      statement: certificate.statement,
      signature: certificate.signature,
      public_key: certificate.publicKey,
      at: tx.clock.now(),
    })
    .execute()
}

export async function findCertificate(tx: TxCtx, id: string): Promise<StoredCertificate | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('retention_certificates')
    .selectAll()
    .where('id', '=', id)
    .where(isOfBound(tx, 'organisation_id'))
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      ofId: row.of_id,
      organisationId: row.organisation_id as OrganisationId,
      statement: row.statement,
      signature: row.signature,
      publicKey: row.public_key,
    }
  )
}

/** The certificates of runs, by run. */
export async function listCertificateIds(tx: TxCtx, ofIds: readonly string[]): Promise<Map<string, string>> {
  if (ofIds.length === 0) return new Map()
  const rows = await sqlOf(tx)
    .selectFrom('retention_certificates')
    .select(['id', 'of_id'])
    .where(sql<boolean>`of_id = ANY (${[...ofIds]}::uuid[])`)
    .execute()
  return new Map(rows.map((row) => [row.of_id, row.id]))
}
