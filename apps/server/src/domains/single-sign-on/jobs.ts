import { z } from 'zod'
import { type Job, job } from '../../platform/jobs.ts'
import type { SsoParts } from './parts.ts'
import { endOldSessions } from './use-cases/require-sso.ts'
import { forgetEnded, readMetadataAgain, warnOfCertificates } from './use-cases/watch-providers.ts'

const nothing = z.object({})

export const ssoJobs = (parts: SsoParts): readonly Job[] => [
  job(
    'single-sign-on.read_metadata',
    { of: 'everybody', input: nothing, retries: 1, timeoutSeconds: 900, cron: '40 3 * * *' },
    (ctx) => readMetadataAgain(ctx, parts),
  ),
  job(
    'single-sign-on.warn_of_certificates',
    { of: 'everybody', input: nothing, retries: 3, timeoutSeconds: 300, cron: '20 5 * * *' },
    (ctx) => warnOfCertificates(ctx, parts),
  ),
  job(
    'single-sign-on.end_old_sessions',
    { of: 'everybody', input: nothing, retries: 1, timeoutSeconds: 60, cron: '*/5 * * * *' },
    (ctx) => endOldSessions(ctx),
  ),
  job(
    'single-sign-on.forget_ended',
    { of: 'everybody', input: nothing, retries: 1, timeoutSeconds: 60, cron: '11 * * * *' },
    (ctx) => forgetEnded(ctx),
  ),
]
