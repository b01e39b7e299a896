import type { ErrorCode } from '@clew/contract/errors'
import { errorCodes } from '@clew/contract/errors'
import type { Problem } from '@clew/contract/problem'
import { createT, isLocale, type Locale, negotiateLocale } from '@clew/i18n'
import * as errorsEl from '@clew/i18n/generated/errors.el'
import * as errorsEn from '@clew/i18n/generated/errors.en'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodError } from 'zod'
import { AppError, type Issue } from '../app-error.ts'
import type { Log } from '../log.ts'
import { inputSentence, problemsOf } from './input-problem.ts'

const sentences = { en: createT('en', errorsEn.catalogue), el: createT('el', errorsEl.catalogue) }

/** The language a request is answered in: what the client says, else what the browser says. */
export function localeOf(request: FastifyRequest): Locale {
  const said = request.headers['x-clew-locale']
  return isLocale(said) ? said : negotiateLocale(request.headers['accept-language'])
}

/** Not every refusal is for want of a permission. */
const unsaid = { permission: 'none' }

/** An error as RFC 9457 problem details, with one sentence in the language of the reader. */
export function problemOf(error: AppError, locale: Locale, requestId: string): Problem {
  const params = { ...unsaid, ...error.params, ...whatIsWrong(error, locale) }
  const detail = sentences[locale].find(`errors.${error.code}`, params) ?? error.code
  return {
    type: `urn:clew:error:${error.code}`,
    title: error.code,
    status: error.status,
    detail,
    code: error.code,
    ...(Object.keys(error.params).length > 0 ? { params: { ...error.params } } : {}),
    ...(error.issues.length > 0 ? { errors: error.issues.map((issue) => issueView(issue, locale)) } : {}),
    requestId,
  }
}

/** The first of what does not fit is said; all of it is listed. */
function whatIsWrong({ code, params, issues }: AppError, locale: Locale): { problem?: string } {
  if (code !== 'input.invalid') return {}
  const { path = String(params['field']), problem = { code: 'other' } } = issues[0] ?? {}
  return { problem: inputSentence({ path, ...problem }, locale) }
}

const issueView = ({ path, message, problem }: Issue, locale: Locale) =>
  problem === undefined
    ? { path, message }
    : { path, message: inputSentence({ path, ...problem }, locale), code: problem.code, hint: message }

/** Everything that can be thrown becomes one of our errors; what nobody foresaw is logged and says nothing. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (isZodError(error)) return invalidInput(error)
  if (holdsNul(error)) return new AppError('input.invalid', { field: 'body' }, { cause: error })
  const known = codeFor(error as Partial<FastifyError>)
  return new AppError(known ?? 'internal.error', {}, { cause: error })
}

export function invalidInput(error: ZodError): AppError {
  const issues = error.issues
    .flatMap((issue) => problemsOf(issue).map(({ path, ...problem }) => ({ path, message: issue.message, problem })))
    .slice(0, 20)
  return new AppError('input.invalid', { field: issues[0]?.path || 'body' }, { issues })
}

function codeFor(error: Partial<FastifyError>): ErrorCode | undefined {
  switch (error.statusCode) {
    case 400:
      return 'input.malformed_json'
    case 404:
      return 'route.not_found'
    case 405:
      return 'method.not_allowed'
    case 413:
      return 'input.too_large'
    case 415:
      return 'input.unsupported_type'
    case 429:
      return 'rate.limited'
    case 503:
      return 'server.busy'
    default:
      return undefined
  }
}

/** PostgreSQL keeps no NUL, in text (22021) nor in JSON (22P05); nobody types one. */
const holdsNul = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === '22021' || error.code === '22P05')

const isZodError = (error: unknown): error is ZodError =>
  error instanceof Error && 'issues' in error && Array.isArray(error.issues)

const retryAfterSeconds: Partial<Record<ErrorCode, number>> = { 'server.busy': 5, 'server.database_unavailable': 5 }

/** The one place that turns errors into answers. */
export function sendProblem(
  error: unknown,
  to: { request: FastifyRequest; reply: FastifyReply; log: Log },
): FastifyReply {
  const { request, reply, log } = to
  const known = toAppError(error)
  if (known.status >= 500)
    log.error({ err: known.cause ?? known, requestId: request.id, code: known.code }, 'a request failed')
  const retryAfter = known.params['retryAfterSeconds'] ?? retryAfterSeconds[known.code]
  if (retryAfter !== undefined) void reply.header('retry-after', String(retryAfter))
  return reply
    .code(errorCodes[known.code])
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(JSON.stringify(problemOf(known, localeOf(request), request.id)))
}
