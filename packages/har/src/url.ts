import { decodePercent, isKnownId, isPlaceholder, isWordy, looksRandom } from '@clew/redact'
import type { Cleaner } from './cleaner.ts'
import { isIdName, isIdValue, isPlainParameter, kindOfName } from './names.ts'
import { ruledUrlValue, ruledValue } from './operator-rule.ts'
import type { RemovalKind } from './types.ts'
import { cleanPath, isUuid } from './url-path.ts'

const MAX_NESTED = 3

/** Cleans an address part by part. What stays is byte for byte what it was: nothing is normalised. */
export function cleanUrl(url: string, cleaner: Cleaner, nested = 0): string {
  if (url === '' || isPlaceholder(url)) return url
  return nested === 0 ? cleaner.recall(url, () => cleanParts(url, cleaner, 0)) : cleanParts(url, cleaner, nested)
}

function cleanParts(url: string, cleaner: Cleaner, nested: number): string {
  const scheme = SCHEME.exec(url)?.[1]?.toLowerCase()
  if (scheme === 'data') return cleanDataUrl(url, cleaner)
  if (scheme === 'blob') return `blob:${cleanUrl(url.slice(5), cleaner, nested)}`
  const parts = splitUrl(url)
  if (parts === undefined) return /^about:[a-z]{0,20}$/.test(url) ? url : cleaner.deny('other', 'url', url)
  const { origin, authority, path, query, fragment } = parts
  const clean = origin + cleanAuthority(authority, cleaner) + cleanPath(path, cleaner)
  const cleanedQuery = query === undefined ? '' : `?${cleanQuery(query, cleaner, nested)}`
  return clean + cleanedQuery + (fragment === undefined ? '' : `#${cleanFragment(fragment, cleaner, nested)}`)
}

