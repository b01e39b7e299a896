import { decodePercent, isKnownId, isPlaceholder, isWordy, looksRandom, redactText } from '@clew/redact'
import type { Cleaner } from './cleaner.ts'
import { isIdName, isIdValue, isPlainName, kindOfName } from './names.ts'

const MAX_NESTED = 3

/** Cleans an address part by part. What stays is byte for byte what it was: nothing is normalised. */
export function cleanUrl(url: string, cleaner: Cleaner, nested = 0): string {
  if (url === '' || isPlaceholder(url)) return url
  const scheme = /^([a-z][a-z0-9+.-]{0,30}):/i.exec(url)?.[1]?.toLowerCase()
  if (scheme === 'data') return cleanDataUrl(url, cleaner)
  if (scheme === 'blob') return `blob:${cleanUrl(url.slice(5), cleaner, nested)}`
  if (scheme === 'about') return /^about:[a-z]{0,20}$/.test(url) ? url : cleaner.deny('other', 'url', url)
  const parts = splitUrl(url)
  if (parts === undefined || (scheme !== undefined && parts.authority === '' && !parts.isRelative)) {
    return cleaner.deny('other', 'url', url)
  }
  const { origin, authority, path, query, fragment } = parts
  return (
    origin +
    cleanAuthority(authority, cleaner) +
    cleanPath(path, cleaner) +
    (query === undefined ? '' : `?${cleanQuery(query, cleaner, nested)}`) +
    (fragment === undefined ? '' : `#${cleanFragment(fragment, cleaner, nested)}`)
  )
}

interface UrlParts {
  origin: string
  authority: string
  path: string
  query: string | undefined
  fragment: string | undefined
  isRelative: boolean
}

