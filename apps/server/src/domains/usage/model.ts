export const nobody = '00000000-0000-0000-0000-000000000000'

const dayMs = 86_400_000
const oldestMs = 400 * dayMs
const aheadMs = 3_600_000

export const dayOf = (at: Date): string => at.toISOString().slice(0, 10)
export const startOf = (day: string): Date => new Date(`${day}T00:00:00.000Z`)
export const dayAfter = (day: string): string => dayOf(new Date(startOf(day).getTime() + dayMs))

/** The first day of the period that a moment is in. */
export const periodOf = (period: 'day' | 'month', at: Date): string =>
  period === 'day' ? dayOf(at) : `${dayOf(at).slice(0, 7)}-01`

/** Why a report cannot be counted whatever else is true, or undefined. */
export function untimely(at: Date, now: Date): 'too_old' | 'in_the_future' | undefined {
  if (now.getTime() - at.getTime() > oldestMs) return 'too_old'
  return at.getTime() - now.getTime() > aheadMs ? 'in_the_future' : undefined
}

export type DaySum = {
  organisationId: string
  meter: string
  day: string
  memberId: string
  feature: string
  model: string
  quantity: number
}

const placeOf = ({ organisationId, meter, day, memberId, feature, model }: DaySum): string =>
  JSON.stringify([organisationId, meter, day, memberId, feature, model])

/** Adds up what belongs to the same row, in the order of the rows, so that two who write at once wait for each other in turn. */
export function summed(parts: readonly DaySum[]): DaySum[] {
  const sums = new Map<string, DaySum>()
  for (const part of parts) {
    const place = placeOf(part)
    const sum = sums.get(place)
    sums.set(place, { ...part, quantity: (sum?.quantity ?? 0) + part.quantity })
  }
  return [...sums.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum)
}
