import type { SsoOptions, UpdateSsoConnection } from '@clew/contract/single-sign-on'
import type { MemberActor } from '../../../platform/actor.ts'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { type AuditChange, recordAudit } from '../../audit/index.ts'
import { type ConnectionRow, secretPlace } from '../model.ts'
import { listVerifiedDomains } from '../organisation.ts'
import type { SsoParts } from '../parts.ts'
import { authorizeChangeSso } from '../policy.ts'
import { readSetUp, type SetUpChange } from '../read-set-up.ts'
import {
  type ConnectionChange,
  findConnection,
  isNameTaken,
  lockConnection,
  updateConnection as writeConnection,
} from '../repository.connections.ts'
import { readCertificate } from '../saml/certificates.ts'

type Input = { id: string; change: UpdateSsoConnection }

/** Changes what is named, and reads from the identity provider what it says of itself. */
export async function updateConnection(
  ctx: Ctx,
  { id, change }: Input,
  parts: Pick<SsoParts, 'seal' | 'rules'>,
): Promise<ConnectionRow> {
  const known = await ctx.transaction(async (tx) => {
    authorizeChangeSso(tx.actor)
    return ownConnection(tx, id)
  })
  const setUp =
    change.setUp === undefined ? {} : await readSetUp(known, change.setUp, { now: ctx.clock.now(), rules: parts.rules })
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeChangeSso(actor)
    const connection = await lockConnection(tx, { id, organisationId: actor.organisationId })
    if (!connection) throw new AppError('sso.connection_not_found')
    if (connection.version !== change.version) throw new AppError('sso.conflict')
    await refuseChange(tx, { actor, connection, change })
    return storeChange(tx, { connection, change: { ...plainChange(change), ...setUp } }, parts)
  })
}

export async function ownConnection(tx: TxCtx, id: string): Promise<ConnectionRow> {
  const { actor } = tx
  const found = await findConnection(tx, id)
  if (!found || actor.type !== 'member' || found.organisationId !== actor.organisationId)
    throw new AppError('sso.connection_not_found')
  return found
}

const plainChange = ({ name, provider, domains, options }: UpdateSsoConnection): ConnectionChange => ({
  ...(name === undefined ? {} : { name }),
  ...(provider === undefined ? {} : { provider }),
  ...(domains === undefined ? {} : { domains }),
  ...(options === undefined ? {} : { options }),
})

type Refusable = { actor: MemberActor; connection: ConnectionRow; change: UpdateSsoConnection }

async function refuseChange(tx: TxCtx, { actor, connection, change }: Refusable): Promise<void> {
  const { id, organisationId, options } = connection
  if (change.name !== undefined && (await isNameTaken(tx, { id, organisationId }, change.name)))
    throw new AppError('sso.name_taken')
  const verified = new Set((await listVerifiedDomains(tx, organisationId)).map(({ name }) => name))
  for (const domain of change.domains ?? [])
    if (!verified.has(domain)) throw new AppError('sso.domain_not_verified', { domain })
  // Otherwise whoever sets connections up could make themselves an owner by a group.
  if (change.options && makesOwners(change.options) && !makesOwners(options) && actor.role !== 'owner')
    throw new AppError('sso.owners_only')
}

const makesOwners = ({ defaultRole, customRoleId, groupRules }: SsoOptions): boolean =>
  (defaultRole === 'owner' && customRoleId === null) || groupRules.some(({ role }) => role === 'owner')

/** Writes a change with a new secret sealed, and says in the audit log what it was. */
export async function storeChange(
  tx: TxCtx,
  { connection, change: asked }: { connection: ConnectionRow; change: SetUpChange },
  { seal }: Pick<SsoParts, 'seal'>,
): Promise<ConnectionRow> {
  const { clientSecret, ...change } = asked
  const sealed = clientSecret === undefined ? {} : { sealedSecret: seal.seal(clientSecret, secretPlace(connection.id)) }
  const place = { id: connection.id, organisationId: connection.organisationId }
  const after = await writeConnection(tx, place, { ...change, ...sealed })
  const target = { type: 'sso_connection', id: connection.id, name: after.name }
  recordAudit(tx, {
    action: 'sso.connection.updated',
    targets: [target],
    changes: changesOf(connection, after),
    organisationId: connection.organisationId,
    ...(clientSecret === undefined ? {} : { metadata: { secret: 'replaced' } }),
  })
  for (const [action, gone, kept] of [
    ['sso.certificate_added', after, connection],
    ['sso.certificate_removed', connection, after],
  ] as const)
    for (const pem of gone.certificates.filter((each) => !kept.certificates.includes(each)))
      recordAudit(tx, {
        action,
        targets: [target],
        metadata: { fingerprint: readCertificate(pem)?.fingerprint ?? '' },
        organisationId: connection.organisationId,
      })
  return after
}

const told = ['name', 'provider', 'domains', 'metadataUrl', 'idpEntityId', 'idpSsoUrl', 'issuer', 'clientId'] as const

function changesOf(before: ConnectionRow, after: ConnectionRow): AuditChange[] {
  const plain = told
    .filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    .map((field): AuditChange => ({ field, old: before[field], new: after[field] }))
  const options = (Object.keys(after.options) as (keyof SsoOptions)[])
    .filter((field) => JSON.stringify(before.options[field]) !== JSON.stringify(after.options[field]))
    .map(
      (field): AuditChange => ({
        field: `options.${field}`,
        old: before.options[field] as AuditChange['old'],
        new: after.options[field] as AuditChange['new'],
      }),
    )
  return [...plain, ...options]
}
