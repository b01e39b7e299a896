import type { AgentId, OrganisationId } from '@clew/contract/primitives'
import type { SettingsGroup } from '@clew/contract/settings'
import { sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'
import type { SavedSettings, SettingsRow, StoredLogo } from './model.settings.ts'

/** The team's own organisation, once there is one. */
export async function findSupportTeam(tx: TxCtx): Promise<OrganisationId | undefined> {
  const row = await sqlOf(tx).selectFrom('organisations').select('id').where('kind', '=', 'support').executeTakeFirst()
  return row?.id as OrganisationId | undefined
}

/** A few bytes that differ whenever a setting does. */
export async function settingsVersion(tx: TxCtx): Promise<string> {
  const rows = await sqlOf(tx).selectFrom('settings').select(['organisation_id', 'name', 'version']).execute()
  return rows
    .map(({ organisation_id, name, version }) => `${organisation_id.slice(-6)}.${name}.${version}`)
    .sort()
    .join(' ')
}

const selected = (tx: TxCtx) =>
  sqlOf(tx)
    .selectFrom('settings')
    .leftJoin('members', 'members.id', 'settings.updated_by')
    .selectAll('settings')
    .select('members.name as updated_by_name')

type Selected = Awaited<ReturnType<ReturnType<typeof selected>['execute']>>[number]

const rowOf = (row: Selected): SettingsRow => ({
  organisationId: row.organisation_id as OrganisationId,
  group: row.name as SettingsGroup,
  version: row.version,
  value: row.value as SavedSettings[SettingsGroup],
  secret: row.secret ?? undefined,
  updatedAt: row.updated_at,
  updatedByName: row.updated_by_name ?? undefined,
})

export async function listSettings(tx: TxCtx, organisationId: OrganisationId): Promise<SettingsRow[]> {
  return (await selected(tx).where('settings.organisation_id', '=', organisationId).execute()).map(rowOf)
}

type Place = { organisationId: OrganisationId; group: SettingsGroup }

/** One group, held until the transaction ends; made empty when it was never saved, so that there is a row to hold. */
export async function lockSettings(tx: TxCtx, { organisationId, group }: Place): Promise<SettingsRow> {
  await sqlOf(tx)
    .insertInto('settings')
    .values({
      organisation_id: organisationId,
      name: group,
      version: 0,
      value: JSON.stringify({}),
      updated_at: tx.clock.now(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await sqlOf(tx)
    .selectFrom('settings')
    .select('version')
    .where('organisation_id', '=', organisationId)
    .where('name', '=', group)
    .forUpdate()
    .execute()
  const row = await selected(tx)
    .where('settings.organisation_id', '=', organisationId)
    .where('settings.name', '=', group)
    .executeTakeFirstOrThrow()
  return rowOf(row)
}

export type SettingsUpdate = Place & {
  version: number
  value: object
  secret: Buffer | undefined
  changedBy: AgentId
}

export async function updateSettings(tx: TxCtx, { organisationId, group, ...update }: SettingsUpdate): Promise<void> {
  await sqlOf(tx)
    .updateTable('settings')
    .set({
      version: update.version,
      value: JSON.stringify(update.value),
      secret: update.secret ?? null,
      updated_at: tx.clock.now(),
      updated_by: update.changedBy,
    })
    .where('organisation_id', '=', organisationId)
    .where('name', '=', group)
    .execute()
}

export async function insertSettingsChange(
  tx: TxCtx,
  { organisationId, group, ...change }: Place & { version: number; before: object; after: object; changedBy: AgentId },
): Promise<void> {
  await sqlOf(tx)
    .insertInto('settings_changes')
    .values({
      id: tx.ids.next(),
      organisation_id: organisationId,
      name: group,
      version: change.version,
      before: JSON.stringify(change.before),
      after: JSON.stringify(change.after),
      changed_by: change.changedBy,
      at: tx.clock.now(),
    })
    .execute()
}

export type SettingsChangeRow = { id: string; at: Date; by: string; before: unknown; after: unknown }

/** The newest first. */
export async function listSettingsChanges(
  tx: TxCtx,
  { organisationId, group, limit }: Place & { limit: number },
): Promise<SettingsChangeRow[]> {
  const rows = await sqlOf(tx)
    .selectFrom('settings_changes')
    .innerJoin('members', 'members.id', 'settings_changes.changed_by')
    .selectAll('settings_changes')
    .select('members.name as by')
    .where('settings_changes.organisation_id', '=', organisationId)
    .where('settings_changes.name', '=', group)
    .orderBy('settings_changes.version', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ id, at, by, before, after }) => ({ id, at, by, before, after }))
}

const keptLogos = 20

/** Keeps a logo, and forgets the oldest of many; the one in use stays. */
export async function storeLogo(tx: TxCtx, logo: StoredLogo): Promise<void> {
  const created_at = tx.clock.now()
  await sqlOf(tx)
    .insertInto('brand_logos')
    .values({ ...logo, created_at })
    .onConflict((conflict) => conflict.column('hash').doUpdateSet({ created_at }))
    .execute()
  await sql`DELETE FROM brand_logos WHERE hash IN (
      SELECT hash FROM brand_logos ORDER BY created_at DESC, hash OFFSET ${keptLogos})
    AND hash NOT IN (SELECT value->'logo'->>'hash' FROM settings WHERE value->'logo' IS NOT NULL)`.execute(sqlOf(tx))
}

export async function findLogo(tx: TxCtx, hash: string): Promise<StoredLogo | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('brand_logos')
    .select(['hash', 'type', 'bytes'])
    .where('hash', '=', hash)
    .executeTakeFirst()
  return row && { hash: row.hash, type: row.type as StoredLogo['type'], bytes: row.bytes }
}
