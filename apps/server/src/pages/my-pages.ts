import { FileId } from '@clew/contract/primitives'
import { locales } from '@clew/i18n'
import {
  type MyCaseView,
  type MyDoorView,
  type MyErasureView,
  renderMyCasePage,
  renderMyDoorPage,
  renderMyEnterPage,
  renderMyErasurePage,
  renderMyListPage,
} from '@clew/site'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { CasePerson } from '../domains/contacts/index.ts'
import { sendOpened } from '../domains/files/index.ts'
import { hoursLine } from '../domains/organisations/index.ts'
import { AppError } from '../platform/app-error.ts'
import { tokenIn } from '../platform/http/kept-links.ts'
import { createLimiter, type Limiter } from '../platform/http/limits.ts'
import { isSecureContext, refuseForeignOrigin } from '../platform/http/security.ts'
import { uuidOf } from '../platform/ids.ts'
import { createFormTokens, type FormTokens } from './form-token.ts'
import { isTooOften } from './is-too-often.ts'
import { forgetMyCookie, myToken, setMyCookie } from './my-cookie.ts'
import type { MyDesk } from './my-desk.ts'
import { caseTold, lineOf } from './my-views.ts'
import type { Shell, Visit } from './shell.ts'
import { showInsecureOrigin } from './tool-pages.ts'
import { siteWords } from './words.ts'

type House = { shell: Shell; my: MyDesk; tokens: FormTokens; limits: { ask: Limiter; enter: Limiter; write: Limiter } }
type Handler = (house: House, visit: Visit) => Promise<FastifyReply>

const hide = { schema: { hide: true } }

/** "My cases": every page works without a script, and shows one person what is theirs. */
export function registerMyPages(app: FastifyInstance, shell: Shell): void {
  const { my, formSecret, limitFactor = 1 } = shell.parts
  const limit = (name: string, perMinute: number) => createLimiter(app, `pages.my.${name}`, perMinute * limitFactor)
  const house: House = {
    shell,
    my,
    tokens: createFormTokens(formSecret),
    limits: { ask: limit('ask', 6), enter: limit('enter', 20), write: limit('write', 30) },
  }
  for (const locale of locales) {
    const handle = (run: Handler) => (request: FastifyRequest, reply: FastifyReply) => {
      void reply.headers({ 'cache-control': 'private, no-store', 'referrer-policy': 'same-origin' })
      if (request.method === 'POST') refuseForeignOrigin(request)
      return run(house, { request, reply, locale })
    }
    const get = (path: string, run: Handler) => app.get(`/${locale}/my${path}`, hide, handle(run))
    const post = (path: string, run: Handler) => app.post(`/${locale}/my${path}`, hide, handle(run))
    get('', showHome)
    post('/link', askForLink)
    get('/enter', showEnter)
    post('/enter', enter)
    post('/identity', enterWithIdentity)
    post('/sign-out', signOut)
    post('/sign-out-everywhere', signOutEverywhere)
    post('/export', takeCopy)
    get('/delete', showErasure)
    post('/delete', erase)
    get('/certificates/:certificate', giveCertificate)
    get('/:case', showCase)
    get('/:case/files/:file', giveFile)
    post('/:case/reply', reply)
    post('/:case/reopen', reopen)
  }
}

// ---------- the door ----------

const notices = ['link_invalid', 'identity_refused', 'signed_out', 'erased', 'erased_kept'] as const
const HomeQuery = z.object({
  asked: z.literal('1').optional().catch(undefined),
  notice: z.enum(notices).optional().catch(undefined),
  certificate: z.uuid().optional().catch(undefined),
})

async function showHome(house: House, visit: Visit): Promise<FastifyReply> {
  if (!isSecureContext(visit.request)) return showInsecureOrigin(house.shell, visit)
  const person = await personOf(house, visit)
  if (person) return showList(house, visit, person)
  const { asked, notice, certificate } = HomeQuery.parse(visit.request.query)
  return showDoor(house, visit, {
    ...(asked ? { isAsked: true } : {}),
    ...(notice ? { notice } : {}),
    ...(certificate ? { certificate } : {}),
  })
}

