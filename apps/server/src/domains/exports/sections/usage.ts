import type { MemberId } from '@clew/contract/primitives'
import { z } from 'zod'
import { countUsage, pageUsage, placeOf, type UsageRow } from '../../usage/index.ts'
import { type RawRow, type Reading, rowsOf, type Section } from './section.ts'

const pageSize = 1_000
const After = z
  .object({ meter: z.string(), day: z.string(), memberId: z.string(), feature: z.string(), model: z.string() })
  .optional()

/** What was used, by day; by one member where one is named. */
export function usageSection(
  { ctx, organisationId }: Reading,
  of: { from?: string | undefined; to?: string | undefined; memberId?: MemberId | undefined },
): Section {
  const selection = { organisationId, ...of }
  return {
    name: 'usage',
    count: async () => ({ usage: await ctx.transaction((tx) => countUsage(tx, selection)) }),
    batch: async (after) => {
      const page = await ctx.transaction((tx) =>
        pageUsage(tx, selection, { after: After.parse(after), limit: pageSize }),
      )
      const last = page.at(-1)
      return last && { files: [{ file: 'usage', rows: rowsOf(page.map(rowOf)) }], after: placeOf(last) }
    },
  }
}

const rowOf = ({ day, meter, memberId, feature, model, quantity }: UsageRow): RawRow => ({
  values: { day, meter, member_id: memberId, feature, model, quantity },
})
