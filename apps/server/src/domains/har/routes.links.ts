import { CaptureLinkList, CreateCaptureLink, CreatedCaptureLink } from '@clew/contract/captures'
import { CaptureId, CaptureLinkId, FileId } from '@clew/contract/primitives'
import { z } from 'zod'
import { type AnyRoute, created, noContent, ok, route } from '../../platform/routes.ts'
import type { LinkTarget } from './model.links.ts'
import { type LinkParts, listCaptureLinks, revokeCaptureLink, shareCapture } from './use-cases/share-capture.ts'

const link = z.object({ linkId: CaptureLinkId })
const audience = 'team' as const

export const linkRoutes = (parts: LinkParts): readonly AnyRoute[] => [
  ...routesOf(parts, {
    path: '/captures/:captureId/links',
    of: 'a capture',
    params: z.object({ captureId: CaptureId }),
  }),
  ...routesOf(parts, { path: '/files/:fileId/links', of: 'a plain file', params: z.object({ fileId: FileId }) }),
]

type Of = { path: string; of: string; params: z.ZodType<LinkTarget> }

const routesOf = (parts: LinkParts, { path, of, params }: Of): readonly AnyRoute[] => [
  route({
    method: 'POST',
    path,
    audience,
    summary: `Make a view-only link to ${of}`,
    params,
    body: CreateCaptureLink,
    responses: { 201: CreatedCaptureLink },
    limit: { perMinute: 20 },
    run: async (ctx, input) => created(await shareCapture(ctx, { ...input.body, target: input.params }, parts)),
  }),
  route({
    method: 'GET',
    path,
    audience,
    summary: `The view-only links of ${of}, with who used them`,
    params,
    responses: { 200: CaptureLinkList },
    run: async (ctx, input) => ok({ links: await listCaptureLinks(ctx, input.params, parts) }),
  }),
  route({
    method: 'DELETE',
    path: `${path}/:linkId`,
    audience,
    summary: `Revoke a view-only link to ${of}`,
    params: z.intersection(params, link),
    responses: { 204: null },
    run: async (ctx, { params: target }) => {
      await revokeCaptureLink(ctx, { target, linkId: target.linkId })
      return noContent()
    },
  }),
]
