import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import type { Meter } from '../../platform/domain.ts'
import { listSeats, listSeen } from './repository.meters.ts'

export const organisationMeters: readonly Meter[] = [
  {
    name: 'clew.people',
    kind: 'sum',
    count: async (tx, { from, until }) =>
      (await listSeen(tx, { from, until })).map(({ organisationId, memberId }) => ({
        organisationId: organisationId as OrganisationId,
        memberId: memberId as MemberId,
        quantity: 1,
      })),
  },
  {
    name: 'clew.seats',
    kind: 'level',
    count: async (tx) =>
      (await listSeats(tx)).map(({ organisationId, seats }) => ({
        organisationId: organisationId as OrganisationId,
        quantity: seats,
      })),
  },
]