async function showDoor(
  { shell, tokens }: House,
  visit: Visit,
  { status = 200, ...view }: Omit<MyDoorView, 'csrfToken'> & { status?: number },
): Promise<FastifyReply> {
  const csrfToken = tokens.issue(visit.request, visit.reply)
  const site = await shell.siteOf(visit.request, visit.locale)
  return shell.showOnce(visit, renderMyDoorPage({ csrfToken, ...view }, site), { status })
}

const text = z.preprocess((value) => (Array.isArray(value) ? value[0] : value), z.string().catch(''))
const Form = z
  .object({ csrf: text, email: text, token: text, identity: text, body: text, confirm: text })
  .catch({ csrf: '', email: '', token: '', identity: '', body: '', confirm: '' })

const formOf = ({ request }: Visit) => Form.parse(request.body ?? {})

/** The answer is the same for every address, and so is what is done before it. */
async function askForLink(house: House, visit: Visit): Promise<FastifyReply> {
  const { request, reply, locale } = visit
  const { csrf, email } = formOf(visit)
  const address = email.trim().slice(0, 254)
  const wait = await isTooOften(house.limits.ask, request)
  if (wait !== undefined) {
    void reply.header('retry-after', String(wait))
    return showDoor(house, visit, { address, error: 'rate_limited', status: 429 })
  }
  if (house.tokens.open(request, csrf) === undefined)
    return showDoor(house, visit, { address, error: 'form_expired', status: 403 })
  if (!z.email().safeParse(address).success)
    return showDoor(house, visit, { address, error: 'address_invalid', status: 422 })
  await house.my.requestLink({ address, locale })
  return reply.redirect(`${house.shell.pathsOf(request).myCases(locale)}?asked=1`, 303)
}

const linkToken = /^[\w-]{43}$/

async function showEnter({ shell, tokens }: House, visit: Visit): Promise<FastifyReply> {
  if (!isSecureContext(visit.request)) return showInsecureOrigin(shell, visit)
  const { token } = z.object({ token: text }).parse(visit.request.query)
  // Without one the page takes it from behind the `#`, or from whoever pastes the link.
  if (token !== '' && !linkToken.test(token)) return toDoor(shell, visit, 'link_invalid')
  const site = await shell.siteOf(visit.request, visit.locale)
  const csrfToken = tokens.issue(visit.request, visit.reply)
  return shell.showOnce(visit, renderMyEnterPage({ csrfToken, token }, site))
}

const toDoor = (shell: Shell, { request, reply, locale }: Visit, notice?: (typeof notices)[number]): FastifyReply =>
  reply.redirect(shell.pathsOf(request).myCases(locale) + (notice ? `?notice=${notice}` : ''), 303)

async function enter(house: House, visit: Visit): Promise<FastifyReply> {
  const { csrf, token } = formOf(visit)
  return comeIn(house, visit, {
    csrf,
    refused: 'link_invalid',
    open: () => house.my.enterByLink(tokenIn(token, linkToken) ?? ''),
  })
}

async function enterWithIdentity(house: House, visit: Visit): Promise<FastifyReply> {
  const { csrf, identity } = formOf(visit)
  const { locale } = visit
  return comeIn(house, visit, {
    csrf,
    refused: 'identity_refused',
    open: () => house.my.enterByIdentity({ identity: identity.slice(0, 8192), locale }),
  })
}

type Coming = { csrf: string; refused: 'link_invalid' | 'identity_refused'; open(): Promise<string> }

async function comeIn(house: House, visit: Visit, { csrf, refused, open }: Coming): Promise<FastifyReply> {
  const { shell, tokens, limits } = house
  await limits.enter(visit.request, visit.request.ip)
  if (tokens.open(visit.request, csrf) === undefined)
    return showDoor(house, visit, { error: 'form_expired', status: 403 })
  try {
    setMyCookie(visit.reply, await open())
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error
    return toDoor(shell, visit, refused)
  }
  return toDoor(shell, visit)
}

// ---------- one's cases ----------

