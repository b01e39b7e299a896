import { z } from 'zod'
import { ListMembers, MemberFigures, SeatType } from './members.ts'
import { Instant } from './primitives.ts'
import { SsoConnection, SsoDomain } from './single-sign-on.ts'

// What the support team sees of a customer's organisation. That it was looked at stands in the organisation's log.

export const ListOrganisationMembers = ListMembers.omit({ group: true })
export type ListOrganisationMembers = z.output<typeof ListOrganisationMembers>

export const OrganisationFigures = MemberFigures.extend({ seatTypes: z.array(SeatType) }).meta({
  id: 'OrganisationFigures',
})
export type OrganisationFigures = z.infer<typeof OrganisationFigures>

/** How its people sign in, as far as one needs it to help them. */
export const OrganisationSignIn = z
  .object({
    connections: z.array(
      SsoConnection.pick({
        id: true,
        name: true,
        kind: true,
        provider: true,
        state: true,
        domains: true,
        certificates: true,
        isComplete: true,
        people: true,
        lastAt: true,
        lastReason: true,
      }),
    ),
    domains: z.array(SsoDomain),
    isRequired: z.boolean(),
    requiredAt: Instant.optional(),
    graceEndsAt: Instant.optional(),
    breakGlass: z.int().meta({ description: 'Owners who get in without SSO when it does not work.' }),
    ready: z.int(),
    members: z.int(),
  })
  .meta({ id: 'OrganisationSignIn' })
export type OrganisationSignIn = z.infer<typeof OrganisationSignIn>
