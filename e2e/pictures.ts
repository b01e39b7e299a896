import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { Locale } from '@clew/i18n'
import type { BrowserContextOptions, Page } from 'playwright-core'
import type { Clew } from './harness/clew.ts'
import {
  type Api,
  apiOf,
  askQuestion,
  colleague,
  identitySecret,
  openCustomer,
  type Person,
  visitAs,
} from './harness/customer.ts'
import { uploadChecks } from './harness/flows.ts'
import { uncleanHar } from './harness/record-har.ts'
import type { Stage } from './harness/stage.ts'
import { wordsOf } from './harness/words.ts'
import { bubbleOn } from './screens/bubble.ts'
import { sitDown, workspaceOn } from './screens/workspace.ts'

type Look = { name: string; locale: Locale; options: BrowserContextOptions }

const sizes = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
}

/**
 * Pictures of the main screens, for people to look at: desk and phone, light and dark, English and Greek. Of all parts,
 * or of those that are named: site, bubble, workspace, console, share.
 */
export async function takePictures(stage: Stage, folder: string, words: readonly string[]): Promise<number> {
  const clew = await stage.startClew({ prepare: (prepared) => prepared.command(['demo']) })
  const wanted = Object.entries(parts).filter(([name]) => words.length === 0 || words.includes(name))
  let taken = 0
  for (const look of looks()) {
    const to = path.resolve(folder, look.name)
    await mkdir(to, { recursive: true })
    const take: Take = async (page, name) => {
      await page.evaluate(() => document.fonts.ready)
      await page.screenshot({ path: path.join(to, `${name}.png`) })
      taken += 1
    }
    for (const [, part] of wanted) await part(stage, { clew, look, take })
    console.log(`${look.name}: ${to}`)
  }
  return taken
}

function looks(): Look[] {
  return (['en', 'el'] as const).flatMap((locale) =>
    (['desktop', 'phone'] as const).flatMap((size) =>
      (['light', 'dark'] as const).map((colorScheme) => ({
        name: `${locale}-${size}-${colorScheme}`,
        locale,
        options: { ...sizes[size], colorScheme, reducedMotion: 'reduce', locale: locale === 'el' ? 'el-GR' : 'en-GB' },
      })),
    ),
  )
}

type Take = (page: Page, name: string) => Promise<void>
type Session = { clew: Clew; look: Look; take: Take }

async function helpCentre(stage: Stage, { clew, look: { locale, options }, take }: Session): Promise<void> {
  const { context } = await stage.visit(options)
  const page = await context.newPage()
  const words = locale === 'en' ? 'upload+fails' : 'den+anevainei+to+arxeio'
  const addresses = {
    home: '',
    search: `/search?q=${words}`,
    article: '/articles/upload-failures',
    contact: '/contact',
    har: '/har',
    status: '/status',
    demo: '/demo',
    'not-found': '/nowhere',
  }
  for (const [name, address] of Object.entries(addresses)) {
    await page.goto(`${clew.url}/${locale}${address}`, { waitUntil: 'networkidle' })
    await take(page, `site-${name}`)
  }
  await context.close()
}

async function bubble(stage: Stage, { clew, look: { locale, options }, take }: Session): Promise<void> {
  const { context } = await stage.visit(options)
  const page = await context.newPage()
  await page.goto(`${clew.url}/${locale}/demo`)
  const { widget } = wordsOf(locale)
  const panel = bubbleOn(page, locale)
  await panel.open()
  await take(page, 'bubble-open')
  await panel.write(locale === 'en' ? 'My file will not upload, it stops with an error' : 'Το αρχείο μου δεν ανεβαίνει')
  await panel.said(uploadChecks(locale)[0]?.title ?? '').waitFor()
  await take(page, 'bubble-answer')
  await panel.makeSafe(await uncleanHar(stage))
  await take(page, 'bubble-har-report')
  await panel.sendSafeCopy()
  await panel.said(widget('widget.severity_high')).waitFor()
  await take(page, 'bubble-finding')
  await panel.openEnvironment()
  await take(page, 'bubble-environment')
  await context.close()
}

async function workspace(stage: Stage, { clew, look: { locale, options }, take }: Session): Promise<void> {
  const door = await stage.visit(options)
  const entrance = workspaceOn(await door.context.newPage(), clew.url, locale)
  await entrance.page.goto(`${clew.url}/app`)
  await entrance.page.locator('input[type=email]').waitFor()
  await take(entrance.page, 'workspace-sign-in')
  await door.context.close()

  const { members: m } = wordsOf(locale)
  const agent = await sitDown(stage, clew, options)
  await agent.queue.getByRole('listitem').first().waitFor()
  await take(agent.page, 'workspace-inbox')
  await agent.queue.getByRole('listitem').getByRole('link').first().click()
  await agent.thread.locator('[data-seq]').first().waitFor()
  await take(agent.page, 'workspace-conversation')
  await agent.page.goto(`${clew.url}/app/${await someCapture(agent.page, clew)}`)
  await agent.page.locator('canvas').first().waitFor()
  await take(agent.page, 'workspace-capture')
  await agent.page.goto(`${clew.url}/app/console/members`)
  await agent.page.getByRole('heading', { name: m('console-members.members_title') }).waitFor()
  await take(agent.page, 'workspace-members')
  await agent.page.context().close()
}

