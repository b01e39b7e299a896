import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { queueMail } from '../../../platform/mail/outbox.ts'
import { findOrganisation, listOwnersToTell } from '../../organisations/index.ts'
import { certificateMail } from '../mails.ts'
import type { ConnectionRow } from '../model.ts'
import type { SsoParts } from '../parts.ts'
import { authorizeProtocol } from '../policy.ts'
import { describedBy, fetchMetadata } from '../read-set-up.ts'
import { findConnection, listSamlConnections, lockConnection, noteMetadata } from '../repository.connections.ts'
import { deleteOldProposals } from '../repository.proposals.ts'
import { deleteEnded } from '../repository.requests.ts'
import { certificateExpiry, readCertificate } from '../saml/certificates.ts'
import { storeChange } from './update-connection.ts'

/** Reads once a day what identity providers say of themselves: a new certificate is there before the old one ends. */
export async function readMetadataAgain(ctx: Ctx, parts: Pick<SsoParts, 'seal' | 'rules'>): Promise<void> {
  const connections = await ctx.transaction(async (tx) => {
    authorizeProtocol(tx.actor)
    return listSamlConnections(tx)
  })
  for (const connection of connections) if (connection.metadataUrl !== undefined) await readOne(ctx, connection, parts)
}

async function readOne(ctx: Ctx, connection: ConnectionRow, parts: Pick<SsoParts, 'seal' | 'rules'>): Promise<void> {
  const { id, organisationId, metadataUrl = '' } = connection
  const read = await readOr(ctx, metadataUrl, parts)
  await ctx.transaction(async (tx) => {
    authorizeProtocol(tx.actor)
    // Somebody may have changed it while it was read.
    const now = await lockConnection(tx, { id, organisationId })
    if (now?.metadataUrl !== metadataUrl) return
    // Another provider behind the same address is nothing that a job decides.
    const isOther = 'described' in read && read.described.idpEntityId !== now.idpEntityId
    const failure = isOther ? 'metadata.other_provider' : 'failure' in read ? read.failure : undefined
    await noteMetadata(tx, id, { failure })
    if (!('described' in read) || isOther || isSame(now, read.described)) return
    await storeChange(tx, { connection: now, change: read.described }, parts)
  })
}

type Described = Awaited<ReturnType<typeof describedBy>>
type Read = { described: Described } | { failure: string }

async function readOr(ctx: Ctx, url: string, { rules }: Pick<SsoParts, 'rules'>): Promise<Read> {
  try {
    return { described: await describedBy(await fetchMetadata(url, rules), ctx.clock.now()) }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { failure: String(error.params['reason'] ?? error.params['failure'] ?? error.code) }
  }
}

const isSame = (connection: ConnectionRow, read: Described): boolean =>
  connection.idpSsoUrl === read.idpSsoUrl &&
  JSON.stringify([...connection.certificates].sort()) === JSON.stringify([...read.certificates].sort())

/** Tells the owners when the last certificate of a connection ends: 60, 30, 7 and 1 days before, and when it has. */
export async function warnOfCertificates(ctx: Ctx, { baseUrl }: Pick<SsoParts, 'baseUrl'>): Promise<void> {
  const connections = await ctx.transaction(async (tx) => {
    authorizeProtocol(tx.actor)
    return listSamlConnections(tx)
  })
  for (const { id } of connections) await warnOf(ctx, id, baseUrl())
}

async function warnOf(ctx: Ctx, id: string, baseUrl: string): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeProtocol(tx.actor)
    const connection = await findConnection(tx, id)
    const last = connection && lastOf(connection)
    if (!connection || !last) return
    const { daysLeft, warning } = certificateExpiry(last, tx.clock.now())
    if (warning === undefined) return
    const organisation = await findOrganisation(tx, connection.organisationId)
    for (const owner of await listOwnersToTell(tx, connection.organisationId))
      await queueMail(tx, {
        // Once for each limit that is passed, whichever process finds it first.
        idempotencyKey: `sso-certificate:${id}:${last.fingerprint}:${warning}:${owner.id}`,
        to: owner.email,
        ...certificateMail(owner.locale, {
          connection: connection.name,
          organisation: organisation?.name ?? '',
          days: Math.max(0, daysLeft),
          until: last.notAfter,
          link: `${baseUrl}/app/console/sso`,
        }),
      })
  })
}

/** While the next one is already here, nothing ends with the first. */
const lastOf = ({ certificates }: ConnectionRow) =>
  certificates
    .flatMap((pem) => readCertificate(pem) ?? [])
    .sort((a, b) => b.notAfter.getTime() - a.notAfter.getTime())[0]

/** Forgets what can be believed no more. */
export async function forgetEnded(ctx: Ctx): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeProtocol(tx.actor)
    await deleteEnded(tx, new Date(tx.clock.now().getTime() - 3_600_000))
    await deleteOldProposals(tx)
  })
}
