import type { ConsoleMember, ListMembers } from '@clew/contract/members'
import { stringify } from 'csv-stringify/sync'
import type { Ctx } from '../../../platform/ctx.ts'
import { recordAudit } from '../../audit/index.ts'
import type { KnowledgeParts } from '../knowledge.ts'
import { authorizeManageMembers } from '../policy.members.ts'
import { readMembers } from './read-members.ts'

const columns = [
  'email',
  'name',
  'title',
  'role',
  'seat',
  'groups',
  'source',
  'connection',
  'signs_in_with',
  'last_seen',
  'joined',
  'expires',
  'deactivated',
] as const

/**
 * The list as a table, for those who may change it. A name that a spreadsheet would take for a formula is only text in
 * it, and the mark at the beginning tells it that the letters are UTF-8.
 */
export async function exportMembers(
  ctx: Ctx,
  input: Pick<ListMembers, 'q' | 'show' | 'group'>,
  parts: KnowledgeParts,
): Promise<string> {
  authorizeManageMembers(ctx.actor)
  const rows: Row[] = []
  let cursor: string | undefined
  do {
    const page = await readMembers(ctx, { ...input, limit: 200, ...(cursor === undefined ? {} : { cursor }) }, parts)
    rows.push(...page.members.map(rowOf))
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  await ctx.transaction(async (tx) => {
    recordAudit(tx, { action: 'user.members_listed', metadata: { count: rows.length, show: input.show } })
  })
  return stringify(rows, { header: true, columns: [...columns], bom: true, escape_formulas: true })
}

type Row = Record<(typeof columns)[number], string>

const rowOf = (member: ConsoleMember): Row => ({
  email: member.email,
  name: member.name,
  title: member.title ?? '',
  role: member.roleName ?? member.role,
  seat: member.seat?.name ?? '',
  groups: member.groups.map(({ name }) => name).join('; '),
  source: member.source,
  connection: member.connection?.name ?? '',
  signs_in_with: member.wayIn,
  last_seen: member.seenAt ?? '',
  joined: member.joinedAt,
  expires: member.expiresAt ?? '',
  deactivated: member.deactivated?.at ?? '',
})
