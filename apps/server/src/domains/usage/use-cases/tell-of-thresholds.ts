import type { OrganisationId } from '@clew/contract/primitives'
import { createT } from '@clew/i18n'
import * as mailEl from '@clew/i18n/generated/mail.el'
import * as mailEn from '@clew/i18n/generated/mail.en'
import type { TxCtx } from '../../../platform/ctx.ts'
import { queueMail } from '../../../platform/mail/outbox.ts'
import { recordAudit } from '../../audit/index.ts'
import { listMembersWith } from '../../organisations/index.ts'
import { dayOf, periodOf } from '../model.ts'
import { authorizeCount } from '../policy.ts'
import { listThresholds, noteTold, type ThresholdRow } from '../repository.thresholds.ts'
import { listDays, listMeters } from '../repository.ts'

const words = { en: createT('en', mailEn.catalogue), el: createT('el', mailEl.catalogue) }

export type TellSettings = { brand: () => string; baseUrl: () => string }

/** Tells those who look after usage, once for each day or month, that a threshold was passed. */
export async function tellOfThresholds(
  tx: TxCtx,
  { organisationId, meters }: { organisationId: OrganisationId; meters: readonly string[] },
  settings: TellSettings,
): Promise<void> {
  authorizeCount(tx.actor)
  for (const threshold of await listThresholds(tx, organisationId, meters)) {
    const period = periodOf(threshold.period, tx.clock.now())
    if (threshold.toldOf !== undefined && threshold.toldOf >= period) continue
    const reached = await reachedOf(tx, organisationId, { meter: threshold.meter, from: period })
    if (reached < threshold.quantity || !(await noteTold(tx, threshold.id, period))) continue
    await tell(tx, { organisationId, threshold, period, reached }, settings)
  }
}

/** How much was counted from a day until now. */
export async function reachedOf(
  tx: TxCtx,
  organisationId: OrganisationId,
  { meter, from }: { meter: string; from: string },
): Promise<number> {
  const days = await listDays(tx, organisationId, { from, to: dayOf(tx.clock.now()) })
  return days.filter((each) => each.meter === meter).reduce((sum, { quantity }) => sum + quantity, 0)
}

type Passed = { organisationId: OrganisationId; threshold: ThresholdRow; period: string; reached: number }

async function tell(tx: TxCtx, passed: Passed, { brand, baseUrl }: TellSettings): Promise<void> {
  const { organisationId, threshold, period, reached } = passed
  const name = (await listMeters(tx, organisationId)).find(({ meter }) => meter === threshold.meter)?.name
  for (const member of await listMembersWith(tx, organisationId, 'usage.manage')) {
    const t = words[member.locale]
    const params = {
      meter: name ?? threshold.meter,
      limit: t.format.number(threshold.quantity),
      reached: t.format.number(reached),
      brand: brand(),
      link: `${baseUrl()}/app/console/usage`,
    }
    await queueMail(tx, {
      idempotencyKey: `usage-threshold:${threshold.id}:${period}:${member.id}`,
      to: member.email,
      subject: t(`mail.usage_threshold_${threshold.period}_subject`, params),
      text: t(`mail.usage_threshold_${threshold.period}_text`, params),
    })
  }
  recordAudit(tx, {
    organisationId,
    action: 'usage.threshold_reached',
    targets: [{ type: 'usage_threshold', id: threshold.id, name: `${threshold.meter}, ${threshold.period}` }],
    metadata: { period, reached, limit: threshold.quantity },
  })
}
