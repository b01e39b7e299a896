import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { setHostCookie } from '../platform/http/cookies.ts'
import { newToken } from '../platform/ids.ts'

const cookieName = '__Host-clew_form'
const keptSeconds = 24 * 60 * 60

/** A form's id, sealed to the browser that it was given to. */
export type FormTokens = {
  /** A token for a form that is about to be shown; sets the cookie that it belongs to. */
  issue(request: FastifyRequest, reply: FastifyReply): string
  /** Another token for the same form, which is shown once more. */
  issueAgain(request: FastifyRequest, reply: FastifyReply, form: string): string
  /** The id of the form, or undefined when it was not given to this browser or too long ago. */
  open(request: FastifyRequest, token: string): string | undefined
}

/**
 * Double submit: the token in the form is bound to a cookie by a keyed hash, so that neither can be made up. Over plain
 * http a browser may drop the cookie; there the `Origin` that it sends has to do.
 */
export function createFormTokens(secret: () => string): FormTokens {
  const seal = (browser: string, form: string): string =>
    createHmac('sha256', secret()).update(`${browser}.${form}`).digest('base64url')
  const issue = (request: FastifyRequest, reply: FastifyReply, form: string): string => {
    const browser = readCookie(request) ?? newToken()
    setHostCookie(reply, cookieName, { value: browser, maxAge: keptSeconds })
    return `${form}.${seal(browser, form)}`
  }
  return {
    issue: (request, reply) => issue(request, reply, newToken()),
    issueAgain: issue,
    open: (request, token) => {
      const [form = '', sealed = ''] = token.split('.')
      if (!/^[\w-]{43}$/.test(form)) return undefined
      const browser = readCookie(request)
      if (browser === undefined) return !isEncrypted(request) && hasOrigin(request) ? form : undefined
      return isSame(sealed, seal(browser, form)) ? form : undefined
    },
  }
}

function readCookie(request: FastifyRequest): string | undefined {
  const value = request.cookies[cookieName]
  return value !== undefined && /^[\w-]{43}$/.test(value) ? value : undefined
}

const isEncrypted = (request: FastifyRequest): boolean => request.protocol === 'https'

/** Whether the browser said where the form was; that it was here has been checked before. */
const hasOrigin = ({ headers }: FastifyRequest): boolean =>
  (headers.origin !== undefined && headers.origin !== 'null') || headers['sec-fetch-site'] === 'same-origin'

function isSame(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}
