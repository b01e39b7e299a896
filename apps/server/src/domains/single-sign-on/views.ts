import type { MemberId } from '@clew/contract/primitives'
import type { SsoAttempt, SsoCertificate, SsoConnection } from '@clew/contract/single-sign-on'
import { type ConnectionRow, isComplete, ownValues } from './model.ts'
import type { AttemptRow } from './repository.attempts.ts'
import type { SetupLinkRow } from './repository.requirement.ts'
import { certificateExpiry, readCertificate } from './saml/certificates.ts'

export type ConnectionSurroundings = {
  baseUrl: string
  now: Date
  people: number
  lastAt: Date | undefined
  latest: AttemptRow | undefined
  setupLink: SetupLinkRow | undefined
}

/** Never with the secret. */
export function connectionView(connection: ConnectionRow, around: ConnectionSurroundings): SsoConnection {
  const { latest, setupLink, lastAt } = around
  return {
    id: connection.id,
    kind: connection.kind,
    provider: connection.provider,
    name: connection.name,
    state: connection.state,
    version: connection.version,
    domains: [...connection.domains],
    options: connection.options,
    own: ownValues(around.baseUrl, connection.id),
    certificates: connection.certificates.flatMap((pem) => certificateView(pem, around.now)),
    hasSecret: connection.sealedSecret !== undefined,
    isComplete: isComplete(connection),
    people: around.people,
    ...present({
      metadataUrl: connection.metadataUrl,
      metadataReadAt: connection.metadataReadAt?.toISOString(),
      metadataFailure: connection.metadataFailure,
      idpEntityId: connection.idpEntityId,
      idpSsoUrl: connection.idpSsoUrl,
      issuer: connection.issuer,
      clientId: connection.clientId,
      lastAt: lastAt?.toISOString(),
      lastReason: latest?.outcome === 'refused' ? latest.reason : undefined,
    }),
    ...(setupLink
      ? {
          setupLink: {
            id: setupLink.id,
            createdAt: setupLink.createdAt.toISOString(),
            expiresAt: setupLink.expiresAt.toISOString(),
            ...present({ usedAt: setupLink.usedAt?.toISOString() }),
          },
        }
      : {}),
  }
}

function certificateView(pem: string, now: Date): SsoCertificate[] {
  const certificate = readCertificate(pem)
  if (!certificate) return []
  const { daysLeft, warning } = certificateExpiry(certificate, now)
  return [
    {
      fingerprint: certificate.fingerprint,
      subject: certificate.subject,
      notBefore: certificate.notBefore.toISOString(),
      notAfter: certificate.notAfter.toISOString(),
      daysLeft,
      isEnding: warning !== undefined,
    },
  ]
}

export type AttemptNames = { connections: ReadonlyMap<string, string>; members: ReadonlyMap<string, string> }

export const attemptView = (attempt: AttemptRow, names: AttemptNames): SsoAttempt => ({
  id: attempt.id,
  reference: attempt.reference,
  purpose: attempt.purpose,
  outcome: attempt.outcome,
  claims: attempt.claims,
  checks: attempt.checks,
  observed: attempt.observed,
  isStranger: attempt.isStranger,
  at: attempt.at.toISOString(),
  ...present({
    connectionId: attempt.connectionId,
    connectionName: names.connections.get(attempt.connectionId ?? ''),
    reason: attempt.reason,
    typedEmail: attempt.typedEmail,
    assertedEmail: attempt.assertedEmail,
    memberId: attempt.memberId as MemberId | undefined,
    memberName: names.members.get(attempt.memberId ?? ''),
  }),
})

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** Without what is undefined. */
const present = <T extends object>(values: T): Present<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Present<T>
