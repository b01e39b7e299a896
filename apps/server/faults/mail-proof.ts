import { setTimeout as pause } from 'node:timers/promises'
import type { Installation } from './installation.ts'
import { type Agent, invite } from './people.ts'
import type { PostOffice } from './post-office.ts'
import { ignoreTemporary } from './writers.ts'

export type MailOutcome = {
  queued: number
  /** Mails that arrived more than once under the same Message-ID, which a mail box shows once. */
  repeated: number
  drainedMs: number
  problems: string[]
}

const resumeMs = 60_000

/** Invitations all along, so that kills meet mails on their way. */
export async function invitesForMail([owner]: readonly Agent[], closing: AbortSignal): Promise<void> {
  for (let i = 1; owner && !closing.aborted; i += 1) {
    // Not repeated: an invitation whose answer was lost may be there or not, and its mail with it.
    await invite(owner, `guest-${i}@guests.example`).catch(ignoreTemporary)
    await pause(400)
  }
}

/** Every mail that was stored has arrived, and no other. */
export async function judgeMail(installation: Installation, { arrived }: PostOffice): Promise<MailOutcome> {
  const startedAt = performance.now()
  let rows = await mails(installation)
  while (rows.some(({ state }) => state === 'queued') && performance.now() - startedAt < resumeMs) {
    await pause(200)
    rows = await mails(installation)
  }
  const known = new Set(rows.map(({ id }) => id))
  const invitations = await installation.query('SELECT count(*)::int AS count FROM invitations')
  const invited = Number(invitations[0]?.['count'])
  return {
    queued: rows.length,
    repeated: [...arrived.values()].filter((times) => times > 1).length,
    drainedMs: performance.now() - startedAt,
    problems: [
      ...rows.filter(({ state }) => state !== 'sent').map(({ id, state }) => `the mail ${id} is ${state}`),
      ...rows.filter(({ id }) => !arrived.has(id)).map(({ id }) => `the mail ${id} never arrived`),
      ...[...arrived.keys()].filter((id) => !known.has(id)).map((id) => `the mail ${id} arrived and is not stored`),
      ...(invited === rows.length ? [] : [`${invited} invitations have ${rows.length} mails`]),
    ],
  }
}

async function mails(installation: Installation): Promise<{ id: string; state: string }[]> {
  const rows = await installation.query('SELECT id, state FROM mails')
  return rows.map((row) => ({ id: String(row['id']), state: String(row['state']) }))
}