async function personOf({ my }: House, { request }: Visit): Promise<CasePerson | undefined> {
  const token = myToken(request)
  return token === undefined ? undefined : my.person(token)
}

async function showList(house: House, visit: Visit, person: CasePerson): Promise<FastifyReply> {
  const { shell, tokens, my } = house
  const hours = hoursNow(shell, visit)
  const cases = (await my.list(person)).map((each) => lineOf(each, hours))
  const csrfToken = tokens.issue(visit.request, visit.reply)
  const address = 'address' in person.proof ? { address: person.proof.address } : {}
  const site = await shell.siteOf(visit.request, visit.locale)
  return shell.showOnce(visit, renderMyListPage({ csrfToken, cases, ...address }, site))
}

/** When the team answers, where it has said so. */
function hoursNow({ parts }: Shell, { locale }: Visit): string | undefined {
  const { opening } = parts.settings.current()
  return opening && hoursLine(opening, { locale, timeZone: undefined, now: parts.clock.now() })
}

const Place = z.object({ case: z.string().regex(/^C-\d{1,12}$/) })

function numberOf({ request }: Visit): number {
  const place = Place.safeParse(request.params)
  if (!place.success) throw new AppError('route.not_found')
  return Number(place.data.case.slice(2))
}

async function showCase(house: House, visit: Visit): Promise<FastifyReply> {
  const number = numberOf(visit)
  const person = await personOf(house, visit)
  if (!person) return toDoor(house.shell, visit)
  return showCaseOf(house, visit, { person, number })
}

type Shown = { person: CasePerson; number: number; status?: number } & Pick<MyCaseView, 'draft' | 'error'>

async function showCaseOf(
  { shell, tokens, my }: House,
  visit: Visit,
  { person, number, status = 200, ...more }: Shown,
): Promise<FastifyReply> {
  const snapshot = await my.open(person, number)
  const paths = shell.pathsOf(visit.request)
  const site = await shell.siteOf(visit.request, visit.locale)
  const csrfToken = tokens.issue(visit.request, visit.reply)
  const html = renderMyCasePage(
    { csrfToken, ...caseTold(snapshot, { paths, hours: hoursNow(shell, visit) }), ...more },
    site,
  )
  return shell.showOnce(visit, html, { status })
}

const longestReply = 20_000

async function reply(house: House, visit: Visit): Promise<FastifyReply> {
  const number = numberOf(visit)
  const { csrf, body } = formOf(visit)
  const person = await personOf(house, visit)
  if (!person) return toDoor(house.shell, visit)
  const words = body.replaceAll('\u0000', '').replaceAll('\r\n', '\n').trim()
  const again = (status: number, error: NonNullable<MyCaseView['error']>): Promise<FastifyReply> =>
    showCaseOf(house, visit, { person, number, status, error, draft: words })
  if ((await isTooOften(house.limits.write, visit.request)) !== undefined) return again(429, 'rate_limited')
  const formId = house.tokens.open(visit.request, csrf)
  if (formId === undefined) return again(403, 'form_expired')
  if (words === '') return again(422, 'empty')
  if (words.length > longestReply) return again(422, 'too_long')
  await house.my.reply(person, number, { id: uuidOf('reply', formId), body: words })
  return toCase(house, visit, number)
}

async function reopen(house: House, visit: Visit): Promise<FastifyReply> {
  const number = numberOf(visit)
  const person = await checked(house, visit)
  if (!person) return toDoor(house.shell, visit)
  await house.my.reopen(person, number)
  return toCase(house, visit, number)
}

const toCase = ({ shell }: House, { request, reply: answer, locale }: Visit, number: number): FastifyReply =>
  answer.redirect(shell.pathsOf(request).myCase(locale, number), 303)

const FilePlace = z.object({ file: FileId })

async function giveFile(house: House, visit: Visit): Promise<FastifyReply> {
  const number = numberOf(visit)
  const place = FilePlace.safeParse(visit.request.params)
  if (!place.success) throw new AppError('route.not_found')
  const person = await personOf(house, visit)
  if (!person) return toDoor(house.shell, visit)
  const asked = { id: place.data.file, range: visit.request.headers.range }
  const { status, body } = sendOpened(visit.reply, await house.my.file(person, number, asked))
  return visit.reply.code(status).send(body)
}

