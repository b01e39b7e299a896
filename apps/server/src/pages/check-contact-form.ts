import { instantOf } from '@clew/intake/zones'
import {
  type ContactError,
  type ContactField,
  contactFields,
  contactKinds,
  contactNetworks,
  contactPlans,
  contactTunnels,
} from '@clew/site'
import { z } from 'zod'
import { type ContactErrors, type ContactValues, tooLong } from './contact-form.ts'

/** What is wrong with a form, field by field; empty when it can be sent. */
export function checkForm(values: ContactValues, now: Date): ContactErrors {
  const errors: ContactErrors = {}
  for (const field of contactFields) {
    const error = errorOf(field, values[field])
    if (error) errors[field] = error
  }
  if (!errors.date && !errors.time && !errors.time_zone && isToCome(values, now)) errors.date = 'in_future'
  return errors
}

const oneOf =
  (choices: readonly string[], error: ContactError = 'choice_invalid') =>
  (value: string): ContactError | undefined =>
    choices.includes(value) ? undefined : error
const isEmail = (value: string): ContactError | undefined =>
  z.email().safeParse(value).success ? undefined : 'email_invalid'

const checks: Partial<Record<ContactField, (value: string) => ContactError | undefined>> = {
  kind: oneOf(contactKinds),
  plan: oneOf(contactPlans),
  network: oneOf(contactNetworks),
  vpn: oneOf(contactTunnels),
  email: isEmail,
  billing_email: isEmail,
  date: (value) => (wallTimeOf(value, '00:00') ? undefined : 'date_invalid'),
  time: (value) => (/^(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$/.test(value) ? undefined : 'time_invalid'),
  time_zone: (value) => (isTimeZone(value) ? undefined : 'zone_invalid'),
}
const needed: ReadonlySet<ContactField> = new Set(['problem', 'email'])

function errorOf(field: ContactField, value: string | undefined): ContactError | undefined {
  if (value === undefined) return needed.has(field) ? 'required' : undefined
  if (tooLong(field, value)) return 'too_long'
  return checks[field]?.(value)
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** A day and a time as the fields of a browser write them. */
export function wallTimeOf(date: string, time: string) {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? []
  const [, hour, minute, second = '0'] = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(time) ?? []
  if (year === undefined || hour === undefined) return undefined
  const wall = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
  }
  return instantOf(wall, 'UTC') ? wall : undefined
}

/** The moment that date, time and zone name together. */
export function momentOf({
  date,
  time,
  timeZone,
}: {
  date?: string | undefined
  time?: string | undefined
  timeZone?: string | undefined
}): Date | undefined {
  const wall = date !== undefined && time !== undefined ? wallTimeOf(date, time) : undefined
  return wall && timeZone !== undefined ? instantOf(wall, timeZone) : undefined
}

/** Two clocks never agree. */
const toleranceMs = 5 * 60_000

function isToCome({ date, time, time_zone: timeZone }: ContactValues, now: Date): boolean {
  const moment = momentOf({ date, time: time ?? '00:00', timeZone: timeZone ?? 'Etc/GMT-14' })
  return moment !== undefined && moment.getTime() > now.getTime() + toleranceMs
}
