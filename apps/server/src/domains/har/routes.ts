import { CaptureDetail } from '@clew/contract/captures'
import { CaptureId } from '@clew/contract/primitives'
import { z } from 'zod'
import { ok, route } from '../../platform/routes.ts'
import { readCaptureDetail } from './use-cases/read-capture.ts'

export const harRoutes = [
  route({
    method: 'GET',
    path: '/captures/:captureId',
    audience: 'team',
    summary: 'A capture with its findings and entries',
    params: z.object({ captureId: CaptureId }),
    responses: { 200: CaptureDetail },
    run: async (ctx, { params }) => ok(await readCaptureDetail(ctx, params.captureId)),
  }),
]
