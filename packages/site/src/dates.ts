import type { Site } from './site.ts'

/** "24 Nov" */
export const shortDay = ({ t }: Site, at: Date): string => t.format.date(at, { day: 'numeric', month: 'short' })

/** "24 November 2026" */
export const longDay = ({ t }: Site, at: Date): string => t.format.date(at, { dateStyle: 'long' })

/** "Tue 24 Nov" */
export const weekDay = ({ t }: Site, at: Date): string =>
  t.format.date(at, { weekday: 'short', day: 'numeric', month: 'short' }).replace(',', '')

/** "09:42" */
export const timeOfDay = ({ t }: Site, at: Date): string => t.format.date(at, { hour: '2-digit', minute: '2-digit' })

/** "UTC+2", so that a time is never without its zone. */
export function zoneName({ t }: Site, at: Date): string {
  const written = t.format.date(at, { hour: '2-digit', timeZoneName: 'shortOffset' })
  const offset = /(?:GMT|UTC)(?:([+\u2212-])0?(\d+)(?::?(\d\d))?)?/.exec(written)
  if (offset === null) return ''
  const [, sign = '', hours = '', minutes = '00'] = offset
  if (Number(hours) === 0 && Number(minutes) === 0) return 'UTC'
  return `UTC${sign}${hours}${minutes === '00' ? '' : `:${minutes}`}`
}
