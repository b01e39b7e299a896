import type { Ctx } from '../../../platform/ctx.ts'
import type { TextSeal } from '../../../platform/storage/text-seal.ts'
import { type OperatorSettings, openKey, type SavedSettings, type SettingsNow, settingsNow } from '../model.settings.ts'
import { authorizeReadSettings } from '../policy.ts'
import { findLogo, findSupportTeam, listSettings, settingsVersion } from '../repository.settings.ts'

/** The settings as they hold now: `known` itself when nothing has changed since. */
export async function loadSettings(
  ctx: Ctx,
  { known, operator, seal }: { known: SettingsNow; operator: OperatorSettings; seal: TextSeal },
): Promise<SettingsNow> {
  return ctx.transaction(async (tx) => {
    authorizeReadSettings(tx.actor)
    // The version first: what changes while we read is noticed at the next look.
    const version = await settingsVersion(tx)
    if (version === known.version) return known
    const team = await findSupportTeam(tx)
    const rows = team === undefined ? [] : await listSettings(tx, team)
    const saved: Partial<SavedSettings> = Object.fromEntries(rows.map(({ group, value }) => [group, value]))
    const secret = rows.find(({ group }) => group === 'model')?.secret
    const hash = saved.brand?.logo?.hash
    return settingsNow(
      {
        version,
        saved,
        logo: hash === undefined ? undefined : await findLogo(tx, hash),
        savedKey: openKey(secret, saved.model?.url ?? operator.model?.url, seal),
      },
      operator,
    )
  })
}
