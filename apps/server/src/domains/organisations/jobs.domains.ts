import { z } from 'zod'
import { type Job, job } from '../../platform/jobs.ts'
import type { DomainParts } from './domain-parts.ts'
import { checkDueDomains } from './use-cases/domains/check-domain.ts'

export const domainJobs = (parts: DomainParts): readonly Job[] => [
  job(
    'organisations.check_domains',
    { of: 'everybody', input: z.object({}), retries: 1, timeoutSeconds: 280, cron: '*/5 * * * *' },
    (ctx) => checkDueDomains(ctx, parts),
  ),
]