function splitUrl(url: string): UrlParts | undefined {
  const hash = url.indexOf('#')
  const beforeHash = hash < 0 ? url : url.slice(0, hash)
  const mark = beforeHash.indexOf('?')
  const address = mark < 0 ? beforeHash : beforeHash.slice(0, mark)
  const match = /^((?:[a-z][a-z0-9+.-]{0,30}:)?\/\/)([^/\\]*)/i.exec(address)
  if (/[\s<>"]/.test(address.slice(0, 4_096))) return undefined
  return {
    origin: match?.[1] ?? '',
    authority: match?.[2] ?? '',
    path: address.slice(match?.[0].length ?? 0),
    query: mark < 0 ? undefined : beforeHash.slice(mark + 1),
    fragment: hash < 0 ? undefined : url.slice(hash + 1),
    isRelative: match === null && !/^[a-z][a-z0-9+.-]{0,30}:/i.test(address),
  }
}

function cleanDataUrl(url: string, cleaner: Cleaner): string {
  const comma = url.indexOf(',')
  const type = /^data:([a-z]+\/[a-z0-9.+-]{1,60})?/i.exec(url)?.[1] ?? ''
  const content = comma < 0 ? url.slice(5) : url.slice(comma + 1)
  if (isPlaceholder(content)) return url
  cleaner.dropped('body', 'data url')
  return `data:${type},[data,${content.length}chars]`
}

function cleanAuthority(authority: string, cleaner: Cleaner): string {
  const at = authority.lastIndexOf('@')
  if (at < 0) return cleanHost(authority, cleaner)
  const [user = '', ...rest] = authority.slice(0, at).split(':')
  const password = rest.join(':')
  const clean = [cleaner.secretInUrl('personal', 'user', user)]
  if (rest.length > 0) clean.push(cleaner.secretInUrl('password', 'password', password))
  return `${clean.join(':')}@${cleanHost(authority.slice(at + 1), cleaner)}`
}

function cleanHost(host: string, cleaner: Cleaner): string {
  return host
    .split('.')
    .map((label) => (label.length >= 32 && looksRandom(label) ? cleaner.secretInUrl('other', 'host', label) : label))
    .join('.')
}

const ASSET =
  /^[\w.@~%+!-]{1,160}\.(?:js|mjs|cjs|css|map|png|jpe?g|gif|svg|webp|avif|ico|woff2?|ttf|otf|eot|wasm|html?|mp4|webm|mp3|json|webmanifest|txt|xml|pdf|php|aspx?)$/i

/** What follows such a segment names a person, whatever it looks like. */
const PERSON_PARENT =
  /^(?:users?|u|accounts?|customers?|members?|profiles?|people|persons?|contacts?|patients?|employees?|clients?|by-?email|email|emails)$/i

const COMMON_CHILD =
  /^(?:me|self|current|list|search|settings?|new|all|login|logout|sign-?(?:in|up|out)|register|reset|password|verify|check|lookup|count|export|import|bulk|invite|invitations?|preferences|profile|notifications?|sessions?|index(?:\.\w+)?|api|v\d+|auth|token|edit|create|update|delete|info|details?)$/i

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
  const [name = '', ...parameters] = segment.split(';')
  if (parameters.length > 0) {
    return [
      cleanSegment(name, parent, cleaner),
      ...parameters.map((pair) => cleanPair(pair, cleaner, MAX_NESTED)),
    ].join(';')
  }
  const decoded = segment.includes('%') ? decodePercent(segment) : segment
  const found = redactText(decoded).values[0]
  if (found !== undefined && !(ASSET.test(segment) && found.kind === 'secret')) {
    return cleaner.secretInUrl(found.kind === 'email' ? 'email' : 'token', found.kind, decoded)
  }
  if (isKnownId(segment) && !isUuid(segment)) return segment
  if (ASSET.test(segment)) return segment
  if (PERSON_PARENT.test(parent) && !COMMON_CHILD.test(segment)) return cleaner.secretInUrl('personal', 'id', segment)
  if (SECRET_PARENT.test(parent) && segment.length >= 6 && !isWordy(segment))
    return cleaner.secretInUrl('token', 'token', segment)
  return isIdLike(segment, decoded) ? cleaner.secretInUrl('other', 'id', segment) : segment
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-/i.test(text)
}

function isIdLike(segment: string, decoded: string): boolean {
  if (/^\d{5,}$/.test(segment) || isUuid(segment) || /\d{7,}/.test(segment) || /@/.test(decoded)) return true
  if (/^[0-9a-f]{12,}$/i.test(segment) && /\d/.test(segment)) return true
  if (decoded !== segment && /[^\p{L}\p{N}_.,:+ ()'&!-]/u.test(decoded)) return true
  return (
    segment.length >= 10 &&
    !isWordy(segment) &&
    /\d/.test(segment) &&
    /[A-Za-z]/.test(segment) &&
    !/^[a-z-]+[._-]?v?\d[\d.]*(?:[.-][a-z]+)*$/i.test(segment)
  )
}

export function cleanQuery(query: string, cleaner: Cleaner, nested = 0): string {
  const separator = query.includes('&') || !query.includes(';') ? '&' : ';'
  return query
    .split(separator)
    .map((pair) => cleanPair(pair, cleaner, nested))
    .join(separator)
}

function cleanPair(pair: string, cleaner: Cleaner, nested: number): string {
  if (pair === '') return pair
  const equals = pair.indexOf('=')
  if (equals < 0) return isFlag(pair) ? pair : cleaner.secretInUrl('token', 'value', pair)
  const name = pair.slice(0, equals)
  const value = pair.slice(equals + 1)
  cleaner.path.push('query')
  const clean = `${cleanParameterName(name, cleaner)}=${cleanParameter(name, value, cleaner, { nested, isEncoded: true })}`
  cleaner.path.pop()
  return clean
}

function isFlag(text: string): boolean {
  return text.length <= 40 && /^[\w.-]+$/.test(text) && isWordy(text) && !/\d{5,}/.test(text)
}

function cleanParameterName(name: string, cleaner: Cleaner): string {
  return isPlainName(decodePercent(name)) ? name : cleaner.secretInUrl('other', 'name', name)
}

const SIGNED_NAME =
  /^(?:x-(?:amz|goog)-(?:signature|credential|security-token)|sig|signature|hmac|awsaccesskeyid|googleaccessid|key-pair-id|policy|hdnea|hdnts|__token__|skoid|sktid)$/i

/** Parameters whose values are words of a protocol, kept when they look like words. */
const WORD_NAMES = new Set(
  `page limit offset per_page perpage size count lang language locale hl format fmt v ver version sort order orderby dir direction response_type
  response_mode grant_type scope error error_description error_code error_subcode errorcode prompt code_challenge_method token_type action method type mode
  view tab theme filter fields include expand operationname resource api-version api_version platform os channel transport eio
  upload_type uploadtype alt x-amz-algorithm x-goog-algorithm x-amz-date x-goog-date x-amz-expires x-goog-expires x-amz-signedheaders x-goog-signedheaders
  se st sp sv sr spr part partnumber part_number uploads status region env environment filename file_name file disposition reason debug`
    .trim()
    .split(/\s+/),
)

/** A parameter of a query or of a form. `isEncoded` says that it is percent-encoded and must stay so. */
export function cleanParameter(
  name: string,
  value: string,
  cleaner: Cleaner,
  how: { nested: number; isEncoded: boolean },
): string {
  if (value === '' || isPlaceholder(value)) return value
  const plain = how.isEncoded ? decodePercent(value.replaceAll('+', ' ')) : value
  if (isPlaceholder(plain)) return value
  const label = decodePercent(name)
  const remove = how.isEncoded ? cleaner.secretInUrl.bind(cleaner) : cleaner.secret.bind(cleaner)
  if (SIGNED_NAME.test(label)) return remove('signed_link', 'signature', plain)
  const kind = kindOfName(label)
  if (kind !== undefined) return remove(kind, kind, plain)
  if (/^https?:\/\//i.test(plain) && how.nested < MAX_NESTED) {
    const clean = cleanUrl(plain, cleaner, how.nested + 1)
    return how.isEncoded && clean !== plain ? encodeURIComponent(clean) : clean === plain ? value : clean
  }
  if (isIdName(label) && isIdValue(plain) && cleaner.netForId(plain) === plain) return value
  if (isKnownId(plain) && !isUuid(plain)) return value
  if (isHarmlessValue(label.toLowerCase(), plain, cleaner)) return value
  return remove('other', 'value', plain)
}

function isHarmlessValue(name: string, value: string, cleaner: Cleaner): boolean {
  if (/^(?:true|false|null|yes|no|on|off|\d{1,3})$/i.test(value)) return true
  if (!WORD_NAMES.has(name)) return false
  if (value.length > 300 || (/\d{5,}/.test(value) && !/^x-|^se$|^st$|^sv$/.test(name) && !/^error/.test(name)))
    return false
  return cleaner.net(value) === value
}

function cleanFragment(fragment: string, cleaner: Cleaner, nested: number): string {
  if (fragment === '' || isPlaceholder(fragment)) return fragment
  const mark = fragment.indexOf('?')
  const route = mark < 0 ? fragment : fragment.slice(0, mark)
  const query = mark < 0 ? '' : `?${cleanQuery(fragment.slice(mark + 1), cleaner, nested)}`
  if (route.includes('=')) return cleanQuery(fragment, cleaner, nested)
  if (route.startsWith('/') || route.startsWith('!/')) return cleanPath(route, cleaner) + query
  return isFlag(route) && route.length <= 40 ? route + query : cleaner.secretInUrl('token', 'fragment', fragment)
}
