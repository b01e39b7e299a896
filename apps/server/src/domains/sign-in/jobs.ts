import { z } from 'zod'
import { job } from '../../platform/jobs.ts'
import type { SignInParts } from './parts.ts'
import { sendLink } from './use-cases/mail-link.ts'
import { noteFailure } from './use-cases/note-failure.ts'
import { purgeSessions } from './use-cases/purge-sessions.ts'

export const signInJobs = (parts: SignInParts) => [
  job(
    'sign-in.purge_sessions',
    { of: 'everybody', input: z.object({}), retries: 2, timeoutSeconds: 60, cron: '17 3 * * *' },
    purgeSessions,
  ),
  job(
    'sign-in.send_link',
    { of: { row: 'sign_in_attempts' }, input: z.object({ attemptId: z.uuid() }), retries: 5, timeoutSeconds: 60 },
    (ctx, { attemptId }) => sendLink(ctx, { attemptId }, parts),
  ),
  job(
    'sign-in.note_failure',
    {
      of: { row: 'sign_in_failures' },
      input: z.object({ failureId: z.uuid() }),
      retries: 5,
      timeoutSeconds: 60,
      atOnce: 4,
    },
    noteFailure,
  ),
]
