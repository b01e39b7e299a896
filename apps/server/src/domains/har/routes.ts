import { CaptureEntryDetail } from '@clew/contract/capture-entries'
import { CaptureDetail } from '@clew/contract/captures'
import { CaptureId } from '@clew/contract/primitives'
import { z } from 'zod'
import { ok, route } from '../../platform/routes.ts'
import type { Storage } from '../../platform/storage.ts'
import { readCaptureDetail } from './use-cases/read-capture.ts'
import { readCaptureEntry } from './use-cases/read-capture-entry.ts'

export const harRoutes = ({ storage }: { storage: Storage }) => [
  route({
    method: 'GET',
    path: '/captures/:captureId',
    audience: 'team',
    summary: 'A capture with its findings and entries',
    params: z.object({ captureId: CaptureId }),
    responses: { 200: CaptureDetail },
    run: async (ctx, { params }) => ok(await readCaptureDetail(ctx, params.captureId)),
  }),
  route({
    method: 'GET',
    path: '/captures/:captureId/entries/:index',
    audience: 'team',
    summary: 'One entry of a capture with its headers, cookies and bodies',
    params: z.object({
      captureId: CaptureId,
      index: z.coerce
        .number()
        .int()
        .min(0)
        .max(2 ** 31 - 1),
    }),
    responses: { 200: CaptureEntryDetail },
    run: async (ctx, { params }) => ok(await readCaptureEntry(ctx, params, storage)),
  }),
]
