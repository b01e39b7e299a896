import { CaptureEntryDetail } from '@clew/contract/capture-entries'
import { CaptureDetail, SanitisingPolicy } from '@clew/contract/captures'
import { CaptureId } from '@clew/contract/primitives'
import { z } from 'zod'
import { type AnyRoute, ok, route } from '../../platform/routes.ts'
import type { Storage } from '../../platform/storage.ts'
import type { ReadingOptions } from './model.ts'
import { readCaptureDetail } from './use-cases/read-capture.ts'
import { readCaptureEntry } from './use-cases/read-capture-entry.ts'
import { readSanitising } from './use-cases/read-sanitising.ts'

type HarRouteParts = { storage: Storage; options: () => Pick<ReadingOptions, 'sanitising'> }

export const harRoutes = ({ storage, options }: HarRouteParts): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: '/widget/sanitising',
    audience: 'contact',
    summary:
      'How a capture is cleaned before it is sent: as the operator says, or stricter as your organisation demands',
    responses: { 200: SanitisingPolicy },
    run: async (ctx) => ok(await readSanitising(ctx, options().sanitising)),
  }),
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
