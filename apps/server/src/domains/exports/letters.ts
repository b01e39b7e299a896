import { createT } from '@clew/i18n'
import * as mailEl from '@clew/i18n/generated/mail.el'
import * as mailEn from '@clew/i18n/generated/mail.en'
import type { TxCtx } from '../../platform/ctx.ts'
import { queueMail } from '../../platform/mail/outbox.ts'
import { findMember, listMembersWith, type MemberRow } from '../organisations/index.ts'
import type { ExportRow } from './model.ts'
import type { ExportParts } from './parts.ts'

const words = { en: createT('en', mailEn.catalogue), el: createT('el', mailEl.catalogue) }

type Letter = 'wanted' | 'alone' | 'approved' | 'denied' | 'ready' | 'failed'
type Told = Pick<ExportParts, 'baseUrl'>
type About = { letter: Letter; row: ExportRow; name?: string; reason?: string; until?: Date | undefined }

/** Tells everybody who may decide, except whoever asked. */
export async function tellApprovers(tx: TxCtx, row: ExportRow, parts: Told): Promise<void> {
  const requester = await findMember(tx, row.requestedBy)
  for (const member of await listMembersWith(tx, row.organisationId, 'exports.approve'))
    if (member.id !== row.requestedBy)
      await send(tx, { member, letter: 'wanted', row, name: requester?.name ?? '–', until: row.decideBy }, parts)
}

/** Tells whoever asked what became of it. */
export async function tellRequester(
  tx: TxCtx,
  about: Omit<About, 'letter'> & { letter: Exclude<Letter, 'wanted'> },
  parts: Told,
): Promise<void> {
  const member = await findMember(tx, about.row.requestedBy)
  if (member) await send(tx, { member, ...about }, parts)
}

async function send(tx: TxCtx, about: About & { member: MemberRow }, { baseUrl }: Told): Promise<void> {
  const { member, letter, row, name = '–', reason = row.reason, until } = about
  const t = words[member.locale]
  const params = {
    organisation: member.organisation.name,
    name,
    reason: reason === '' ? '–' : reason,
    rows: t.format.number(Math.max(row.doneRows, row.expectedRows)),
    until: until === undefined ? '–' : t.format.date(until.toISOString(), moment(member)),
    link: `${baseUrl()}/app/console/exports`,
  }
  await queueMail(tx, {
    idempotencyKey: `export-${letter}:${row.id}:${row.runs}:${member.id}`,
    to: member.email,
    subject: t(`mail.export_${letter}_subject`, params),
    text: t(`mail.export_${letter}_text`, params),
  })
}

const moment = ({ timeZone }: MemberRow) => ({
  dateStyle: 'full' as const,
  timeStyle: 'short' as const,
  timeZone: timeZone ?? 'UTC',
})
