import { OrganisationId } from '@clew/contract/primitives'
import { z } from 'zod'
import { type Job, job } from '../../platform/jobs.ts'
import type { AuditParts } from './parts.ts'
import { checkAndSignAll } from './use-cases/check-and-sign.ts'
import { copyLatestCheckpoints } from './use-cases/copy-checkpoints.ts'
import { deliverStream } from './use-cases/deliver-stream.ts'
import { kickStreams } from './use-cases/kick-streams.ts'

/** Without the organisation where an older version has queued it. */
const ofStream = z.object({ streamId: z.uuid(), organisationId: OrganisationId.optional() })

export const auditJobs = (parts: AuditParts): readonly Job[] => [
  job(
    'audit.check_and_sign',
    { of: 'everybody', input: z.object({}), retries: 2, timeoutSeconds: 1800, cron: '0 * * * *' },
    (ctx) => checkAndSignAll(ctx, parts),
  ),
  job(
    'audit.copy_checkpoints',
    { of: 'organisation', input: z.object({ organisationId: OrganisationId }), retries: 5, timeoutSeconds: 120 },
    (ctx, { organisationId }) => copyLatestCheckpoints(ctx, organisationId, parts),
  ),
  job(
    'audit.deliver',
    { of: 'organisation', input: ofStream, retries: 1, timeoutSeconds: 900, atOnce: 4 },
    (ctx, { streamId }) => deliverStream(ctx, streamId, parts),
  ),
  job(
    'audit.deliver_due',
    { of: 'everybody', input: z.object({}), retries: 1, timeoutSeconds: 60, cron: '* * * * *' },
    (ctx) => ctx.transaction((tx) => kickStreams(tx, parts)),
  ),
]
