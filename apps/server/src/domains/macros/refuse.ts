import type { MacroBodies } from '@clew/contract/macros'
import { AppError } from '../../platform/app-error.ts'
import { firstUnknown, knownPlaceholders, type MacroRow } from './model.ts'

/** A placeholder that nothing fills in would be sent as it stands. */
export function refuseUnknownPlaceholders(bodies: MacroBodies): void {
  const placeholder = firstUnknown(bodies)
  if (placeholder !== undefined)
    throw new AppError('macro.placeholder_unknown', { placeholder, known: knownPlaceholders() })
}

/** Who saves over a version that they have not seen is told whose it is. */
export function refuseStale(row: MacroRow, version: number): void {
  if (row.version !== version) throw new AppError('macro.conflict', { name: row.changedBy ?? 'Clew' })
}
