import type { ContactId, Locale, OrganisationId } from '@clew/contract/primitives'

export type ContactRow = {
  id: ContactId
  organisationId: OrganisationId | undefined
  name: string | undefined
  email: string | undefined
  locale: Locale
}
