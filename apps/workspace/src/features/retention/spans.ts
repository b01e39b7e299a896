import type { RetentionT } from './words.ts'

/** What one can choose from, in days; `null` is for ever. */
const choices = [7, 30, 60, 90, 180, 365, 730, 1095, 1825, 2555, 3650] as const

/** The choices with the present one among them. */
export function choicesWith(now: number | null): (number | null)[] {
  const days = [...new Set([...choices, ...(now === null ? [] : [now])])].sort((a, b) => a - b)
  return [...days, null]
}

/** For 30 days, for 3 years, for ever. */
export function spanOf(t: RetentionT, days: number | null): string {
  if (days === null) return t('console-retention.for_ever')
  return days % 365 === 0
    ? t('console-retention.for_years', { count: days / 365 })
    : t('console-retention.for_days', { count: days })
}
