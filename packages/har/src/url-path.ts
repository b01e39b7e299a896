import { decodePercent, isKnownId, isPlaceholder, isWordy, redactText } from '@clew/redact'
import type { Cleaner } from './cleaner.ts'

const ASSET =
  /^[\w.@~%+!-]{1,160}\.(?:js|mjs|cjs|css|map|png|jpe?g|gif|svg|webp|avif|ico|woff2?|ttf|otf|eot|wasm|html?|mp4|webm|mp3|json|webmanifest|txt|xml|pdf|php|aspx?|ashx|asmx|axd|jsp|cgi|do|action)$/i

/** What follows such a segment names a person, whatever it looks like. */
const PERSON_PARENT =
  /^(?:users?|u|accounts?|customers?|members?|profiles?|people|persons?|contacts?|patients?|employees?|clients|by-?email|email|emails)$/i

const COMMON_CHILD =
  /^(?:me|self|current|list|search|settings?|new|all|login|logout|sign-?(?:in|up|out)|register|reset|password|verify|check|lookup|count|export|import|bulk|invite|invitations?|preferences|profile|notifications?|sessions?|index(?:\.\w+)?|api|v\d+|auth|token|edit|create|update|delete|info|details?|quer(?:y|ies)|groups?|roles?|permissions?|orders?|billing|plans?|invoices?|assets?|static|images?|css|js|fonts?|media|files?|exports?|imports?|seats?|usage|limits?|keys?|devices?|emails?|activity|status|summary|stats|types?|categories|recent|active|pending|archived|batch|avatar|photos?|graphql|rest|home|dashboard|overview|logins?|applications?|apps?|services?|projects?|teams?|organi[sz]ations?|workspaces?|tags?|labels?|fields?|validate|confirm|activate|disable|enable|sync)$/i

/** What follows such a segment is a secret by itself: a reset link, an invitation, a share. */
const SECRET_PARENT =
  /^(?:reset|reset-?password|password-?reset|verify|verification|confirm|confirmation|activate|unsubscribe|magic|magic-?link|token|tokens|invite|invites|invitations?|share|shared|s|bot|webhooks?|secret|download|session|sessions|key|keys|otp)$/i

export function cleanPath(path: string, cleaner: Cleaner): string {
  if (path === '' || path === '/') return path
  const segments = path.split('/')
  return segments.map((segment, i) => cleanSegment(segment, segments[i - 1] ?? '', cleaner)).join('/')
}

function cleanSegment(segment: string, parent: string, cleaner: Cleaner): string {
  if (segment === '' || isPlaceholder(segment)) return segment
  const semicolon = segment.indexOf(';')
  if (semicolon >= 0) {
    const parameters = segment.slice(semicolon + 1).split(';')
    return [
      cleanSegment(segment.slice(0, semicolon), parent, cleaner),
      ...parameters.map((pair) => cleanParameter(pair, cleaner)),
    ].join(';')
  }
  const decoded = segment.includes('%') ? decodePercent(segment) : segment
  return cleanByPattern(segment, decoded, cleaner) ?? cleanByPlace(segment, { decoded, parent }, cleaner)
}

/** `;jsessionid=…` */
function cleanParameter(pair: string, cleaner: Cleaner): string {
  const equals = pair.indexOf('=')
  const value = pair.slice(equals + 1)
  if (equals < 0 || value.length < 4) return pair.length < 8 ? pair : cleaner.secretInUrl('token', 'value', pair)
  return `${pair.slice(0, equals)}=${cleaner.secretInUrl('token', 'value', value)}`
}

/** What a pattern recognises in the segment, alone or as a part, takes the whole segment with it. */
function cleanByPattern(segment: string, decoded: string, cleaner: Cleaner): string | undefined {
  const found = redactText(decoded).values[0]
  if (found === undefined || (found.kind === 'secret' && ASSET.test(segment))) return undefined
  return cleaner.secretInUrl(found.kind === 'email' ? 'email' : 'token', found.kind, decoded)
}

function cleanByPlace(segment: string, where: { decoded: string; parent: string }, cleaner: Cleaner): string {
  if (isKnownId(segment) && !isUuid(segment)) return kept(segment, 'organisation_id', cleaner)
  if (ASSET.test(segment)) return isWordy(segment) ? segment : kept(segment, 'hashed_asset', cleaner)
  if (PERSON_PARENT.test(where.parent) && !COMMON_CHILD.test(segment))
    return cleaner.secretInUrl('personal', 'id', segment)
  const isSecret = SECRET_PARENT.test(where.parent) && segment.length >= 6 && !/^[a-z]+(?:[-_.][a-z]+)*$/.test(segment)
  if (isSecret) return cleaner.secretInUrl('token', 'token', segment)
  return isIdLike(segment, where.decoded) ? cleaner.secretInUrl('other', 'id', segment) : segment
}

function kept(segment: string, reason: 'organisation_id' | 'hashed_asset', cleaner: Cleaner): string {
  cleaner.kept(reason)
  return segment
}

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-/i.test(text)
}

function isIdLike(segment: string, decoded: string): boolean {
  if (/^\d{5,}$/.test(segment) || isUuid(segment) || /\d{7,}/.test(segment) || /@/.test(decoded)) return true
  if (/^[0-9a-f]{12,}$/i.test(segment) && /\d/.test(segment)) return true
  if (/[^\p{L}\p{N}_.,:+ ()'&!~$*=@-]/u.test(decoded)) return true
  return segment.length >= 10 && !isWordy(segment) && isMixed(segment)
}

/** Letters with digits that are no version, or capitals all over. */
function isMixed(segment: string): boolean {
  if (segment.length >= 16 && /[A-Z][^A-Z]*[A-Z][^A-Z]*[A-Z]/.test(segment) && /[a-z]/.test(segment)) return true
  const hasBoth = /\d/.test(segment) && /[A-Za-z]/.test(segment)
  return hasBoth && !/^[a-z-]+[._-]?v?\d[\d.]*(?:[.-][a-z]+)*$/i.test(segment)
}
