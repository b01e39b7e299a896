import { isObject, type JsonObject, type JsonValue } from './types.ts'

/** Reading values as exporters really write them: numbers as strings, null for a list, a number for a text. */

export function objectOf(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {}
}

export function listOf(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

export function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

export function firstText(...values: (JsonValue | undefined)[]): string {
  for (const value of values) {
    const text = textOf(value)
    if (text !== '') return text
  }
  return ''
}

/** Exporters write numbers as strings, as null and as NaN. */
export function numberOf(value: JsonValue | undefined): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value !== 'string' || !/^\s*-?\d/.test(value)) return undefined
  const number = Number(value)
  return Number.isFinite(number) ? number : undefined
}

/** -1 means "does not apply". */
export function amountOf(value: JsonValue | undefined): number | undefined {
  const number = numberOf(value)
  return number === undefined || number < 0 ? undefined : number
}
