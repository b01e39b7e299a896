import type { Domain } from '../../platform/domain.ts'
import { exportJobs } from './jobs.ts'
import { exportKeeping } from './keeping.ts'
import type { ExportParts } from './parts.ts'
import { forgetExportsOfContact, forgetExportsOfMember, keepsArchives } from './repository.leaving.ts'
import { moveOwn } from './repository.own.ts'
import { listOwnKeys } from './repository.pieces.ts'
import { exportRoutes } from './routes.ts'
import { exportSubscribers } from './subscribers.ts'

export type { ExportParts } from './parts.ts'
export { type OwnCopy, takeOwnCopy } from './use-cases/take-own-copy.ts'

export const exports = (parts: ExportParts): Domain => ({
  name: 'exports',
  routes: exportRoutes(parts),
  subscribers: exportSubscribers(parts),
  jobs: exportJobs(parts),
  keeping: exportKeeping,
  people: {
    join: moveOwn,
    forget: forgetExportsOfContact,
    forgetMember: forgetExportsOfMember,
    keeps: keepsArchives,
  },
  storedKeys: listOwnKeys,
})
