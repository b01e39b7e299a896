import { fromBase64, isPlaceholder } from '@clew/redact'
import type { Cleaner } from './cleaner.ts'
import { cleanJsonText } from './json-body.ts'
import { isPlainToken, kindOfName } from './names.ts'
import { isObject, type JsonObject, type JsonValue } from './types.ts'
import { cleanParameter, cleanQuery } from './url.ts'

/** An `application/x-www-form-urlencoded` body. */
export function cleanFormText(text: string, cleaner: Cleaner): string {
  return cleanQuery(text.replaceAll('\r', '').replaceAll('\n', ''), cleaner)
}

/** `queryString` of a request and `params` of a body: `[{ name, value, fileName, contentType }]`. */
export function cleanParameters(list: JsonValue, cleaner: Cleaner): JsonValue {
  if (!Array.isArray(list)) return []
  const clean: JsonValue[] = []
  for (const parameter of list) {
    if (!isObject(parameter)) continue
    const name = String(parameter['name'] ?? '')
    cleaner.path.push(isPlainToken(name) ? name : 'parameter')
    clean.push(cleanParameterObject(parameter, name, cleaner))
    cleaner.path.pop()
  }
  return clean
}

function cleanParameterObject(parameter: JsonObject, name: string, cleaner: Cleaner): JsonObject {
  const clean: JsonObject = { name: isPlainToken(name) ? name : cleaner.secret('other', 'name', name) }
  const { value, fileName, contentType, comment } = parameter
  if (typeof value === 'string') clean['value'] = cleanField(name, value, cleaner)
  if (typeof value === 'number') clean['value'] = cleanField(name, String(value), cleaner)
  if (typeof fileName === 'string') clean['fileName'] = cleaner.net(fileName)
  if (typeof contentType === 'string') clean['contentType'] = cleaner.net(contentType)
  if (typeof comment === 'string') clean['comment'] = cleaner.deny('other', 'comment', comment)
  return clean
}

/** One field of a form. */
export function cleanField(name: string, value: string, cleaner: Cleaner): string {
  if (value === '' || isPlaceholder(value)) return value
  if (kindOfName(name) === undefined && /^\s{0,8}[[{]/.test(value)) {
    const clean = cleanJsonText(value, cleaner)
    if (clean !== undefined) return clean
  }
  const status = name.toLowerCase() === 'samlresponse' ? samlStatus(value) : undefined
  const isEncoded = /%[0-9A-Fa-f]{2}/.test(value)
  const clean = cleanParameter({ name, value, isEncoded, nested: 0 }, cleaner)
  return status === undefined || !clean.endsWith(']') ? clean : `${clean.slice(0, -1)}, status "${status}"]`
}

/** The outcome of a sign-in is a diagnosis; everything else in the assertion is the person. */
function samlStatus(value: string): string | undefined {
  const bytes = fromBase64(value.replace(/%2B/gi, '+').replace(/%2F/gi, '/').replace(/%3D/gi, '='))
  if (bytes === undefined) return undefined
  const text = new TextDecoder().decode(bytes)
  return /StatusCode\s{1,9}Value="urn:oasis:names:tc:SAML:[\d.]{1,5}:status:([A-Za-z]{1,40})"/.exec(text)?.[1]
}
