import type { OrganisationId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import type { Counted } from '../../platform/domain.ts'
import { sqlOf } from '../../platform/sql.ts'
import { contactOrganisation } from '../contacts/index.ts'

type Day = { from: Date; until: Date }

/** Questions of a day. */
export const countQuestions = (tx: TxCtx, day: Day): Promise<Counted[]> => counted(asked(tx, day))

/** Those of them that needed no person, as far as that is known. */
export const countAnswered = (tx: TxCtx, day: Day): Promise<Counted[]> =>
  counted(asked(tx, day).where('tier', 'in', ['confirmed', 'assumed']))

const asked = (tx: TxCtx, { from, until }: Day) =>
  sqlOf(tx)
    .selectFrom('assistant_questions')
    .select((eb) => [
      contactOrganisation(eb.ref('assistant_questions.contact_id')).as('owner'),
      eb.fn.countAll<string>().as('count'),
    ])
    .where('is_question', '=', true)
    .where('asked_at', '>=', from)
    .where('asked_at', '<', until)
    .groupBy('owner')

async function counted(query: ReturnType<typeof asked>): Promise<Counted[]> {
  const rows = await query.execute()
  return rows.map((row) => ({
    organisationId: (row.owner ?? undefined) as OrganisationId | undefined,
    quantity: Number(row.count),
  }))
}
