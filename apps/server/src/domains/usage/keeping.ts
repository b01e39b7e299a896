import type { Keeping } from '../../platform/keeping.ts'
import { deleteDueUsage, surveyUsage } from './repository.keeping.ts'

export const usageKeeping: readonly Keeping[] = [
  {
    class: 'usage',
    survey: surveyUsage,
    purge: async (tx, of) => ({ count: await deleteDueUsage(tx, of), bytes: 0, ids: [], keys: [] }),
  },
]
