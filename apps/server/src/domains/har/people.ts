import type { People } from '../../platform/domain.ts'
import { countCapturesOf, deleteCapturesOf, moveCaptures } from './repository.people.ts'

export const capturePeople: People = {
  join: moveCaptures,
  count: countCapturesOf,
  forget: async (tx, contactId) => {
    await deleteCapturesOf(tx, contactId)
    return []
  },
}
