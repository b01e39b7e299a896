import type { AuditFilter } from '@clew/contract/audit'
import type { ExportContent } from '@clew/contract/exports'
import type { OrganisationId } from '@clew/contract/primitives'
import { countAuditEvents } from '../../audit/index.ts'
import { listContactsWith } from '../../contacts/index.ts'
import { pagePeople } from '../../organisations/index.ts'
import type { FileName } from '../shapes.ts'
import { casesSection } from './cases.ts'
import { membersSection } from './members.ts'
import type { Reading, Section } from './section.ts'
import { usageSection } from './usage.ts'

export type { Batch, RawRow, Reading, Section } from './section.ts'

const dayMs = 86_400_000

/** The days are whole ones in UTC, both included. */
const rangeOf = ({ from, to }: { from?: string | undefined; to?: string | undefined }) => ({
  from: from === undefined ? undefined : new Date(from),
  until: to === undefined ? undefined : new Date(Date.parse(to) + dayMs),
})

/** What is read for an archive, in order. The audit log is not among it: its own room writes that out. */
export async function sectionsOf(content: ExportContent, reading: Reading): Promise<Section[]> {
  if (content.of === 'person') return personSections(content.email, reading)
  const { from, to } = content
  return content.parts.flatMap((part) => {
    switch (part) {
      case 'members':
        return [membersSection(reading)]
      case 'cases':
        return [casesSection(reading, { ...rangeOf(content), withNotes: reading.owner.isSupport })]
      case 'usage':
        return [usageSection(reading, { from, to })]
      case 'audit':
        return []
    }
  })
}

/** What somebody is as a member, what they asked as a contact, and what they used. Never what the team said of them. */
async function personSections(email: string, reading: Reading): Promise<Section[]> {
  const { ctx, owner, organisationId } = reading
  const { contactIds, memberId } = await ctx.transaction(async (tx) => ({
    contactIds: await listContactsWith(tx, owner, email),
    memberId: (await pagePeople(tx, { organisationId, email }, { after: undefined, limit: 1 }))[0]?.id,
  }))
  return [
    membersSection(reading, email),
    casesSection(reading, { contactIds, withNotes: false }),
    ...(memberId === undefined ? [] : [usageSection(reading, { memberId })]),
  ]
}

/** Which events of the audit log are meant; undefined where it is no part of it. */
export function auditFilterOf(content: ExportContent): AuditFilter | undefined {
  if (content.of === 'person' || !content.parts.includes('audit')) return undefined
  const { from, until } = rangeOf(content)
  return {
    ...(from === undefined ? {} : { from: from.toISOString() }),
    ...(until === undefined ? {} : { to: until.toISOString() }),
  }
}

const mostCounted = 10_000_000

export async function countAll(
  content: ExportContent,
  reading: Reading,
): Promise<{ name: FileName | 'audit'; rows: number }[]> {
  const files: { name: FileName | 'audit'; rows: number }[] = []
  for (const section of await sectionsOf(content, reading))
    for (const [name, rows] of Object.entries(await section.count())) files.push({ name: name as FileName, rows })
  const filter = auditFilterOf(content)
  if (filter) {
    const organisationId: OrganisationId = reading.organisationId
    const rows = await reading.ctx.transaction((tx) =>
      countAuditEvents(tx, organisationId, { filter, most: mostCounted }),
    )
    files.push({ name: 'audit', rows })
  }
  return files
}
