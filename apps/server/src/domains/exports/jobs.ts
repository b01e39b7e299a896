import { OrganisationId } from '@clew/contract/primitives'
import { z } from 'zod'
import { type Job, job } from '../../platform/jobs.ts'
import { maxAttempts } from './model.ts'
import type { ExportParts } from './parts.ts'
import { buildExport } from './use-cases/build-export.ts'
import { cleanExport } from './use-cases/clean-export.ts'
import { sweepExports } from './use-cases/sweep-exports.ts'

/** Without the organisation where an older version has queued it. */
const ofExport = z.object({ exportId: z.uuid(), organisationId: OrganisationId.optional() })

export const exportJobs = (parts: ExportParts): readonly Job[] => [
  job(
    'exports.build',
    { of: 'organisation', input: ofExport, retries: maxAttempts - 1, timeoutSeconds: 4 * 3600, atOnce: 2 },
    (ctx, { exportId }) => buildExport(ctx, exportId, parts),
  ),
  job('exports.clean', { of: 'organisation', input: ofExport, retries: 10, timeoutSeconds: 600 }, (ctx, { exportId }) =>
    cleanExport(ctx, exportId, parts),
  ),
  job(
    'exports.sweep',
    { of: 'everybody', input: z.object({}), retries: 2, timeoutSeconds: 300, cron: '*/5 * * * *' },
    (ctx) => sweepExports(ctx, parts),
  ),
]
