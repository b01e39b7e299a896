import { IncidentId } from '@clew/contract/primitives'
import { z } from 'zod'
import { type Job, job } from '../../platform/jobs.ts'
import type { FollowSettings } from './use-cases/follow-by-mail.ts'
import { sweepFollowers, tellFollowers } from './use-cases/tell-followers.ts'

const ofUpdate = z.object({ incidentId: IncidentId, updateId: z.uuid() })

export const statusJobs = (settings: FollowSettings): readonly Job[] => [
  job(
    'status.tell_followers',
    { of: { row: 'incident_updates' }, input: ofUpdate, retries: 8, timeoutSeconds: 600 },
    (ctx, about) => tellFollowers(ctx, about, settings),
  ),
  job(
    'status.sweep_followers',
    { of: 'everybody', input: z.object({}), retries: 1, timeoutSeconds: 300, cron: '41 3 * * *' },
    (ctx) => sweepFollowers(ctx),
  ),
]
