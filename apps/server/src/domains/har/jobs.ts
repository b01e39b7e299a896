import { CaptureId } from '@clew/contract/primitives'
import { z } from 'zod'
import { type Job, job } from '../../platform/jobs.ts'
import { type AnalyseParts, analyseCapture } from './use-cases/analyse-capture.ts'
import { correlateCapture } from './use-cases/correlate-capture.ts'
import { recheckCaptures } from './use-cases/recheck-captures.ts'

const ofCapture = z.object({ captureId: CaptureId })
const byItself = z.object({})

export const harJobs = (parts: AnalyseParts): readonly Job[] => [
  job(
    'har.analyse_capture',
    { of: { row: 'captures' }, input: ofCapture, retries: 2, timeoutSeconds: 300 },
    (ctx, { captureId }) => analyseCapture(ctx, captureId, parts),
  ),
  job(
    'har.analyse_large_capture',
    { of: { row: 'captures' }, input: ofCapture, retries: 2, timeoutSeconds: 3600 },
    (ctx, { captureId }) => analyseCapture(ctx, captureId, parts),
  ),
  job(
    'har.correlate_capture',
    { of: { row: 'captures' }, input: ofCapture, retries: 2, timeoutSeconds: 1800 },
    (ctx, { captureId }) => correlateCapture(ctx, captureId, parts),
  ),
  job(
    'har.recheck_captures',
    { of: 'everybody', input: byItself, retries: 1, timeoutSeconds: 300, cron: '*/5 * * * *' },
    (ctx) => recheckCaptures(ctx, parts),
  ),
]
