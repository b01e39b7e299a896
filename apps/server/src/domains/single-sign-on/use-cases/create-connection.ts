import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import type { CreateSsoConnection, SsoConnectionId } from '@clew/contract/single-sign-on'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { newLinkToken } from '../../../platform/ids.ts'
import { recordAudit } from '../../audit/index.ts'
import { type ConnectionRow, defaultOptions, keyPlace } from '../model.ts'
import type { SsoParts } from '../parts.ts'
import { authorizeChangeSso } from '../policy.ts'
import { findConnection, insertConnection, listConnections } from '../repository.connections.ts'
import { selfSignedCertificate } from '../saml/self-signed-certificate.ts'

const most = 20

/** A new connection: a draft, with a key of its own where it is one by SAML. */
export async function createConnection(
  ctx: Ctx,
  input: CreateSsoConnection,
  { seal }: Pick<SsoParts, 'seal'>,
): Promise<ConnectionRow> {
  authorizeChangeSso(ctx.actor)
  const id = ctx.ids.next() as SsoConnectionId
  const own = input.kind === 'saml' ? await newKey(ctx.clock.now()) : undefined
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeChangeSso(actor)
    const { organisationId } = actor
    if ((await listConnections(tx, organisationId)).length >= most) throw new AppError('sso.too_many')
    const isNew = await insertConnection(tx, {
      ...input,
      id,
      organisationId,
      options: defaultOptions,
      sealedKey: own && seal.seal(own.privateKey, keyPlace(id)),
      ownCertificate: own?.certificate,
    })
    if (!isNew) throw new AppError('sso.name_taken')
    recordAudit(tx, {
      action: 'sso.connection.created',
      targets: [{ type: 'sso_connection', id, name: input.name }],
      metadata: { kind: input.kind, provider: input.provider },
    })
    const connection = await findConnection(tx, id)
    if (!connection) throw new AppError('sso.connection_not_found')
    return connection
  })
}

const makePair = promisify(generateKeyPair)
const years = 10

async function newKey(now: Date): Promise<{ privateKey: string; certificate: string }> {
  const { privateKey } = await makePair('rsa', { modulusLength: 2048 })
  const notAfter = new Date(now)
  notAfter.setUTCFullYear(now.getUTCFullYear() + years)
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: selfSignedCertificate({
      commonName: 'Clew',
      serialNumber: Buffer.from(newLinkToken(), 'base64url'),
      notBefore: now,
      notAfter,
      privateKey,
    }),
  }
}
