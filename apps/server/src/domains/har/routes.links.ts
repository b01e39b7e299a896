import { CaptureLinkList, CreateCaptureLink, CreatedCaptureLink } from '@clew/contract/captures'
import { CaptureId, CaptureLinkId } from '@clew/contract/primitives'
import { z } from 'zod'
import { type AnyRoute, created, noContent, ok, route } from '../../platform/routes.ts'
import { listCaptureLinks, revokeCaptureLink, shareCapture } from './use-cases/share-capture.ts'

const path = '/captures/:captureId/links'
const audience = 'team' as const

export const linkRoutes = ({ baseUrl }: { baseUrl: () => string }): readonly AnyRoute[] => [
  route({
    method: 'POST',
    path,
    audience,
    summary: 'Make a view-only link to a capture',
    params: z.object({ captureId: CaptureId }),
    body: CreateCaptureLink,
    responses: { 201: CreatedCaptureLink },
    limit: { perMinute: 20 },
    run: async (ctx, { params, body }) =>
      created(await shareCapture(ctx, params.captureId, { ...body, baseUrl: baseUrl() })),
  }),
  route({
    method: 'GET',
    path,
    audience,
    summary: 'The view-only links of a capture, with who used them',
    params: z.object({ captureId: CaptureId }),
    responses: { 200: CaptureLinkList },
    run: async (ctx, { params }) => ok({ links: await listCaptureLinks(ctx, params.captureId) }),
  }),
  route({
    method: 'DELETE',
    path: `${path}/:linkId`,
    audience,
    summary: 'Revoke a view-only link',
    params: z.object({ captureId: CaptureId, linkId: CaptureLinkId }),
    responses: { 204: null },
    run: async (ctx, { params }) => {
      await revokeCaptureLink(ctx, params)
      return noContent()
    },
  }),
]
