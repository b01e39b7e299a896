import { type ErrorKind, renderErrorPage } from '@clew/site'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AppError } from '../platform/app-error.ts'
import { sendProblem, toAppError } from '../platform/http/problems.ts'
import { pageLocale } from './locale.ts'
import { sitePolicy } from './policies.ts'
import { NotBuiltError, type Shell } from './shell.ts'
import { pageWords } from './words.ts'

type Exchange = { request: FastifyRequest; reply: FastifyReply }

/** What went wrong, as a page for those who read pages and as a problem for programs. */
export async function answerError(shell: Shell, error: unknown, to: Exchange): Promise<FastifyReply> {
  if (error instanceof NotBuiltError) return answerNotBuilt(to)
  const known = toAppError(error)
  if (!wantsPage(to.request)) return sendProblem(error, { ...to, log: shell.parts.log })
  if (known.status >= 500)
    shell.parts.log.error({ err: known.cause ?? known, requestId: to.request.id, code: known.code }, 'a page failed')
  try {
    return await showError(shell, known, to)
  } catch (second) {
    if (second instanceof NotBuiltError) return answerNotBuilt(to)
    return sendProblem(error, { ...to, log: shell.parts.log })
  }
}

async function showError(shell: Shell, known: AppError, { request, reply }: Exchange): Promise<FastifyReply> {
  const locale = pageLocale(request, shell.parts.settings.current().languages)
  const kind = known.code === 'link.not_found' ? 'no_link' : kindOf(known.status)
  const wait = Number(known.params['retryAfterSeconds'] ?? (known.status === 503 ? 5 : Number.NaN))
  if (!Number.isNaN(wait)) void reply.header('retry-after', String(wait))
  void reply.header('cache-control', 'private, no-store')
  const html = renderErrorPage(
    {
      kind,
      ...(kind === 'broken' ? { requestId: request.id } : {}),
      ...(Number.isNaN(wait) ? {} : { retryAfterSeconds: wait }),
    },
    await shell.siteOf(request, locale),
  )
  return shell.showOnce({ request, reply, locale }, html, { status: known.status })
}

function kindOf(status: number): ErrorKind {
  if (status === 404) return 'not_found'
  if (status === 410) return 'gone'
  if (status === 429) return 'rate_limited'
  if (status === 503) return 'unavailable'
  return status >= 500 ? 'broken' : 'invalid'
}

/** Someone runs the sources without having built them: one sentence says what to do. */
function answerNotBuilt({ request, reply }: Exchange): FastifyReply {
  const sentence = pageWords[pageLocale(request)]('pages.not_built')
  const isPage = wantsPage(request)
  return reply
    .code(503)
    .headers({
      'content-type': `text/${isPage ? 'html' : 'plain'}; charset=utf-8`,
      'content-security-policy': sitePolicy,
      'cache-control': 'no-store',
      'retry-after': '5',
    })
    .send(isPage ? `<!doctype html><meta charset="utf-8"><title>Clew</title><p>${sentence}</p>` : sentence)
}

const wantsPage = (request: FastifyRequest): boolean =>
  !request.url.startsWith('/api/') && (request.headers.accept ?? '').includes('text/html')
