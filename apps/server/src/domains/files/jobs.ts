import { z } from 'zod'
import { type Job, job } from '../../platform/jobs.ts'
import type { SealedStorage } from '../../platform/storage/sealed.ts'
import { sweepUploads } from './use-cases/end-upload.ts'
import { type KnowsKeys, sweepOrphans } from './use-cases/sweep-orphans.ts'

const byItself = z.object({})

export const fileJobs = (storage: SealedStorage, ofOthers: KnowsKeys): readonly Job[] => [
  job(
    'files.sweep_uploads',
    { of: 'everybody', input: byItself, retries: 2, timeoutSeconds: 600, cron: '*/10 * * * *' },
    (ctx) => sweepUploads(ctx, storage),
  ),
  job(
    'files.sweep_orphans',
    { of: 'everybody', input: byItself, retries: 1, timeoutSeconds: 3600, cron: '23 */6 * * *' },
    async (ctx) => {
      await sweepOrphans(ctx, storage, ofOthers)
    },
  ),
]
