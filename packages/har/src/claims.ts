import { kindOfName } from './names.ts'
import { parseTolerantly } from './tolerant-json.ts'
import { isObject, type JsonValue, type RemovalKind } from './types.ts'

export interface Claim {
  kind: RemovalKind
  value: string
}

const MAX_CLAIMS = 100

/**
 * Whom a decoded token or session is about: claims that name a person or hold another secret, to be erased wherever they
 * stand alone. Empty for what is no JSON.
 */
export function claimsOfJson(text: string): Claim[] {
  if (text.length > 65_536 || !/^\s{0,8}[[{]/.test(text)) return []
  const claims: Claim[] = []
  collect(parseTolerantly(text) ?? null, '', claims)
  return claims
}

function collect(value: JsonValue, name: string, claims: Claim[]): void {
  if (claims.length >= MAX_CLAIMS) return
  if (Array.isArray(value)) for (const item of value) collect(item, name, claims)
  else if (isObject(value)) for (const [key, item] of Object.entries(value)) collect(item, key, claims)
  else if (typeof value === 'string') {
    const kind = kindOfClaim(name)
    if (kind !== undefined) claims.push({ kind, value })
  }
}

const PERSON = /^(?:sub|subject|oid|puid|name|preferred_username|unique_name|nameid|user_?id|given_name|family_name)$/i
const NO_SECRET = /^(?:iss|aud|azp|typ|alg|kid|scope|scp|locale|zoneinfo|tid)$/i

function kindOfClaim(name: string): RemovalKind | undefined {
  if (NO_SECRET.test(name)) return undefined
  return PERSON.test(name) ? 'personal' : kindOfName(name)
}
