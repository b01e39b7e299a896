import type { Meter } from '../../platform/domain.ts'
import { countStarted } from './repository.meters.ts'

export const conversationMeters: readonly Meter[] = [{ name: 'clew.conversations', kind: 'sum', count: countStarted }]
