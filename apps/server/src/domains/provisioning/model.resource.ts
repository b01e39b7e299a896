import type { Locale } from '@clew/contract/primitives'
import { TimeZone } from '@clew/contract/primitives'
import { badRequest, type Json, type JsonObject, ScimError } from '@clew/scim'

/** What of a user is looked for, in the form in which it is compared. */
export type UserKeys = {
  userName: string
  externalId: string | undefined
  displayName: string | undefined
  shownName: string
  active: boolean
  emails: readonly string[]
}

export type GroupKeys = { displayName: string; externalId: string | undefined }

export type Person = {
  email: string
  name: string
  title: string | undefined
  locale: Locale
  timeZone: string | undefined
}

/** With the flag, pairs are one character; what is left is a half. */
export const halfCharacter = /\p{Surrogate}/u

const maxDocument = 65_536
const maxUserName = 256
const maxExternalId = 512
const maxDisplayName = 400
export const maxGroupName = 200
const maxName = 200
const maxTitle = 120

/** Kept for the members, the groups, the id and what the service knows itself: those lie elsewhere. */
const elsewhere: ReadonlySet<string> = new Set(['id', 'meta', 'password', 'groups', 'members'])

/** The resource as it is stored. A password is not: nobody who comes from an identity provider signs in with one. */
export function documentOf(resource: JsonObject): JsonObject {
  const document = Object.fromEntries(Object.entries(resource).filter(([name]) => !elsewhere.has(name)))
  if (JSON.stringify(document).length > maxDocument) {
    throw new ScimError(413, `A resource without its members may have ${maxDocument} characters.`)
  }
  return document
}

/** RFC 7643 §4.1.1: who is created is active unless it is said otherwise. */
export const withActive = (resource: JsonObject): JsonObject =>
  resource['active'] === undefined ? { ...resource, active: true } : resource

export function userKeysOf(resource: JsonObject): UserKeys {
  const userName = textAt(resource, 'userName') ?? ''
  return {
    userName: atMost(maxUserName, 'userName', userName.toLowerCase()),
    externalId: externalIdOf(resource),
    displayName: present(atMost(maxDisplayName, 'displayName', (textAt(resource, 'displayName') ?? '').toLowerCase())),
    shownName: nameOf(resource),
    active: resource['active'] !== false,
    emails: [...new Set(addressesOf(resource).map(({ value }) => atMost(320, 'emails', value.toLowerCase())))],
  }
}

export const groupKeysOf = (resource: JsonObject): GroupKeys => ({
  displayName: groupNameOf(resource).toLowerCase(),
  externalId: externalIdOf(resource),
})

export function groupNameOf(resource: JsonObject): string {
  return atMost(maxGroupName, 'displayName', textAt(resource, 'displayName') ?? '')
}

/** Who the user is as a member. Throws `invalidValue` where there is no address to reach them by. */
export function personOf(resource: JsonObject): Person {
  const addresses = addressesOf(resource)
  const chosen =
    addresses.find(({ primary }) => primary) ?? addresses.find(({ type }) => type === 'work') ?? addresses[0]
  const email = (chosen?.value ?? textAt(resource, 'userName') ?? '').trim().toLowerCase()
  if (!isAddress(email)) {
    throw badRequest('invalidValue', 'A user needs an e-mail address, in emails or as the userName.')
  }
  return {
    email,
    name: nameOf(resource),
    title: present((textAt(resource, 'title') ?? '').trim().slice(0, maxTitle)),
    locale: localeOf(resource),
    timeZone: timeZoneOf(resource),
  }
}

/** The name that people read, from the best that was sent. */
export function nameOf(resource: JsonObject): string {
  const name = objectAt(resource, 'name')
  const parts = [textAt(name, 'givenName'), textAt(name, 'familyName')].filter((part) => part?.trim()).join(' ')
  const candidates = [textAt(resource, 'displayName'), textAt(name, 'formatted'), parts, textAt(resource, 'userName')]
  return (candidates.find((text) => text !== undefined && text.trim() !== '') ?? '').trim().slice(0, maxName)
}

export const isId = (text: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

export const notFound = (kind: 'User' | 'Group'): ScimError => new ScimError(404, `There is no such ${kind}.`)

/** What PostgreSQL cannot keep: NUL, and halves of characters. */
export function refuseUnstorable(value: Json): void {
  if (typeof value === 'string') {
    if (value.includes('\u0000') || halfCharacter.test(value)) {
      throw badRequest('invalidValue', 'A text has a NUL or half of a character in it.')
    }
    return
  }
  if (value === null || typeof value !== 'object') return
  for (const [key, part] of Object.entries(value)) {
    refuseUnstorable(key)
    refuseUnstorable(part as Json)
  }
}

type Address = { value: string; type: string; primary: boolean }

function addressesOf(resource: JsonObject): Address[] {
  const emails = resource['emails']
  if (!Array.isArray(emails)) return []
  return (emails as readonly Json[]).flatMap((email) => {
    const entry = asObject(email)
    const value = textAt(entry, 'value') ?? ''
    const type = (textAt(entry, 'type') ?? '').toLowerCase()
    return value.trim() === '' ? [] : [{ value, type, primary: entry['primary'] === true }]
  })
}

function externalIdOf(resource: JsonObject): string | undefined {
  return present(atMost(maxExternalId, 'externalId', textAt(resource, 'externalId') ?? ''))
}

/** RFC 7643 §4.1.1: `preferredLanguage` is for reading, `locale` for dates; the first that says something counts. */
function localeOf(resource: JsonObject): Locale {
  const said = [textAt(resource, 'preferredLanguage'), textAt(resource, 'locale')].find((text) => text?.trim()) ?? ''
  return /^el\b/i.test(said.trim()) ? 'el' : 'en'
}

function timeZoneOf(resource: JsonObject): string | undefined {
  const said = textAt(resource, 'timezone')
  return said !== undefined && said !== '' && TimeZone.safeParse(said).success ? said : undefined
}

const isAddress = (text: string): boolean => text.length <= 254 && /^[^\s,;:<>"()@]+@[^\s,;:<>"()@]+$/.test(text)

function atMost(length: number, name: string, text: string): string {
  if (text.length > length) throw badRequest('invalidValue', `${name} may have ${length} characters.`)
  return text
}

const present = (text: string): string | undefined => (text === '' ? undefined : text)

function textAt(object: JsonObject, name: string): string | undefined {
  const value = Object.hasOwn(object, name) ? object[name] : undefined
  return typeof value === 'string' ? value : undefined
}

const objectAt = (object: JsonObject, name: string): JsonObject => asObject(object[name] ?? null)

const asObject = (value: Json): JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as JsonObject) : {}
