import type { SsoClaim, SsoGroupRule, SsoMapping } from '@clew/contract/single-sign-on'

/** What an identity provider said, whichever way it did. */
export type RawClaims = Readonly<Record<string, readonly string[]>>

/** Somebody, as an identity provider vouches for them. */
export type Asserted = {
  subject: string | undefined
  /** The subject is never given to somebody else, and does not follow the address. */
  isStableSubject: boolean
  email: string | undefined
  /** SAML has no word for it: what is asserted there is the provider's own record. */
  isEmailVerified: boolean
  name: string | undefined
  groups: readonly string[] | undefined
  claims: RawClaims
}

const usual = {
  email: [
    'email',
    'mail',
    'emailaddress',
    'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
    'urn:oid:0.9.2342.19200300.100.1.3',
    'user.email',
  ],
  name: [
    'name',
    'displayname',
    'http://schemas.microsoft.com/identity/claims/displayname',
    'urn:oid:2.16.840.1.113730.3.1.241',
    'cn',
    'urn:oid:2.5.4.3',
  ],
  given: [
    'given_name',
    'givenname',
    'firstname',
    'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname',
    'urn:oid:2.5.4.42',
  ],
  family: [
    'family_name',
    'surname',
    'lastname',
    'sn',
    'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname',
    'urn:oid:2.5.4.4',
  ],
  groups: [
    'groups',
    'group',
    'memberof',
    'roles',
    'http://schemas.microsoft.com/ws/2008/06/identity/claims/groups',
    'http://schemas.xmlsoap.org/claims/group',
  ],
} as const

const longestAddress = 254
const longestName = 120

/** Finds address, name and groups by the names that the organisation gave, or by those that providers usually use. */
export function readMapped(
  claims: RawClaims,
  mapping: SsoMapping,
): { email: string | undefined; name: string | undefined; groups: readonly string[] | undefined } {
  const byName = new Map(Object.entries(claims).map(([name, values]) => [name.toLowerCase(), values]))
  const find = (chosen: string, names: readonly string[]) =>
    (chosen === '' ? names : [chosen.toLowerCase()])
      .map((name) => byName.get(name))
      .find((values) => values !== undefined)
  const one = (chosen: string, names: readonly string[]) => find(chosen, names)?.find((each) => each.trim() !== '')
  const given = [one('', usual.given), one('', usual.family)].filter((each) => each !== undefined).join(' ')
  const name = one(mapping.name, usual.name) ?? (mapping.name === '' && given !== '' ? given : undefined)
  return {
    email: readAddress(one(mapping.email, usual.email)),
    name: name?.trim().replaceAll(/\p{C}/gu, '').slice(0, longestName) || undefined,
    groups: find(mapping.groups, usual.groups)?.slice(0, 2000),
  }
}

/** One plain address, or nothing: what looks like two, or hides characters, is not somebody's address. */
export function readAddress(text: string | undefined): string | undefined {
  const address = text?.trim().toLowerCase() ?? ''
  return address.length <= longestAddress && /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(address)
    ? address
    : undefined
}

const openNames =
  /^(?:.*\/)?(?:email|mail|emailaddress|upn|preferred_username|userprincipalname|email_verified|groups?|memberof|roles?|iss|aud|azp|alg|acr|amr|nameid|nameidformat|issuer|audience|tid|hd|idp|iat|exp|auth_time|notonorafter)$/i

/** For an administrator's screen: what decides is shown; what is only personal is blotted out. */
export function redact(claims: RawClaims, mapping: SsoMapping): SsoClaim[] {
  const chosen = new Set(
    [mapping.email, mapping.groups].filter((name) => name !== '').map((name) => name.toLowerCase()),
  )
  return Object.entries(claims)
    .slice(0, 60)
    .map(([name, values]) => {
      const isOpen = openNames.test(name) || chosen.has(name.toLowerCase())
      return {
        name: name.slice(0, 200),
        values: values.slice(0, 50).map((value) => (isOpen ? oneLine(value) : blot(value))),
        isRedacted: !isOpen,
      }
    })
}

const addressNames = /^(?:.*\/)?(?:email|mail|emailaddress|upn|preferred_username|userprincipalname)$/i

/** Whether a claim by this name is an address in the provider's own record, so that it may be read from there. */
export const isAddressName = (name: string): boolean => addressNames.test(name)

/** The claim that holds somebody's address, as far as the claims of a sign-in were kept. */
export const findAddressClaim = (
  claims: readonly SsoClaim[],
  isOwn: (address: string) => boolean,
): string | undefined =>
  claims.find(({ name, values, isRedacted }) => {
    const address = values.length === 1 && !isRedacted ? readAddress(values[0]) : undefined
    return address !== undefined && isAddressName(name) && isOwn(address)
  })?.name

const oneLine = (value: string): string => value.replaceAll(/[\s\p{C}]+/gu, ' ').slice(0, 200)

/** How long it is and how it begins says whether the right claim is there; more is nobody's business. */
const blot = (value: string): string => {
  const [first = ''] = oneLine(value)
  return value === '' ? '' : `${first}${'•'.repeat(Math.min(8, Math.max(1, value.length - 1)))}`
}

/** What somebody's groups at the identity provider give them here. */
export function granted(
  rules: readonly SsoGroupRule[],
  groups: readonly string[] | undefined,
): { role: SsoGroupRule | undefined; groupIds: readonly string[]; managedGroupIds: readonly string[] } {
  const has = new Set(groups?.map((group) => group.toLowerCase()))
  const fits = ({ group }: SsoGroupRule) => has.has(group.toLowerCase())
  const idsOf = (some: readonly SsoGroupRule[]) => [
    ...new Set(some.flatMap(({ groupId }) => (groupId === undefined ? [] : [groupId]))),
  ]
  return {
    role: rules.find((rule) => (rule.role !== undefined || rule.customRoleId !== undefined) && fits(rule)),
    groupIds: idsOf(rules.filter(fits)),
    // Where nothing was said of groups, nothing is taken away.
    managedGroupIds: groups === undefined ? [] : idsOf(rules),
  }
}
