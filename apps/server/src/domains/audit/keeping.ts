import type { Keeping } from '../../platform/keeping.ts'
import type { AuditParts } from './parts.ts'
import { heldFrom, surveyEvents } from './repository.keeping.ts'
import { purgeAuditBefore } from './use-cases/purge-before.ts'

export const auditKeeping = (parts: AuditParts): readonly Keeping[] => [
  {
    class: 'audit',
    survey: surveyEvents,
    purge: async (tx, { owner, holds, before: asked }) => {
      const held = heldFrom(holds)
      const before = held !== undefined && held < asked ? held : asked
      const { purged, why } = await purgeAuditBefore(tx, owner.organisationId, { before, parts })
      return { count: purged, bytes: 0, ids: [], keys: [], ...(why === 'tampered' ? { note: why } : {}) }
    },
  },
]
