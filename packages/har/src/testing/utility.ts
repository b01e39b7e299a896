import { isObject, type JsonObject, type JsonValue } from '../types.ts'

/** The fields that an engineer needs, in ten groups; each group counts the same, however many fields it has. */
export const UTILITY_GROUPS = [
  'timing',
  'status',
  'size',
  'mime',
  'host',
  'path',
  'query names',
  'header names',
  'header values',
  'cookies',
] as const

export type UtilityGroup = (typeof UTILITY_GROUPS)[number]

export type UtilityCounts = Record<UtilityGroup, { same: number; total: number; lost: string[] }>

export function emptyCounts(): UtilityCounts {
  const group = (): UtilityCounts[UtilityGroup] => ({ same: 0, total: 0, lost: [] })
  return Object.fromEntries(UTILITY_GROUPS.map((name) => [name, group()])) as UtilityCounts
}

/** The mean over the groups of the share of fields that are byte for byte what they were. */
export function utilityOf(counts: UtilityCounts): number {
  const shares = UTILITY_GROUPS.map((name) => counts[name])
    .filter(({ total }) => total > 0)
    .map(({ same, total }) => same / total)
  return shares.length === 0 ? 1 : shares.reduce((sum, share) => sum + share, 0) / shares.length
}

/** Compares an entry with its clean copy. `isPlanted` tells what holds a plant and so must not stay. */
export function compareEntry(
  counts: UtilityCounts,
  [before, after]: readonly [JsonObject, JsonObject],
  isPlanted: (text: string) => boolean,
): void {
  const left = fieldsOf(before)
  const right = new Map(fieldsOf(after).map(({ key, value }) => [key, value]))
  for (const { group, key, value } of left) {
    const isSame = right.get(key) === value
    if (!isSame && isPlanted(value)) continue
    const count = counts[group]
    count.total += 1
    if (isSame) count.same += 1
    else if (count.lost.length < MAX_LOST) count.lost.push(`${key} = ${value.slice(0, 200)}`)
  }
}

const MAX_LOST = 2_000

interface Field {
  group: UtilityGroup
  key: string
  value: string
}

function fieldsOf(entry: JsonObject): Field[] {
  const request = objectOf(entry['request'])
  const response = objectOf(entry['response'])
  const content = objectOf(response['content'])
  return [
    ...scalars('timing', entry, ['startedDateTime', 'time']),
    ...scalars('timing', objectOf(entry['timings']), ['blocked', 'dns', 'connect', 'ssl', 'send', 'wait', 'receive']),
    ...scalars('status', request, ['method', 'httpVersion']),
    ...scalars('status', response, ['status', 'statusText', 'httpVersion']).map(renamed('response')),
    ...scalars('size', request, ['headersSize', 'bodySize']),
    ...scalars('size', response, ['headersSize', 'bodySize', '_transferSize']).map(renamed('response')),
    ...scalars('size', content, ['size', 'compression']),
    ...scalars('mime', content, ['mimeType']),
    ...scalars('mime', objectOf(request['postData']), ['mimeType']).map(renamed('request')),
    ...urlFields(request['url']),
    ...headerFields('request', request['headers']),
    ...headerFields('response', response['headers']),
    ...cookieFields('request', request['cookies']),
    ...cookieFields('response', response['cookies']),
  ]
}

function renamed(side: string): (field: Field) => Field {
  return (field) => ({ ...field, key: `${side}.${field.key}` })
}

function scalars(group: UtilityGroup, holder: JsonObject, keys: readonly string[]): Field[] {
  return keys.flatMap((key) => {
    const value = holder[key]
    return typeof value === 'string' || typeof value === 'number' ? [{ group, key, value: String(value) }] : []
  })
}

function urlFields(value: JsonValue | undefined): Field[] {
  if (typeof value !== 'string') return []
  const match = /^[a-z]+:\/\/(?:[^/?#@]*@)?([^/?#]*)([^?#]*)(?:\?([^#]*))?/i.exec(value)
  if (match === null) return []
  const [, host = '', path = '', query] = match
  return [
    { group: 'host', key: 'host', value: host },
    ...path.split('/').flatMap((segment, i): Field[] => {
      return isIdSegment(segment) ? [] : [{ group: 'path', key: `path ${i}`, value: segment }]
    }),
    ...(query ?? '').split('&').flatMap((pair, i): Field[] => {
      return pair.includes('=') ? [{ group: 'query names', key: `query ${i}`, value: pair.split('=', 1)[0] ?? '' }] : []
    }),
  ]
}

/** "Path without ids": a part of a path that carries a number or an odd sign may be one, unless it is a file. */
function isIdSegment(segment: string): boolean {
  return (
    segment === '' ||
    !/^(?:[a-z][a-z._-]{0,40}|v\d{1,2}|[\w.-]{1,60}\.(?:js|css|png|jpe?g|gif|svg|woff2?|html?|php))$/i.test(segment)
  )
}

/** Headers whose values say nothing about a person whatever they are. */
const HARMLESS = new Set(
  `accept accept-encoding accept-language accept-ranges access-control-allow-credentials access-control-allow-headers
  access-control-allow-methods access-control-allow-origin access-control-expose-headers access-control-max-age age allow alt-svc cache-control
  cf-cache-status cf-ray connection content-encoding content-language content-length content-range content-security-policy content-type
  cross-origin-opener-policy cross-origin-resource-policy date dnt etag expires host if-modified-since if-none-match keep-alive last-modified nel
  p3p permissions-policy pragma priority range referrer-policy retry-after sec-ch-ua sec-ch-ua-mobile sec-ch-ua-platform sec-fetch-dest
  sec-fetch-mode sec-fetch-site sec-fetch-user server server-timing status strict-transport-security te timing-allow-origin tk traceparent
  transfer-encoding upgrade upgrade-insecure-requests user-agent vary via x-amz-cf-id x-amz-cf-pop x-amzn-requestid x-amzn-trace-id x-cache
  x-cache-hits x-content-type-options x-correlation-id x-frame-options x-powered-by x-request-id x-requested-with x-robots-tag x-served-by x-timer
  x-ua-compatible x-varnish x-xss-protection`.split(/\s+/),
)

function headerFields(side: string, value: JsonValue | undefined): Field[] {
  if (!Array.isArray(value)) return []
  return value.filter(isObject).flatMap((header, i): Field[] => {
    const name = String(header['name'] ?? '')
    const isHarmless = HARMLESS.has(name.toLowerCase()) && typeof header['value'] === 'string'
    const key = `${side} header ${i} ${name}`
    return [
      { group: 'header names', key: `${key} name`, value: name },
      ...(isHarmless ? [{ group: 'header values', key, value: String(header['value']) } as const] : []),
    ]
  })
}

function cookieFields(side: string, value: JsonValue | undefined): Field[] {
  if (!Array.isArray(value)) return []
  return value.filter(isObject).flatMap((cookie, i): Field[] =>
    ['name', 'path', 'domain', 'expires', 'httpOnly', 'secure', 'sameSite'].flatMap((key): Field[] => {
      const part = cookie[key]
      const isThere = typeof part === 'string' || typeof part === 'boolean'
      return isThere ? [{ group: 'cookies', key: `${side} cookie ${i} ${key}`, value: String(part) }] : []
    }),
  )
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {}
}
