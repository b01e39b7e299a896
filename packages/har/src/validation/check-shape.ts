import { isObject, type JsonObject, type JsonValue } from '../types.ts'
import { checkValue } from './check-value.ts'
import { foundValue, words } from './json-words.ts'
import { type Field, SHAPES, type ShapeName } from './shapes.ts'
import { below, report, type Spot } from './spot.ts'

/** Compares an object with its shape, and all that it holds. */
export function checkShape(value: JsonObject, shape: ShapeName, spot: Spot): void {
  const fields = SHAPES[shape]
  for (const name in fields) {
    const field = fields[name]
    if (field !== undefined) checkField(value[name], field, below(spot, name))
  }
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(fields, name) && !name.startsWith('_')) report(below(spot, name), 'field.unknown')
  }
}

function checkField(value: JsonValue | undefined, field: Field, spot: Spot): void {
  if (value === undefined) {
    if (field.required) report(spot, 'field.missing')
  } else if (field.is === 'any') {
    return
  } else if (value === null) {
    const severity = field.required ? 'error' : 'note'
    report(spot, 'field.null', { severity, params: { expected: expectedOf(field) } })
  } else if (field.is === 'object') {
    if (isObject(value)) checkShape(value, field.shape, spot)
    else report(spot, 'field.type', { params: { found: foundValue(value), expected: words.anObject } })
  } else if (field.is === 'list') {
    checkList(value, field.of, spot)
  } else {
    checkScalar(value, field, spot)
  }
}

function checkList(value: JsonValue, shape: ShapeName, spot: Spot): void {
  if (!Array.isArray(value)) {
    return report(spot, 'field.type', { params: { found: foundValue(value), expected: words.aList } })
  }
  value.forEach((item, index) => {
    const place = below(spot, index)
    if (isObject(item)) checkShape(item, shape, place)
    else report(place, 'field.type', { params: { found: foundValue(item), expected: words.anObject } })
  })
}

function checkScalar(value: JsonValue, field: Field, spot: Spot): void {
  const expected = expectedOf(field)
  const isNumber = expected === words.aNumber
  if (isNumber && typeof value === 'string' && /^\s*-?\d+(?:\.\d+)?\s*$/.test(value)) {
    return report(spot, 'field.number_as_text')
  }
  const type = isNumber ? 'number' : expected === words.aFlag ? 'boolean' : 'string'
  if (typeof value === type) return checkValue(value, field, spot)
  report(spot, 'field.type', { params: { found: foundValue(value), expected } })
}

function expectedOf({ is }: Field): (typeof words)['aText'] {
  if (is === 'object') return words.anObject
  if (is === 'list') return words.aList
  if (is === 'flag') return words.aFlag
  return is === 'number' || is === 'size' || is === 'duration' || is === 'status' ? words.aNumber : words.aText
}
