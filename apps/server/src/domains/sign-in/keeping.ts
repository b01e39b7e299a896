import type { Keeping } from '../../platform/keeping.ts'
import { deleteDueSessions, surveySessions } from './repository.keeping.ts'

export const sessionKeeping: readonly Keeping[] = [
  {
    class: 'session',
    survey: surveySessions,
    purge: async (tx, of) => {
      const ids = await deleteDueSessions(tx, of)
      return { count: ids.length, bytes: 0, ids, keys: [] }
    },
  },
]
