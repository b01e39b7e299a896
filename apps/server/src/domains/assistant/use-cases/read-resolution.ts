import {
  OutcomeTier,
  type ResolutionQuery,
  type ResolutionReport,
  type ResolutionRow,
  type Tiers,
} from '@clew/contract/assistant-learning'
import type { Locale } from '@clew/contract/primitives'
import type { z } from 'zod'
import type { Ctx } from '../../../platform/ctx.ts'
import { findSupportTeam } from '../../organisations/index.ts'
import { csvOf } from '../learning/csv.ts'
import type { SharedParts } from '../parts.ts'
import { authorizeExport, authorizeLearning, mayExport } from '../policy.ts'
import { countTiers, type TierCount } from '../repository.questions.ts'

type Parts = Pick<SharedParts, 'library' | 'flows'>
type Asked = z.output<typeof ResolutionQuery>

/** How what was asked ended, by week, article, flow and language. */
export async function readResolution(ctx: Ctx, { weeks }: Asked, parts: Parts): Promise<ResolutionReport> {
  return ctx.transaction(async (tx) => {
    authorizeLearning(tx.actor, await findSupportTeam(tx))
    const counts = await countTiers(tx, mondayBefore(tx.clock.now(), weeks - 1))
    return { weeks, ...reportOf(counts, parts, tx.locale), mayExport: mayExport(tx.actor) }
  })
}

/** The same as a table for a spreadsheet. */
export async function exportResolution(ctx: Ctx, { weeks }: Asked, parts: Parts): Promise<string> {
  return ctx.transaction(async (tx) => {
    authorizeExport(tx.actor, await findSupportTeam(tx))
    const report = reportOf(await countTiers(tx, mondayBefore(tx.clock.now(), weeks - 1)), parts, tx.locale)
    const of = (by: string, rows: readonly ResolutionRow[]) =>
      rows.map(({ key, label, tiers }) => [by, key, label, ...tierNames.map((tier) => tiers[tier])])
    return csvOf([
      ['by', 'key', 'label', ...tierNames],
      ...of('week', report.byWeek),
      ...of('article', report.byArticle),
      ...of('flow', report.byFlow),
      ...of('language', report.byLanguage),
    ])
  })
}

const tierNames = OutcomeTier.options
const noTiers = (): Tiers => ({ open: 0, confirmed: 0, assumed: 0, assisted: 0, failed: 0 })
const day = 86_400_000

function mondayBefore(now: Date, weeksBefore: number): Date {
  const midnight = Math.floor(now.getTime() / day) * day
  const sinceMonday = (new Date(midnight).getUTCDay() + 6) % 7
  return new Date(midnight - (sinceMonday + 7 * weeksBefore) * day)
}

function reportOf(counts: readonly TierCount[], { library, flows }: Parts, locale: Locale) {
  const articleTitle = (slug: string): string =>
    (library().find(locale, slug) ?? library().find('en', slug))?.title ?? slug
  const flowTitle = (id: string): string => flows().find(id)?.title[locale] ?? id
  const total = noTiers()
  for (const { tier, count } of counts) total[tier] += count
  return {
    total,
    returned: counts.filter(({ isReturned }) => isReturned).reduce((sum, { count }) => sum + count, 0),
    byWeek: rowsBy(counts, ({ week }) => week).sort((a, b) => a.key.localeCompare(b.key)),
    byArticle: rowsBy(counts, ({ articleSlug }) => articleSlug, articleTitle),
    byFlow: rowsBy(counts, ({ flowId }) => flowId, flowTitle),
    byLanguage: rowsBy(counts, (row) => row.locale),
  }
}

/** The most asked first. */
function rowsBy(
  counts: readonly TierCount[],
  keyOf: (count: TierCount) => string | undefined,
  labelOf: (key: string) => string = (key) => key,
): ResolutionRow[] {
  const rows = new Map<string, ResolutionRow>()
  for (const each of counts) {
    const key = keyOf(each)
    if (key === undefined) continue
    const row = rows.get(key) ?? { key, label: labelOf(key), tiers: noTiers() }
    row.tiers[each.tier] += each.count
    rows.set(key, row)
  }
  return [...rows.values()].sort((a, b) => sum(b.tiers) - sum(a.tiers) || a.key.localeCompare(b.key))
}

const sum = (tiers: Tiers): number => tierNames.reduce((total, tier) => total + tiers[tier], 0)
