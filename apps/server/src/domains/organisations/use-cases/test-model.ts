import type { ModelSettings, ModelTest } from '@clew/contract/settings'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { type ModelProvider, modelOf, openKey } from '../model.settings.ts'
import { authorizeChangeSettings } from '../policy.ts'
import { findSupportTeam, listSettings } from '../repository.settings.ts'
import type { SettingsHolder } from '../settings-holder.ts'
import { checkAddress } from './save-settings.ts'

/** Asks a model one small question, and says how that went. */
export type TryModel = (settings: Exclude<ModelProvider, { kind: 'off' }>) => Promise<ModelTest>

export type TestInput = { value: ModelSettings; key?: string | null | undefined }

/** Tries settings that need not be saved. A stored key goes only to the address that it was entered for. */
export async function testModelSettings(
  ctx: Ctx,
  { value, key }: TestInput,
  { holder, tryModel }: { holder: SettingsHolder; tryModel: TryModel },
): Promise<ModelTest> {
  const secret = await ctx.transaction(async (tx) => {
    const team = await findSupportTeam(tx)
    authorizeChangeSettings(tx.actor, team)
    const rows = await listSettings(tx, tx.actor.organisationId)
    return rows.find(({ group }) => group === 'model')?.secret
  })
  try {
    checkAddress(value, holder)
  } catch (error) {
    if (error instanceof AppError) return { ok: false, latencyMs: 0, error: 'address' }
    throw error
  }
  const url = value.url ?? holder.operator.model?.url
  const stored = key === undefined ? openKey(secret, url, holder.seal) : undefined
  const provider = modelOf({ ...value, kind: 'openai' }, holder.operator, key ?? stored)
  return provider.kind === 'off' ? { ok: false, latencyMs: 0, error: 'off' } : tryModel(provider)
}
