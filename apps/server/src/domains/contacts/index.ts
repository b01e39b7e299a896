import type { Domain } from '../../platform/domain.ts'
import { type ContactParts, contactRoutes } from './routes.ts'

export { listContacts, updateContact } from './repository.ts'
export { contactReader } from './token-cache.ts'
export { beginContactSession } from './use-cases/begin-contact-session.ts'

export const contacts = (parts: ContactParts): Domain => ({ name: 'contacts', routes: contactRoutes(parts) })
