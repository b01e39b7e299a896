import { isIpv4, isIpv6 } from '@clew/redact'
import type { JsonValue } from '../types.ts'
import type { Field, FieldKind } from './shapes.ts'
import { report, type Spot } from './spot.ts'

type TextCheck = (value: string, spot: Spot) => void
type NumberCheck = (found: number, spot: Spot, isRequired: boolean) => void

const TEXTS: Readonly<Partial<Record<FieldKind, TextCheck>>> = {
  name: (value, spot) => {
    if (value === '') report(spot, 'field.empty')
  },
  date: checkDate,
  url: checkUrl,
  address: (value, spot) => {
    if (value !== '' && !isAddress(value)) report(spot, 'address.invalid')
  },
  header_name: (value, spot) => {
    if (!/^:?[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(value)) report(spot, 'header.name')
  },
}

const NUMBERS: Readonly<Partial<Record<FieldKind, NumberCheck>>> = {
  // 0 is an exchange without an answer: cancelled, blocked, not reached.
  status: (found, spot) => {
    if (found !== 0 && !(Number.isInteger(found) && found >= 100 && found <= 999))
      report(spot, 'status.range', { params: { found } })
  },
  size: (found, spot) => {
    if (!Number.isInteger(found) || found < -1) report(spot, 'size.invalid', { params: { found } })
  },
  // Many exporters write -1, or a rounding error below 0, where the standard wants 0.
  duration: (found, spot, isRequired) => {
    if (found >= 0 || (found === -1 && !isRequired)) return
    report(spot, 'timing.negative', { params: { found }, severity: found >= -1 ? 'note' : 'warning' })
  },
}

/** Whether a value of the right type can be true. */
export function checkValue(value: JsonValue, field: Field, spot: Spot): void {
  if (field.is === 'object' || field.is === 'list') return
  if (typeof value === 'string') TEXTS[field.is]?.(value, spot)
  if (typeof value === 'number') NUMBERS[field.is]?.(value, spot, field.required)
}

const ISO = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?/

function checkDate(value: string, spot: Spot): void {
  const found = /^[\dT:.+Z -]{1,40}$/.test(value) ? value : ''
  if (!ISO.test(value) || Number.isNaN(Date.parse(value.replace(',', '.'))))
    return report(spot, 'date.unreadable', { params: { found } })
  if (!/(?:Z|[+-]\d\d:?\d\d)$/i.test(value)) report(spot, 'date.no_zone', { params: { found } })
}

function checkUrl(value: string, spot: Spot): void {
  if (value === '') report(spot, 'field.empty')
  else if (!/^[a-z][a-z0-9+.-]*:/i.test(value)) report(spot, 'url.relative')
  else if (value.includes('#') && !/^(?:data|blob):/i.test(value)) report(spot, 'url.fragment')
}

/** Chrome writes IPv6 in brackets, some name the zone. A placeholder of a clean capture is no address but no fault. */
function isAddress(value: string): boolean {
  const bare = value.replace(/^\[(.*)\]$/, '$1').replace(/%.*$/, '')
  return isIpv4(bare) || isIpv6(bare) || value.startsWith('[')
}
