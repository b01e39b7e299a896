import type { Domain } from '../../platform/domain.ts'
import type { ConnectorParts } from './consult-logs.ts'
import { caseJobs } from './jobs.ts'
import { casePeople } from './people.ts'
import { caseRealtime } from './realtime.ts'
import { connectorRoutes } from './routes.connector.ts'
import { caseRoutes } from './routes.ts'
import { caseSubscribers } from './subscribers.ts'

export { expectedBy } from './expected.ts'
export { newFacts, worthLearning } from './model.ts'
export { countToldFacts, listToldCases } from './repository.exporting.ts'
export { readCase } from './repository.ts'
export { addFacts } from './use-cases/add-facts.ts'
export { openCaseFile } from './use-cases/open-case-file.ts'

export const cases = (parts: ConnectorParts): Domain => ({
  name: 'cases',
  routes: [...caseRoutes, ...connectorRoutes(parts)],
  subscribers: caseSubscribers(parts),
  jobs: caseJobs(parts),
  realtime: caseRealtime,
  people: casePeople,
})
