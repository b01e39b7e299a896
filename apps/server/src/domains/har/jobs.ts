import { CaptureId } from '@clew/contract/primitives'
import { z } from 'zod'
import { type Job, job } from '../../platform/jobs.ts'
import { type AnalyseParts, analyseCapture } from './use-cases/analyse-capture.ts'

export const harJobs = (parts: AnalyseParts): readonly Job[] => [
  job(
    'har.analyse_capture',
    { input: z.object({ captureId: CaptureId }), retries: 3, timeoutSeconds: 300 },
    (ctx, { captureId }) => analyseCapture(ctx, captureId, parts),
  ),
]
