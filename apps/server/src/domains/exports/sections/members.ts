import { z } from 'zod'
import { countPeople, type ListedPerson, pagePeople } from '../../organisations/index.ts'
import { instant, type RawRow, type Reading, rowsOf, type Section } from './section.ts'

const pageSize = 500
const After = z.string().optional()

/** The people of an organisation; or who has this address among them. */
export const membersSection = ({ ctx, organisationId }: Reading, email?: string): Section => ({
  name: 'members',
  count: async () => ({
    members: await ctx.transaction(async (tx) =>
      email === undefined
        ? countPeople(tx, organisationId)
        : (await pagePeople(tx, { organisationId, email }, { after: undefined, limit: 1 })).length,
    ),
  }),
  batch: async (after) => {
    const page = await ctx.transaction((tx) =>
      pagePeople(tx, { organisationId, email }, { after: After.parse(after), limit: pageSize }),
    )
    const last = page.at(-1)
    return last && { files: [{ file: 'members', rows: rowsOf(page.map(rowOf)) }], after: last.id }
  },
})

const rowOf = (person: ListedPerson): RawRow => ({
  values: {
    id: person.id,
    name: person.name,
    email: person.email,
    title: person.title,
    role: person.role,
    groups: person.groups,
    source: person.source,
    locale: person.locale,
    time_zone: person.timeZone,
    joined_at: instant(person.joinedAt),
    seen_at: instant(person.seenAt),
    expires_at: instant(person.expiresAt),
    deactivated_at: instant(person.deactivatedAt),
  },
})
