import { z } from 'zod'
import { type Job, job } from '../../platform/jobs.ts'
import type { ConnectorParts } from './consult-logs.ts'
import { forgetLookupCalls } from './use-cases/forget-lookup-calls.ts'
import { lookUpRequest } from './use-cases/look-up-request.ts'

export const caseJobs = (parts: ConnectorParts): readonly Job[] => [
  job(
    'cases.look_up_request',
    {
      of: { row: 'request_lookups' },
      input: z.object({ lookupId: z.uuid() }),
      retries: 2,
      timeoutSeconds: 60,
      atOnce: 4,
    },
    (ctx, { lookupId }) => lookUpRequest(ctx, lookupId, parts),
  ),
  job(
    'cases.forget_lookup_calls',
    { of: 'everybody', input: z.object({}), retries: 2, timeoutSeconds: 300, cron: '41 3 * * *' },
    forgetLookupCalls,
  ),
]
