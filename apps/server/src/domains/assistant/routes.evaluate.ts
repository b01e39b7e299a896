import { createHash, timingSafeEqual } from 'node:crypto'
import { AssistantEvaluation, EvaluateMessage } from '@clew/contract/assistant'
import { type AnyRoute, ok, route } from '../../platform/routes.ts'
import type { AssistantParts } from './parts.ts'
import { evaluateMessage } from './use-cases/evaluate-message.ts'

/** Open only where the operator has set a key; without one there is no such door. */
export const evaluateRoute = (parts: AssistantParts & { evaluateKey: string | undefined }): AnyRoute =>
  route({
    method: 'POST',
    path: '/assistant/evaluate',
    audience: 'public',
    summary: 'What the assistant would do about a message (CLEW_EVALUATE_KEY as bearer token)',
    body: EvaluateMessage,
    responses: { 200: AssistantEvaluation },
    limit: { perMinute: 6000 },
    run: async (ctx, { body, request }) => {
      const hasKey = isKey(request.headers.authorization, parts.evaluateKey)
      return ok(await evaluateMessage(ctx, body, { parts, hasKey }))
    },
  })

/** Compared as digests, so that neither its length nor its beginning can be felt out. */
function isKey(authorization: string | undefined, key: string | undefined): boolean {
  if (key === undefined || !authorization?.startsWith('Bearer ')) return false
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(authorization.slice('Bearer '.length)), digest(key))
}
