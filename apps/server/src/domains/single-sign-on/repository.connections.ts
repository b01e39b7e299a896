import type { OrganisationId } from '@clew/contract/primitives'
import type { SsoConnectionId, SsoKind, SsoOptions, SsoProvider, SsoState } from '@clew/contract/single-sign-on'
import { type Selectable, sql, type Updateable } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import type { SsoConnections } from '../../platform/generated/schema.ts'
import { sqlOf } from '../../platform/sql.ts'
import type { ConnectionRow } from './model.ts'

const connectionOf = (row: Selectable<SsoConnections>): ConnectionRow => ({
  id: row.id as SsoConnectionId,
  organisationId: row.organisation_id as OrganisationId,
  kind: row.kind as SsoKind,
  provider: row.provider as SsoProvider,
  name: row.name,
  state: row.state as SsoState,
  version: row.version,
  domains: row.domains,
  options: row.options as SsoOptions,
  metadataUrl: row.metadata_url ?? undefined,
  metadataReadAt: row.metadata_read_at ?? undefined,
  metadataFailure: row.metadata_failure ?? undefined,
  idpEntityId: row.idp_entity_id ?? undefined,
  idpSsoUrl: row.idp_sso_url ?? undefined,
  certificates: row.certificates,
  sealedKey: row.sealed_key ?? undefined,
  ownCertificate: row.own_certificate ?? undefined,
  issuer: row.issuer ?? undefined,
  clientId: row.client_id ?? undefined,
  sealedSecret: row.sealed_secret ?? undefined,
})

export type NewConnection = Pick<
  ConnectionRow,
  'id' | 'organisationId' | 'kind' | 'provider' | 'name' | 'options' | 'sealedKey' | 'ownCertificate'
>

/** Answers whether it was added: an organisation has a name once. */
export async function insertConnection(tx: TxCtx, draft: NewConnection): Promise<boolean> {
  const now = tx.clock.now()
  const result = await sqlOf(tx)
    .insertInto('sso_connections')
    .values({
      id: draft.id,
      organisation_id: draft.organisationId,
      kind: draft.kind,
      provider: draft.provider,
      name: draft.name,
      state: 'draft',
      options: JSON.stringify(draft.options),
      sealed_key: draft.sealedKey ?? null,
      own_certificate: draft.ownCertificate ?? null,
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0
}

export async function listConnections(tx: TxCtx, organisationId: OrganisationId): Promise<ConnectionRow[]> {
  const rows = await sqlOf(tx)
    .selectFrom('sso_connections')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(connectionOf)
}

/** Whoever's it is. In the scope of the system, for what comes in from outside. */
export async function findConnection(tx: TxCtx, id: string): Promise<ConnectionRow | undefined> {
  const row = await sqlOf(tx).selectFrom('sso_connections').selectAll().where('id', '=', id).executeTakeFirst()
  return row && connectionOf(row)
}

type Place = { id: string; organisationId: OrganisationId }

export async function lockConnection(tx: TxCtx, { id, organisationId }: Place): Promise<ConnectionRow | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('sso_connections')
    .selectAll()
    .where('id', '=', id)
    .where('organisation_id', '=', organisationId)
    .forUpdate()
    .executeTakeFirst()
  return row && connectionOf(row)
}

export async function isNameTaken(tx: TxCtx, { id, organisationId }: Place, name: string): Promise<boolean> {
  const row = await sqlOf(tx)
    .selectFrom('sso_connections')
    .select('id')
    .where('organisation_id', '=', organisationId)
    .where('id', '<>', id)
    .where((eb) => eb(eb.fn('lower', ['name']), '=', name.toLowerCase()))
    .executeTakeFirst()
  return row !== undefined
}

export type ConnectionChange = Partial<
  Pick<
    ConnectionRow,
    | 'name'
    | 'provider'
    | 'state'
    | 'domains'
    | 'options'
    | 'metadataUrl'
    | 'metadataReadAt'
    | 'metadataFailure'
    | 'idpEntityId'
    | 'idpSsoUrl'
    | 'certificates'
    | 'issuer'
    | 'clientId'
    | 'sealedSecret'
  >
>

/** Writes what is named in the change; `undefined` there empties it. The version goes up. */
export async function updateConnection(
  tx: TxCtx,
  { id, organisationId }: Place,
  change: ConnectionChange,
): Promise<ConnectionRow> {
  const row = await sqlOf(tx)
    .updateTable('sso_connections')
    .set({ ...columnsOf(change), version: sql`version + 1`, updated_at: tx.clock.now() })
    .where('id', '=', id)
    .where('organisation_id', '=', organisationId)
    .returningAll()
    .executeTakeFirstOrThrow()
  return connectionOf(row)
}

const columns = {
  name: 'name',
  provider: 'provider',
  state: 'state',
  domains: 'domains',
  options: 'options',
  metadataUrl: 'metadata_url',
  metadataReadAt: 'metadata_read_at',
  metadataFailure: 'metadata_failure',
  idpEntityId: 'idp_entity_id',
  idpSsoUrl: 'idp_sso_url',
  certificates: 'certificates',
  issuer: 'issuer',
  clientId: 'client_id',
  sealedSecret: 'sealed_secret',
} as const satisfies Record<keyof ConnectionChange, keyof SsoConnections>

function columnsOf(change: ConnectionChange): Updateable<SsoConnections> {
  const entries = Object.entries(change).map(([name, value]) => [
    columns[name as keyof ConnectionChange],
    name === 'options' ? JSON.stringify(value) : (value ?? null),
  ])
  return Object.fromEntries(entries) as Updateable<SsoConnections>
}

/** The daily reading of metadata changes nothing that an administrator has open. */
export async function noteMetadata(
  tx: TxCtx,
  id: SsoConnectionId,
  { failure }: { failure: string | undefined },
): Promise<void> {
  await sqlOf(tx)
    .updateTable('sso_connections')
    .set({ metadata_failure: failure ?? null, ...(failure === undefined ? { metadata_read_at: tx.clock.now() } : {}) })
    .where('id', '=', id)
    .execute()
}

export async function deleteConnection(tx: TxCtx, { id, organisationId }: Place): Promise<void> {
  await sqlOf(tx)
    .deleteFrom('sso_connections')
    .where('id', '=', id)
    .where('organisation_id', '=', organisationId)
    .execute()
}

/** SAML connections that are in use or about to be, with whose metadata or certificates something may be due. */
export async function listSamlConnections(tx: TxCtx): Promise<ConnectionRow[]> {
  const rows = await sqlOf(tx)
    .selectFrom('sso_connections')
    .selectAll()
    .where('kind', '=', 'saml')
    .where('state', '<>', 'off')
    .orderBy('id')
    .execute()
  return rows.map(connectionOf)
}
