import type { Meter } from '../../platform/domain.ts'
import { countReceived } from './repository.meters.ts'

export const captureMeters: readonly Meter[] = [{ name: 'clew.captures', kind: 'sum', count: countReceived }]