// ---------- leaving ----------

/** Who presses a button on a page that we gave them. */
async function checked(house: House, visit: Visit): Promise<CasePerson | undefined> {
  await house.limits.write(visit.request, visit.request.ip)
  if (house.tokens.open(visit.request, formOf(visit).csrf) === undefined) throw new AppError('permission.denied')
  return personOf(house, visit)
}

async function signOut(house: House, visit: Visit): Promise<FastifyReply> {
  await checked(house, visit)
  const token = myToken(visit.request)
  if (token !== undefined) await house.my.leave(token)
  forgetMyCookie(visit.reply)
  return toDoor(house.shell, visit, 'signed_out')
}

async function signOutEverywhere(house: House, visit: Visit): Promise<FastifyReply> {
  const person = await checked(house, visit)
  if (person) await house.my.leaveEverywhere(person)
  forgetMyCookie(visit.reply)
  return toDoor(house.shell, visit, 'signed_out')
}

/** A file at once, for the person who is signed in here: it is not stored, so there is no link to it that could leak. */
async function takeCopy(house: House, visit: Visit): Promise<FastifyReply> {
  const person = await checked(house, visit)
  if (!person) return toDoor(house.shell, visit)
  const { name, body } = await house.my.takeCopy(person)
  return visit.reply
    .headers({ 'content-type': 'application/zip', 'content-disposition': `attachment; filename="${name}"` })
    .send(body)
}

async function showErasure(house: House, visit: Visit): Promise<FastifyReply> {
  const person = await personOf(house, visit)
  return person ? showErasureOf(house, visit, { person }) : toDoor(house.shell, visit)
}

async function showErasureOf(
  { shell, tokens, my }: House,
  visit: Visit,
  { person, error }: { person: CasePerson } & Pick<MyErasureView, 'error'>,
): Promise<FastifyReply> {
  const much = await my.previewErasure(person)
  const site = await shell.siteOf(visit.request, visit.locale)
  const csrfToken = tokens.issue(visit.request, visit.reply)
  const html = renderMyErasurePage({ csrfToken, ...much, ...(error ? { error } : {}) }, site)
  return shell.showOnce(visit, html, { status: error ? 422 : 200 })
}

async function erase(house: House, visit: Visit): Promise<FastifyReply> {
  const { csrf, confirm } = formOf(visit)
  const person = await personOf(house, visit)
  if (!person) return toDoor(house.shell, visit)
  await house.limits.write(visit.request, visit.request.ip)
  if (house.tokens.open(visit.request, csrf) === undefined)
    return showErasureOf(house, visit, { person, error: 'form_expired' })
  const word = siteWords[visit.locale]('site.my_delete_word')
  if (confirm.trim().toLowerCase() !== word) return showErasureOf(house, visit, { person, error: 'not_confirmed' })
  const { kept, certificateId } = await house.my.erase(person)
  forgetMyCookie(visit.reply)
  const certificate = certificateId === undefined ? '' : `&certificate=${certificateId}`
  const door = house.shell.pathsOf(visit.request).myCases(visit.locale)
  return visit.reply.redirect(`${door}?notice=${kept > 0 ? 'erased_kept' : 'erased'}${certificate}`, 303)
}

const CertificatePlace = z.object({ certificate: z.uuid() })

/** What one can show later. It says how much was deleted and nothing that says of whom. */
async function giveCertificate(house: House, visit: Visit): Promise<FastifyReply> {
  await house.limits.enter(visit.request, visit.request.ip)
  const place = CertificatePlace.safeParse(visit.request.params)
  if (!place.success) throw new AppError('route.not_found')
  const certificate = await house.my.certificate(place.data.certificate)
  return visit.reply
    .header('content-type', 'application/json; charset=utf-8')
    .header('content-disposition', 'attachment; filename="certificate.json"')
    .send(JSON.stringify(certificate, undefined, 2))
}
