import { isObject, type JsonObject, type JsonValue } from './types.ts'

const MIN_AGE_SECONDS = 86_400

/**
 * A file that any cache on the way may keep for a day and more and give to anybody, such as a bundle on a content network. It can
 * hold nobody's secret, unless whoever serves it has published the secret to everyone.
 */
export function isPublicAsset({ request, response }: JsonObject): boolean {
  if (!isObject(request) || !isObject(response)) return false
  if (request['method'] !== 'GET' || response['status'] !== 200 || String(request['url']).includes('?')) return false
  return mayBeKept(headerOf(response, 'cache-control')) && !isForOneUser(request, response)
}

function mayBeKept(policy: string): boolean {
  const age = Number(/max-age=(\d{1,12})/.exec(policy)?.[1] ?? 0)
  return age >= MIN_AGE_SECONDS && /\bpublic\b/.test(policy) && !/no-store|no-cache|private/.test(policy)
}

function isForOneUser(request: JsonObject, response: JsonObject): boolean {
  if (headerOf(request, 'authorization') !== '' || headerOf(response, 'set-cookie') !== '') return true
  return /cookie|authorization|\*/.test(headerOf(response, 'vary'))
}

/** In lower case; empty when there is none. */
function headerOf({ headers }: JsonObject, name: string): string {
  if (!Array.isArray(headers)) return ''
  return headers
    .filter((header) => isNamed(header, name))
    .map((header) => String(header['value'] ?? '').toLowerCase())
    .join(', ')
}

function isNamed(header: JsonValue, name: string): header is JsonObject {
  return isObject(header) && String(header['name']).toLowerCase() === name
}
