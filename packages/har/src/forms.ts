import { isPlaceholder } from '@clew/redact'
import type { Cleaner } from './cleaner.ts'
import { cleanJsonText } from './json-body.ts'
import { isPlainParameter, kindOfName } from './names.ts'
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
    cleaner.path.push(isPlainParameter(name) ? name : 'parameter')
    clean.push(cleanParameterObject(parameter, name, cleaner))
    cleaner.path.pop()
  }
  return clean
}

function cleanParameterObject(parameter: JsonObject, name: string, cleaner: Cleaner): JsonObject {
  const clean: JsonObject = { name: isPlainParameter(name) ? name : cleaner.secret('other', 'name', name) }
  const { value, fileName, contentType, comment } = parameter
  if (typeof value === 'string') clean['value'] = cleanField(name, value, cleaner)
  if (typeof value === 'number') clean['value'] = cleanField(name, String(value), cleaner)
  if (typeof fileName === 'string') clean['fileName'] = keepFileName(fileName, cleaner)
  if (typeof contentType === 'string') clean['contentType'] = cleaner.net(contentType)
  if (typeof comment === 'string') clean['comment'] = cleaner.deny('other', 'comment', comment)
  return clean
}

/** What was uploaded is a diagnosis; whose it is stays out of it. */
function keepFileName(fileName: string, cleaner: Cleaner): string {
  const clean = cleaner.net(fileName)
  if (clean === fileName) cleaner.kept('file_name')
  return clean
}

/** One field of a form. */
export function cleanField(name: string, value: string, cleaner: Cleaner): string {
  if (value === '' || isPlaceholder(value)) return value
  if (kindOfName(name) === undefined && /^\s{0,8}[[{]/.test(value)) {
    const clean = cleanJsonText(value, cleaner)
    if (clean !== undefined) return clean
  }
  const isEncoded = /%[0-9A-Fa-f]{2}/.test(value)
  return cleanParameter({ name, value, isEncoded, nested: 0 }, cleaner)
}