/** The console of a customer, one page after the other, each as long as it is. */
async function office(stage: Stage, { clew, look: { locale, options }, take }: Session): Promise<void> {
  const customer = await lively(stage, clew, locale)
  const { context } = await stage.visit(options)
  await apiOf(context, clew)('post', '/session', { email: customer.email, password: customer.password })
  const page = await context.newPage()
  const size = page.viewportSize()
  for (const name of consolePages) {
    await page.goto(`${clew.url}/app/console/${name}`, { waitUntil: 'networkidle' })
    const height = await page.evaluate(() => document.querySelector('main')?.firstElementChild?.scrollHeight ?? 0)
    if (size)
      await page.setViewportSize({ width: size.width, height: Math.min(2400, Math.max(size.height, height + 120)) })
    await take(page, `console-${name}`)
    if (size) await page.setViewportSize(size)
  }
  await context.close()
}

const consolePages = [
  'members',
  'groups',
  'roles',
  'cases',
  'sso',
  'domains',
  'provisioning',
  'rules',
  'api-keys',
  'retention',
  'exports',
  'usage',
  'audit',
  'profile',
  'own-sign-in',
] as const

const owners = new Map<Locale, Promise<Person>>()

/** A customer with people, groups, figures and things under way, made once for each language. */
function lively(stage: Stage, clew: Clew, locale: Locale): Promise<Person> {
  const made = owners.get(locale) ?? fill(stage, clew, locale)
  owners.set(locale, made)
  return made
}

async function fill(stage: Stage, clew: Clew, locale: Locale): Promise<Person> {
  const { api: team } = await visitAs(stage, { clew, locale })
  const { api, owner, slug, domain, context } = await openCustomer(stage, { clew, locale, team })
  const names = people[locale]
  const { id: groupId } = (await api('post', '/console/groups', { name: names.group })) as { id: string }
  await api('post', '/console/roles', { name: names.role, permissions: ['members.read', 'members.invite'] })
  const asked = { source: 'paste', role: { role: 'member' }, groupIds: [groupId], locale }
  await api('post', '/console/invitations', { ...asked, text: `dora@${domain}, nadia@${domain}` })
  for (const [index, name] of names.members.entries()) {
    const person = { name, email: `person${index}@${domain}`, password: owner.password }
    const joined = await colleague(stage, { clew, locale, api, person, role: index === 0 ? 'admin' : 'auditor' })
    await joined.context.close()
  }
  const reporting = { name: 'Product', kind: 'service', scopes: ['usage.report'], days: 30 }
  const { token } = (await team('post', '/console/api-keys', reporting)) as { token: string }
  const reports = Array.from({ length: 90 }, (_, day) => ({
    id: `${slug}-${day}`,
    at: new Date(Date.now() - day * 86_400_000).toISOString(),
    organisation: slug,
    meter: 'tokens.input',
    quantity: 9000 + ((day * 7919) % 6000),
    feature: 'chat',
  }))
  await context.request.post(`${clew.url}/api/v1/usage`, {
    headers: { authorization: `Bearer ${token}`, cookie: '' },
    data: { reports },
  })
  for (const [index, body] of names.questions.entries())
    await askQuestion({
      clew,
      body,
      locale,
      signed: { secret: await signingOf(clew, team), email: `person${index}@${domain}` },
    })
  await api('post', '/console/holds', { name: names.hold, reason: names.reason, everything: true })
  await api('post', '/console/domains', { name: domain })
  const content = { of: 'organisation', parts: ['members'] }
  await api('post', '/console/exports', { id: randomUUID(), content, reason: names.reason })
  await context.close()
  return owner
}

const signings = new Map<Clew, Promise<string>>()

/** By what the product vouches for people, made once. */
function signingOf(clew: Clew, team: Api): Promise<string> {
  const made = signings.get(clew) ?? identitySecret(team)
  signings.set(clew, made)
  return made
}

const people = {
  en: {
    group: 'Chartering',
    role: 'Front desk',
    members: ['Ioanna Markou', 'Anders Kjeldsen'],
    hold: 'Aegis Star, cargo claim',
    reason: 'Yearly review',
    questions: ['The voyage report leaves out the last port', 'Two people cannot open the same charter at once'],
  },
  el: {
    group: 'Ναυλώσεις',
    role: 'Γραμματεία',
    members: ['Ιωάννα Μάρκου', 'Θάνος Βλάχος'],
    hold: 'Αιγίς, απαίτηση φορτίου',
    reason: 'Ετήσιος έλεγχος',
    questions: ['Η αναφορά ταξιδιού παραλείπει το τελευταίο λιμάνι', 'Δύο άτομα δεν ανοίγουν τον ίδιο ναύλο μαζί'],
  },
} as const

/** A capture behind a view-only link, as long as the page is. */
async function share(stage: Stage, { clew, look, take }: Session): Promise<void> {
  const { api, context: desk } = await visitAs(stage, { clew, locale: look.locale })
  const captureId = (await someCapture(await desk.newPage(), clew)).split('/').at(-1)
  const { url } = (await api('post', `/captures/${captureId}/links`, { mayDownload: true })) as { url: string }
  await desk.close()
  const { context } = await stage.visit(look.options)
  const page = await context.newPage()
  const size = page.viewportSize()
  await page.goto(url)
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  if (size) await page.setViewportSize({ width: size.width, height: Math.min(4000, Math.max(size.height, height)) })
  await take(page, 'share-capture')
  await context.close()
}

/** The screen of the first capture that the inbox holds. */
async function someCapture({ request }: Page, { url }: Clew): Promise<string> {
  const get = async (path: string) => (await request.get(`${url}/api/v1/${path}`)).json()
  for (const { id } of (await get('conversations?view=open&limit=50')).conversations as { id: string }[]) {
    const [capture] = (await get(`conversations/${id}`)).captures as { id: string; state: string }[]
    if (capture?.state === 'analysed') return `c/${id}/har/${capture.id}`
  }
  throw new Error('no conversation has a capture')
}

const parts = { site: helpCentre, bubble, workspace, console: office, share }
