import { createHash } from 'node:crypto'
import type { SsoLetter } from '@clew/contract/single-sign-on'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { queueMail } from '../../../platform/mail/outbox.ts'
import { recordAudit } from '../../audit/index.ts'
import { findOrganisation, listOwnersToTell } from '../../organisations/index.ts'
import { askingMail } from '../mails.ts'
import { diagnose } from '../model.diagnosis.ts'
import type { SsoParts } from '../parts.ts'
import { authorizeDiagnoseForTeam } from '../policy.ts'
import { gatherForTeam } from './diagnose.ts'

/**
 * The press of an agent: whoever answers for the organisation is led to the diagnosis, where one press of theirs mends it.
 * An agent changes nothing in an organisation. Of one person they are written to once a day.
 */
export async function writeToOwners(ctx: Ctx, about: string, parts: SsoParts): Promise<SsoLetter> {
  authorizeDiagnoseForTeam(ctx.actor)
  const { actor } = ctx
  return parts.asSystem(ctx, 'single-sign-on.write_to_owners').transaction(async (tx) => {
    const { asked, gathered } = await gatherForTeam(tx, about, parts)
    const { organisationId, address, attempt, facts } = gathered
    const { cause, remedies } = diagnose(facts)
    const organisation = organisationId && (await findOrganisation(tx, organisationId))
    if (!organisation || remedies.length === 0) throw new AppError('sso.remedy_unfit')

    const person = address ?? asked
    const day = tx.clock.now().toISOString().slice(0, 10)
    const key = createHash('sha256').update(`${organisation.id} ${person}`).digest('hex').slice(0, 32)
    const letter = {
      agent: actor.name,
      brand: parts.brand(),
      person,
      organisation: organisation.name,
      // By the reference: who signs in on the way has it in an address, where nobody's mail address belongs.
      link: `${parts.baseUrl()}/app/console/sso${attempt === undefined ? '' : `#about=${attempt.reference}`}`,
    }
    let sentTo = 0
    for (const owner of await listOwnersToTell(tx, organisation.id)) {
      const isNew = await queueMail(tx, {
        idempotencyKey: `sso-ask:${key}:${day}:${owner.id}`,
        to: owner.email,
        ...askingMail(owner.locale, letter),
      })
      if (isNew) sentTo += 1
    }
    recordAudit(tx, {
      action: 'organisation.written_to_by_team',
      organisationId: organisation.id,
      actor: { type: 'agent', id: actor.id, name: actor.name },
      metadata: { what: 'sso_diagnosis', cause, sentTo },
    })
    return { sentTo }
  })
}
