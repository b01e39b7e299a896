import type { OrganisationId } from '@clew/contract/primitives'
import { sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'
import type { OrganisationKind } from './model.ts'

export type OrganisationRow = {
  id: OrganisationId
  name: string
  slug: string
  kind: OrganisationKind
  region: string | null
  createdAt: Date
  members: number
  owners: number
}

const selected = sql`
  SELECT id, name, slug, kind, region, created_at AS "createdAt",
    (SELECT count(*)::int FROM members WHERE organisation_id = organisations.id AND removed_at IS NULL) AS members,
    (SELECT count(*)::int FROM members WHERE organisation_id = organisations.id AND removed_at IS NULL
       AND role = 'owner' AND deactivated_at IS NULL) AS owners
    FROM organisations`

/** The team's own first, then by name. */
export async function listOrganisations(tx: TxCtx): Promise<OrganisationRow[]> {
  const { rows } = await sql<OrganisationRow>`
    ${selected} WHERE archived_at IS NULL ORDER BY kind DESC, lower(name), id LIMIT 1000`.execute(sqlOf(tx))
  return rows
}

export async function findOrganisation(tx: TxCtx, id: string): Promise<OrganisationRow | undefined> {
  const { rows } = await sql<OrganisationRow>`${selected} WHERE id = ${id} AND archived_at IS NULL`.execute(sqlOf(tx))
  return rows[0]
}

export async function findOrganisationBySlug(tx: TxCtx, slug: string): Promise<OrganisationRow | undefined> {
  const { rows } = await sql<OrganisationRow>`
    ${selected} WHERE slug = ${slug} AND archived_at IS NULL`.execute(sqlOf(tx))
  return rows[0]
}

export async function updateOrganisation(
  tx: TxCtx,
  { id, name, slug, region }: Pick<OrganisationRow, 'id' | 'name' | 'slug' | 'region'>,
): Promise<void> {
  await sqlOf(tx).updateTable('organisations').set({ name, slug, region }).where('id', '=', id).execute()
}