const REFRESH = /^(\s{0,8}[\d.]{0,12}\s{0,8}[;,]?\s{0,8}(?:url\s{0,8}=\s{0,8})?)(["']?)/i

/** Of a `Refresh`, a header or in a page: the seconds stay, what follows them is an address, however it is written. */
export function cleanRefresh(value: string, cleaner: Cleaner): string {
  const [start = '', , quote = ''] = REFRESH.exec(value) ?? []
  const rest = value.slice(start.length)
  const end = quote === '' ? rest.length : rest.indexOf(quote)
  const address = (end < 0 ? rest : rest.slice(0, end)).trimEnd()
  const behind = rest.slice(address.length)
  const isEnd = behind.trim() === '' || behind.trim() === quote
  const after = isEnd ? behind : quote + cleaner.deny('other', 'value', behind.slice(quote.length))
  return start + cleanUrl(address, cleaner) + after
}

const SCHEME = /^([a-z][a-z0-9+.-]{0,30}):/i

interface UrlParts {
  origin: string
  authority: string
  path: string
  query: string | undefined
  fragment: string | undefined
}

/** Undefined for what is no address of a server: `mailto:`, `javascript:`, text with control characters. */
function splitUrl(url: string): UrlParts | undefined {
  const [beforeHash, fragment] = cut(url, '#')
  const [address, query] = cut(beforeHash, '?')
  if (/[\x00-\x1f]/.test(address.slice(0, 4_096))) return undefined
  const match = /^((?:[a-z][a-z0-9+.-]{0,30}:)?\/\/)([^/\\]*)/i.exec(address)
  if (match === null)
    return SCHEME.test(address) ? undefined : { origin: '', authority: '', path: address, query, fragment }
  const [whole, origin = '', authority = ''] = match
  return { origin, authority, path: address.slice(whole.length), query, fragment }
}

function cut(text: string, mark: string): [before: string, after: string | undefined] {
  const at = text.indexOf(mark)
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
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
  const userInfo = authority.slice(0, at)
  const host = cleanHost(authority.slice(at + 1), cleaner)
  if (isPlaceholder(userInfo)) return `${userInfo}@${host}`
  const colon = userInfo.indexOf(':')
  cleaner.learn('personal', colon < 0 ? userInfo : userInfo.slice(0, colon))
  if (colon >= 0) cleaner.learn('password', userInfo.slice(colon + 1))
  return `${cleaner.secretInUrl('password', 'userinfo', userInfo)}@${host}`
}

function cleanHost(host: string, cleaner: Cleaner): string {
  return host
    .split('.')
    .map((label) => (label.length >= 32 && looksRandom(label) ? cleaner.secretInUrl('other', 'host', label) : label))
    .join('.')
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
  const clean = `${cleanParameterName(name, cleaner)}=${cleanParameter({ name, value, isEncoded: true, nested }, cleaner)}`
  cleaner.path.pop()
  return clean
}

function isFlag(text: string): boolean {
  return text.length <= 40 && /^[\w.*-]+$/.test(text) && isWordy(text) && !/\d{5,}/.test(text)
}

function cleanParameterName(name: string, cleaner: Cleaner): string {
  return isPlainParameter(decodePercent(name)) ? name : cleaner.secretInUrl('other', 'name', name)
}

const SIGNED_NAME =
  /^(?:x-(?:amz|goog)-(?:signature|credential|security-token)|sig|signature|hmac|awsaccesskeyid|googleaccessid|key-pair-id|policy|hdnea|hdnts|__token__|skoid|sktid)$/i

/** Parameters whose values are words of a protocol, kept when they look like words. */
const WORD_NAMES = new Set(
  `page limit offset per_page perpage size count lang language locale hl format fmt v ver version sort order orderby dir direction response_type
  response_mode grant_type scope error error_description error_code error_subcode errorcode prompt code_challenge_method token_type action method type mode
  view tab theme fields include expand operationname resource api-version api_version platform os channel transport eio
  upload_type uploadtype alt x-amz-algorithm x-goog-algorithm x-amz-date x-goog-date x-amz-expires x-goog-expires x-amz-signedheaders x-goog-signedheaders
  se st sp sv sr spr part partnumber part_number uploads status region env environment filename file_name file disposition reason debug`
    .trim()
    .split(/\s+/),
)

/** A parameter of a query or of a form. `isEncoded` says that it is percent-encoded and must stay so. */
export interface Parameter {
  name: string
  value: string
  isEncoded: boolean
  nested: number
}

export function cleanParameter(parameter: Parameter, cleaner: Cleaner): string {
  const { value, isEncoded } = parameter
  const plain = isEncoded ? decodePercent(value.replaceAll('+', ' ')) : value
  if (value === '' || isPlaceholder(plain)) return value
  const name = decodePercent(parameter.name)
  const ruled = isEncoded ? ruledUrlValue(name, plain, cleaner) : ruledValue({ name }, plain, cleaner)
  if (ruled !== undefined) return ruled === plain ? value : ruled
  const removal = removalOf(name, plain)
  if (removal !== undefined) return remove(parameter, { ...removal, plain }, cleaner)
  if (isSamlName(name)) return cleanSaml(parameter, plain, cleaner)
  return cleanInner(parameter, plain, cleaner) ?? keepOrRemove(parameter, { name, plain }, cleaner)
}

interface Removal {
  kind: RemovalKind
  label: string
}

function isSamlName(name: string): boolean {
  return /^saml(?:response|request|art)$/i.test(name)
}

/** What the name alone decides. */
function removalOf(name: string, value: string): Removal | undefined {
  if (isSamlName(name)) return undefined
  if (SIGNED_NAME.test(name)) return { kind: 'signed_link', label: 'signature' }
  const kind = kindOfName(name)
  return kind === undefined || (/^operation_?name$/i.test(name) && isWordy(value)) ? undefined : { kind, label: kind }
}

function remove(
  { value, isEncoded }: Parameter,
  { kind, label, plain }: Removal & { plain: string },
  cleaner: Cleaner,
): string {
  const clean = isEncoded ? cleaner.secretInUrl(kind, label, plain) : cleaner.secret(kind, label, plain)
  return clean === plain ? value : clean
}

/** The message goes; how the sign-in ended is told in its place. */
function cleanSaml(parameter: Parameter, plain: string, cleaner: Cleaner): string {
  const status = cleaner.inner.samlStatus(plain, cleaner)
  const clean = remove(parameter, { kind: 'token', label: 'saml', plain }, cleaner)
  return status === undefined || !clean.endsWith(']') ? clean : `${clean.slice(0, -1)}, status "${status}"]`
}

/** A value that is an address, JSON or a query of its own. */
function cleanInner(parameter: Parameter, plain: string, cleaner: Cleaner): string | undefined {
  if (parameter.nested >= MAX_NESTED) return undefined
  if (/^https?:\/\//i.test(plain)) return cleanNested(parameter, plain, cleaner)
  const isStructured = plain.length < 65_536 && /^\s{0,8}(?:[[{]|query\b|mutation\b|subscription\b)/.test(plain)
  if (!isStructured) return undefined
  const clean = cleaner.inner.structured(plain, cleaner)
  if (clean === undefined || clean === plain) return clean === undefined ? undefined : parameter.value
  return parameter.isEncoded ? encodeURIComponent(clean) : clean
}

function keepOrRemove(
  parameter: Parameter,
  { name, plain }: { name: string; plain: string },
  cleaner: Cleaner,
): string {
  if (!isHarmlessValue(name, plain, cleaner))
    return remove(parameter, { kind: 'other', label: 'value', plain }, cleaner)
  if (isIdName(name)) cleaner.kept('request_or_trace_id')
  else if (/^error/i.test(name)) cleaner.kept('error_text')
  else if (/^operation/i.test(name)) cleaner.kept('operation_name')
  return parameter.value
}

/** An address inside an address, such as where to return to. */
function cleanNested({ value, isEncoded, nested }: Parameter, plain: string, cleaner: Cleaner): string {
  const clean = cleanUrl(plain, cleaner, nested + 1)
  if (clean === plain) return value
  return isEncoded ? encodeURIComponent(clean) : clean
}

function isHarmlessValue(name: string, value: string, cleaner: Cleaner): boolean {
  if (/^(?:true|false|null|yes|no|on|off|\d{1,3})$/i.test(value)) return true
  if (isIdName(name) && isIdValue(value)) return cleaner.netForId(value) === value
  if (isKnownId(value)) return !isUuid(value)
  return WORD_NAMES.has(name.toLowerCase()) && isWordValue(name, value) && cleaner.net(value) === value
}

/** Long numbers are somebody's, except in dates of signed links and in error texts. */
function isWordValue(name: string, value: string): boolean {
  return value.length <= 300 && (!/\d{5,}/.test(value) || /^(?:x-|se$|st$|sv$|error)/i.test(name))
}

function cleanFragment(fragment: string, cleaner: Cleaner, nested: number): string {
  if (fragment === '' || isPlaceholder(fragment)) return fragment
  const [route, query] = cut(fragment, '?')
  const cleanRest = query === undefined ? '' : `?${cleanQuery(query, cleaner, nested)}`
  if (route.includes('=')) return cleanQuery(fragment, cleaner, nested)
  if (route.startsWith('/') || route.startsWith('!/')) return cleanPath(route, cleaner) + cleanRest
  return isFlag(route) ? route + cleanRest : cleaner.secretInUrl('token', 'fragment', fragment)
}
