import type { BrandSettings, ModelSettings, SettingsGroup } from '@clew/contract/settings'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { mayCall } from '../../../platform/outward-address.ts'
import { type AuditChange, type AuditValue, recordAudit } from '../../audit/index.ts'
import { keyPurpose, openKey, originOf, type SavedSettings, type SettingsRow, saysTheSame } from '../model.settings.ts'
import { authorizeChangeSettings } from '../policy.ts'
import {
  findLogo,
  findSupportTeam,
  insertSettingsChange,
  lockSettings,
  updateSettings,
} from '../repository.settings.ts'
import type { SettingsHolder } from '../settings-holder.ts'

export type SaveInput<G extends SettingsGroup = SettingsGroup> = {
  group: G
  /** The version that the change was made from. */
  version: number
  value: SavedSettings[G]
  /** Of the model: left out, it stays; null takes it away. */
  key?: string | null | undefined
}

/**
 * Saves one group of settings. Who saves over a change that they have not seen is told of it; the same once more
 * changes nothing.
 */
export async function saveSettings(ctx: Ctx, input: SaveInput, holder: SettingsHolder): Promise<void> {
  const isChanged = await ctx.transaction(async (tx) => {
    const team = await findSupportTeam(tx)
    const { actor } = tx
    authorizeChangeSettings(actor, team)
    const place = { organisationId: actor.organisationId, group: input.group }
    const value = withoutGaps(input.value)
    await checkValue(tx, { ...input, value }, holder)
    const row = await lockSettings(tx, place)
    const next = secretAfter(row, { ...input, value }, holder)
    if (saysTheSame(row.value, value) && next.change === undefined) return false
    if (row.version !== input.version) throw conflictWith(row)

    const version = row.version + 1
    await updateSettings(tx, { ...place, version, value, secret: next.secret, changedBy: actor.id })
    await insertSettingsChange(tx, {
      ...place,
      version,
      before: row.value,
      // Only that there is a new key, never a part of it.
      after: next.change === undefined ? value : { ...value, key: next.change },
      changedBy: actor.id,
    })
    recordAudit(tx, {
      action: 'settings.changed',
      targets: [{ type: 'settings', id: input.group, name: input.group }],
      changes: changesOf(row.value, value),
      ...(next.change === undefined ? {} : { metadata: { key: next.change } }),
    })
    tx.emit('settings.changed', { group: input.group, version, agentId: actor.id })
    return true
  })
  if (isChanged) await holder.reload()
}

/** Field by field; the key of a model is no part of a value. */
function changesOf(before: object, after: object): AuditChange[] {
  const [old, now] = [before, after] as Record<string, AuditValue>[]
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((field) => JSON.stringify(old?.[field]) !== JSON.stringify(now?.[field]))
    .map((field) => ({ field, old: old?.[field], new: now?.[field] }))
}

const conflictWith = (row: SettingsRow): AppError =>
  new AppError('settings.conflict', { name: row.updatedByName ?? '–', version: row.version })

/** Fields that say nothing are left out, so that the operator's value holds. */
const withoutGaps = <V extends object>(value: V): V =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as V

/** What a schema cannot know. */
async function checkValue(tx: TxCtx, { group, value }: SaveInput, holder: SettingsHolder): Promise<void> {
  if (group === 'brand') {
    const { logo } = value as BrandSettings
    if (logo !== undefined && (await findLogo(tx, logo.hash))?.type !== logo.type)
      throw new AppError('settings.logo_not_found')
  }
  if (group === 'model') checkAddress(value as ModelSettings, holder)
}

/** The operator may have named any address; the workspace may name the same, or one that is open to all. */
export function checkAddress({ url }: ModelSettings, { operator }: SettingsHolder): void {
  if (url === undefined || url === operator.model?.url) return
  if (!mayCall(url, operator.modelHttpHosts)) throw new AppError('settings.address_refused', { field: 'url' })
}

type Secret = { secret: Buffer | undefined; change?: 'replaced' | 'removed' }

/** A key belongs to the address that it was entered for: with another address and no new key, it goes. */
function secretAfter(row: SettingsRow, { group, value, key }: SaveInput, { operator, seal }: SettingsHolder): Secret {
  if (group !== 'model') return { secret: undefined }
  const urlBefore = (row.value as ModelSettings).url ?? operator.model?.url
  const url = (value as ModelSettings).url ?? operator.model?.url
  if (typeof key === 'string') {
    const isSame = openKey(row.secret, url, seal) === key
    return isSame ? { secret: row.secret } : { secret: seal.seal(key, keyPurpose(url)), change: 'replaced' }
  }
  if (row.secret === undefined) return { secret: undefined }
  const isKept = key === undefined && originOf(urlBefore) === originOf(url)
  return isKept ? { secret: row.secret } : { secret: undefined, change: 'removed' }
}
