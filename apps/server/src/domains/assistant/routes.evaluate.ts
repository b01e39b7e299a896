import { createHash, timingSafeEqual } from 'node:crypto'
import { AssistantEvaluation, EvaluateMessage } from '@clew/contract/assistant'
import type { FastifyRequest } from 'fastify'
import { type AnyRoute, ok, route } from '../../platform/routes.ts'
import type { AssistantParts } from './parts.ts'
import { authorizeEvaluate } from './policy.ts'
import { evaluateMessage } from './use-cases/evaluate-message.ts'

/** Open only where the operator has set a key; without one there is no such door. */
export function evaluateRoute(parts: AssistantParts & { evaluateKey: string | undefined }): AnyRoute {
  const hasKey = (request: FastifyRequest): boolean => isKey(request.headers.authorization, parts.evaluateKey)
  return route({
    method: 'POST',
    path: '/assistant/evaluate',
    audience: 'public',
    summary: 'What the assistant would do about a message (CLEW_EVALUATE_KEY as bearer token)',
    body: EvaluateMessage,
    responses: { 200: AssistantEvaluation },
    limit: { perMinute: 6000 },
    admit: (request) => authorizeEvaluate(visitor, hasKey(request)),
    run: async (ctx, { body, request }) => ok(await evaluateMessage(ctx, body, { parts, hasKey: hasKey(request) })),
  })
}

const visitor = { type: 'visitor' } as const

/** Compared as digests, so that neither its length nor its beginning can be felt out. */
function isKey(authorization: string | undefined, key: string | undefined): boolean {
  if (key === undefined || !authorization?.startsWith('Bearer ')) return false
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(authorization.slice('Bearer '.length)), digest(key))
}
