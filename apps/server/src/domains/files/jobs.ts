import { z } from 'zod'
import type { Scanner } from '../../platform/clamd.ts'
import { type Job, job } from '../../platform/jobs.ts'
import type { SealedStorage } from '../../platform/storage/sealed.ts'
import { sweepUploads } from './use-cases/end-upload.ts'
import { scanWaiting } from './use-cases/scan-waiting.ts'
import { type KnowsKeys, sweepOrphans } from './use-cases/sweep-orphans.ts'

const byItself = z.object({})

type JobParts = { storage: SealedStorage; scanner: Scanner | undefined; storedKeys: KnowsKeys }

export const fileJobs = ({ storage, scanner, storedKeys }: JobParts): readonly Job[] => [
  // Every minute, so that those that waited while the scanner was away are asked about when it is back.
  job(
    'files.scan_waiting',
    { of: 'everybody', input: byItself, retries: 0, timeoutSeconds: 3600, cron: '* * * * *' },
    async (ctx) => {
      if (scanner) await scanWaiting(ctx, { storage, scanner })
    },
  ),
  job(
    'files.sweep_uploads',
    { of: 'everybody', input: byItself, retries: 2, timeoutSeconds: 600, cron: '*/10 * * * *' },
    (ctx) => sweepUploads(ctx, storage),
  ),
  job(
    'files.sweep_orphans',
    { of: 'everybody', input: byItself, retries: 1, timeoutSeconds: 3600, cron: '23 */6 * * *' },
    async (ctx) => {
      await sweepOrphans(ctx, storage, storedKeys)
    },
  ),
]
