import type { Domain } from '../../platform/domain.ts'
import { type StreamParts, streamGuard } from '../../platform/stream-guard.ts'
import { contactJobs } from './jobs.ts'
import { deleteContact } from './repository.ts'
import { type ContactParts, contactRoutes } from './routes.ts'
import { contactSubscribers } from './subscribers.ts'
import { listEndedStreams } from './use-cases/end-streams.ts'
import type { LinkSettings } from './use-cases/mail-link.ts'

export type { CasePerson, HostClaims } from './model.ts'
export { listContactsWith } from './repository.exporting.ts'
export { findContactsLike, isQuietSince, listContactsAt } from './repository.holding.ts'
export {
  contactOrganisation,
  contactShown,
  heldContactOrganisation,
  listContactIdsOf,
  listContacts,
  organisationOfContact,
  updateContact,
} from './repository.ts'
export { contactReader } from './token-cache.ts'
export { beginContactSession } from './use-cases/begin-contact-session.ts'
export {
  endAllIn,
  endAllSessions,
  endCaseSession,
  enterByIdentity,
  enterByLink,
  readCaseSession,
} from './use-cases/case-session.ts'
export { ensureContact } from './use-cases/ensure-contact.ts'
export { requestLink } from './use-cases/mail-link.ts'
export type { IdentityParts } from './use-cases/prove-identity.ts'

export function contacts(parts: ContactParts & LinkSettings & StreamParts): Domain {
  const guard = streamGuard(parts, {
    job: 'contacts.end_streams',
    audience: 'contact',
    everyMs: 4_000,
    listEnded: listEndedStreams,
  })
  return {
    name: 'contacts',
    routes: contactRoutes(parts),
    subscribers: contactSubscribers(parts),
    jobs: contactJobs,
    people: {
      forget: async (tx, contactId) => {
        await deleteContact(tx, contactId)
        return []
      },
    },
    start: async () => guard.start(),
    stop: () => guard.stop(),
  }
}
