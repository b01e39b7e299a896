import type { Meter } from '../../platform/domain.ts'
import { sumStored } from './repository.meters.ts'

export const fileMeters: readonly Meter[] = [{ name: 'clew.storage_bytes', kind: 'level', count: sumStored }]
