import { z } from 'zod'
import { job } from '../../platform/jobs.ts'
import { expireMembers, forgetUnconfirmed } from './use-cases/expire-members.ts'

const nothing = z.object({})

export const organisationJobs = [
  job(
    'organisations.expire_members',
    { of: 'everybody', input: nothing, retries: 2, timeoutSeconds: 60, cron: '* * * * *' },
    expireMembers,
  ),
  job(
    'organisations.forget_unconfirmed',
    { of: 'everybody', input: nothing, retries: 2, timeoutSeconds: 60, cron: '23 4 * * *' },
    forgetUnconfirmed,
  ),
]
