import type { UsageMeter } from '@clew/contract/usage'

const dayMs = 86_400_000

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** The last so many days, today among them (UTC, as the days are counted). */
export const lastDays = (count: number, now: number): { from: string; to: string } => ({
  from: dayOf(now - (count - 1) * dayMs),
  to: dayOf(now),
})

export type Bar = { day: string; quantity: number; isWeekend: boolean }

/** One bar for each day of a range. On a day without a figure nothing was used; a level stays what it was. */
export function barsOf({ days, kind }: Pick<UsageMeter, 'days' | 'kind'>, range: { from: string; to: string }): Bar[] {
  const known = new Map(days.map(({ day, quantity }) => [day, quantity]))
  const bars: Bar[] = []
  let last = 0
  for (let at = Date.parse(range.from); at <= Date.parse(range.to); at += dayMs) {
    const day = dayOf(at)
    last = known.get(day) ?? (kind === 'level' ? last : 0)
    bars.push({ day, quantity: last, isWeekend: [0, 6].includes(new Date(at).getUTCDay()) })
  }
  return bars
}

/** How a figure is written where there is room for five characters: 1.4 M, 412 GB. */
export function shortQuantity(
  format: (value: number, options?: Intl.NumberFormatOptions) => string,
  value: number,
): string {
  if (Math.abs(value) < 10_000) return format(value, { maximumFractionDigits: value % 1 === 0 ? 0 : 1 })
  return format(value, { notation: 'compact', maximumFractionDigits: 1 })
}

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

export function bytes(format: (value: number, options?: Intl.NumberFormatOptions) => string, value: number): string {
  let place = 0
  let rest = value
  for (; rest >= 1000 && place < byteUnits.length - 1; place += 1) rest /= 1000
  return format(rest, {
    style: 'unit',
    unit: byteUnits[place] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: rest < 10 && place > 0 ? 1 : 0,
  })
}
