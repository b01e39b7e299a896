import { OrganisationId } from '@clew/contract/primitives'
import { z } from 'zod'
import { type Job, job } from '../../platform/jobs.ts'
import type { RetentionParts } from './parts.ts'
import { authorizeForget } from './policy.ts'
import { beginRuns } from './use-cases/begin-runs.ts'
import { finishErasures } from './use-cases/finish-erasures.ts'
import { workRun } from './use-cases/work-run.ts'

const byItself = z.object({})
/** Without the organisation where an older version has queued it. */
const maybeOf = { organisationId: OrganisationId.optional() }

export const retentionJobs = (parts: RetentionParts): readonly Job[] => [
  job(
    'retention.begin_runs',
    { of: 'everybody', input: byItself, retries: 3, timeoutSeconds: 1800, cron: '0 4 * * *' },
    (ctx) => beginRuns(ctx, parts),
  ),
  job(
    'retention.run',
    { of: 'organisation', input: z.object({ runId: z.uuid(), ...maybeOf }), retries: 20, timeoutSeconds: 3600 },
    (ctx, { runId }) => workRun(ctx, runId, parts),
  ),
  job(
    'retention.remove_bytes',
    {
      of: 'organisation',
      input: z.object({ keys: z.array(z.string()), ...maybeOf }),
      retries: 50,
      timeoutSeconds: 600,
    },
    async (ctx, { keys }) => {
      authorizeForget(ctx.actor)
      for (const key of keys) await parts.storage.remove(key)
    },
  ),
  job(
    'retention.finish_erasures',
    { of: 'everybody', input: byItself, retries: 5, timeoutSeconds: 1800, cron: '30 4 * * *' },
    (ctx) => finishErasures(ctx, parts),
  ),
]
