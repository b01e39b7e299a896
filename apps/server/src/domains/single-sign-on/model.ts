import type { OrganisationId } from '@clew/contract/primitives'
import type { SsoConnectionId, SsoKind, SsoOptions, SsoProvider, SsoState } from '@clew/contract/single-sign-on'

export type ConnectionRow = {
  id: SsoConnectionId
  organisationId: OrganisationId
  kind: SsoKind
  provider: SsoProvider
  name: string
  state: SsoState
  version: number
  domains: readonly string[]
  options: SsoOptions
  metadataUrl: string | undefined
  metadataReadAt: Date | undefined
  metadataFailure: string | undefined
  idpEntityId: string | undefined
  idpSsoUrl: string | undefined
  certificates: readonly string[]
  sealedKey: Buffer | undefined
  ownCertificate: string | undefined
  issuer: string | undefined
  clientId: string | undefined
  sealedSecret: Buffer | undefined
}

export const requestMinutes = 10
export const setupLinkDays = 7
export const keptAttempts = 50
export const keptStrangers = 10
export const proofHours = 24
export const graceMinutes = 60

export const defaultOptions: SsoOptions = {
  allowIdpInitiated: false,
  justInTime: false,
  defaultRole: 'member',
  customRoleId: null,
  seatTypeId: null,
  mapping: { email: '', name: '', groups: '' },
  groupRules: [],
  readUserinfo: true,
}

/** Where a secret of a connection is kept: sealed for one, it opens for no other. */
export const secretPlace = (id: SsoConnectionId): string => `sso:${id}:secret`
export const keyPlace = (id: SsoConnectionId): string => `sso:${id}:key`
export const verifierPlace = (requestId: string): string => `sso:request:${requestId}`

/** Whether enough is known to send somebody there. */
export const isComplete = (connection: ConnectionRow): boolean =>
  connection.kind === 'saml'
    ? connection.idpEntityId !== undefined && connection.idpSsoUrl !== undefined && connection.certificates.length > 0
    : connection.issuer !== undefined && connection.clientId !== undefined

/** What the identity provider is told of us. Each connection has addresses of its own, so that none answers for another. */
export function ownValues(baseUrl: string, id: SsoConnectionId) {
  const saml = `${baseUrl}/sso/saml/${id}`
  return {
    entityId: saml,
    acsUrl: `${saml}/acs`,
    metadataUrl: `${saml}/metadata`,
    redirectUri: `${baseUrl}/sso/oidc/${id}/callback`,
    startUrl: `${baseUrl}/sso/start/${id}`,
  }
}

export const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1).toLowerCase()
export const localPartOf = (email: string): string => email.slice(0, Math.max(0, email.lastIndexOf('@'))).toLowerCase()

/** A connection without a list serves every domain that its organisation has verified. */
export const serves = ({ domains }: Pick<ConnectionRow, 'domains'>, verifiedDomain: string): boolean =>
  domains.length === 0 || domains.includes(verifiedDomain)

export const home = '/app/'

/**
 * Where to go after signing in: a place of the workspace and nothing else. `//other.example`, `/\other.example` and
 * what a browser cleans up into either lead to another site.
 */
export function ownPath(next: string | undefined): string {
  if (next === undefined || next.length > 2000) return home
  if (!/^\/app(?:[/?#]|$)/.test(next) || /[^\x21-\x7e]|\\/.test(next)) return home
  const base = 'https://clew.example'
  if (!URL.canParse(next, base)) return home
  const url = new URL(next, base)
  return url.origin === base && /^\/app(?:\/|$)/.test(url.pathname) ? `${url.pathname}${url.search}${url.hash}` : home
}

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Forty bits in letters and figures that cannot be taken for each other (Crockford's base 32). */
export function referenceOf(random: Uint8Array): string {
  const text = Array.from({ length: 8 }, (_, i) => letters[(random[i] ?? 0) & 31]).join('')
  return `SSO-${text.slice(0, 4)}-${text.slice(4)}`
}

/** The number of a case, which is what the assistant gives as a reference to whoever asks about SSO: `C-1001`, `#1001`, `1001`. */
export function readCaseNumber(text: string): number | undefined {
  const digits = /^(?:C-|#)?\s*(\d{1,12})$/i.exec(text.trim())?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** A reference as people type it: in any case, with O for 0 and I or L for 1. */
export function readReference(text: string): string | undefined {
  const plain = text
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '')
    .replace(/^SS0/, 'SSO')
  if (!plain.startsWith('SSO')) return undefined
  const rest = plain.slice(3).replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(rest) ? `SSO-${rest.slice(0, 4)}-${rest.slice(4)}` : undefined
}
