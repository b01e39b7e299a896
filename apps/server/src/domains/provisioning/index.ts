import type { OrganisationId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import type { Domain } from '../../platform/domain.ts'
import { type DoorParts, mountDoor } from './door.ts'
import { provisioningJobs } from './jobs.ts'
import { listConnections, namesGiving } from './repository.ts'
import { provisioningRoutes } from './routes.ts'
import type { ReminderParts } from './use-cases/remind-of-tokens.ts'

export { makeTokenForOrganisation } from './use-cases/manage-tokens.ts'

export type ProvisioningParts = DoorParts & ReminderParts

export const provisioning = (parts: ProvisioningParts): Domain => ({
  name: 'provisioning',
  routes: provisioningRoutes(parts),
  jobs: provisioningJobs(parts),
  members: { connections: connectionNames, givesRole: namesGiving },
  mount: (app, { limitFactor }) => mountDoor(app, parts, limitFactor),
})

async function connectionNames(tx: TxCtx, organisationId: OrganisationId): Promise<ReadonlyMap<string, string>> {
  const connections = await listConnections(tx, organisationId)
  return new Map(connections.map(({ id, name }) => [id, name]))
}
