import type { Settings, SettingsChangeList, SettingsGroup } from '@clew/contract/settings'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { authorizeReadSettings, canChangeSettings } from '../policy.ts'
import { findSupportTeam, listSettings, listSettingsChanges } from '../repository.settings.ts'
import type { SettingsHolder } from '../settings-holder.ts'
import { type LoaderFacts, settingsChangeView, settingsView } from '../views.settings.ts'

/** Everything that the team decided, beside what the operator gave. */
export async function readSettings(ctx: Ctx, holder: SettingsHolder, loader: LoaderFacts): Promise<Settings> {
  return ctx.transaction(async (tx) => {
    authorizeReadSettings(tx.actor)
    const team = await findSupportTeam(tx)
    if (tx.actor.type === 'agent' && tx.actor.organisationId !== team) throw new AppError('permission.denied')
    const rows = team === undefined ? [] : await listSettings(tx, team)
    return settingsView(rows, {
      mayChange: canChangeSettings(tx.actor),
      operator: holder.operator,
      seal: holder.seal,
      loader,
    })
  })
}

const shownChanges = 30

/** Who changed what, the newest first. */
export async function readSettingsChanges(ctx: Ctx, group: SettingsGroup): Promise<SettingsChangeList> {
  return ctx.transaction(async (tx) => {
    authorizeReadSettings(tx.actor)
    const team = await findSupportTeam(tx)
    if (team === undefined || (tx.actor.type === 'agent' && tx.actor.organisationId !== team))
      throw new AppError('permission.denied')
    const changes = await listSettingsChanges(tx, { organisationId: team, group, limit: shownChanges })
    return { changes: changes.map(settingsChangeView) }
  })
}
