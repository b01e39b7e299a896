import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Locale } from '@clew/i18n'
import type { Page } from 'playwright-core'
import { type Faults, inspect } from '../harness/axe.ts'
import type { Clew } from '../harness/clew.ts'
import type { Journey, Stage } from '../harness/stage.ts'
import { eventually } from '../harness/wait.ts'
import { wordsOf } from '../harness/words.ts'
import { bubbleOn } from '../screens/bubble.ts'
import { sitDown } from '../screens/workspace.ts'

const { status: t, site, widget, assistant } = wordsOf('en')
const title = 'Slower uploads over 5 MB'
const greekTitle = 'Αργές μεταφορτώσεις πάνω από 5 MB'
const fixed = 'A gateway was added; uploads are as fast as before.'

/** An incident goes from its opening to its end, and everyone who looks or follows hears of it. */
export const status: Journey = {
  name: 'status',
  async run(stage) {
    const clew = await stage.startClew()
    const faults: Faults = new Map()

    stage.step('two agents look at the status screen, and a visitor at the status page')
    const agent = (await sitDown(stage, clew)).page
    const colleague = (await sitDown(stage, clew)).page
    for (const page of [agent, colleague]) {
      await page.goto(`${clew.url}/app/status`)
      await page.getByRole('heading', { name: t('status.components'), exact: true }).waitFor()
    }
    const { context } = await stage.visit()
    const watching = await context.newPage()
    await watching.goto(`${clew.url}/en/status`)
    await watching.getByRole('heading', { level: 1, name: site('site.verdict_all_ok') }).waitFor()

    stage.step('one agent opens an incident; the other sees it without doing anything')
    await openIncident(agent)
    await colleague.getByRole('article', { name: title }).waitFor({ timeout: 10_000 })

    stage.step('the page that is open says so by itself; so do the front page and the JSON')
    await eventually('the open page says it', async () => {
      await watching.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
      return watching.getByRole('heading', { name: title }).isVisible()
    })
    await inspect(watching, 'status page with an incident', faults)
    await checkJson(clew)
    for (const [locale, words] of [
      ['en', title],
      ['el', greekTitle],
    ] as const) {
      const home = await context.newPage()
      await home.goto(`${clew.url}/${locale}`)
      await home.getByText(words).waitFor()
      await home.close()
    }

    stage.step('a visitor follows it in the bubble')
    const bubble = bubbleOn(watching, 'en')
    await bubble.open()
    await bubble.said(title).waitFor()
    await bubble.press(widget('widget.follow'))
    await bubble.said(assistant('assistant.incident_followed')).waitFor()
    assert.equal(await bubble.log.locator('.words').count(), 1, 'the assistant says that and no more')

    stage.step('two others follow it by mail, each in their language')
    const links = { en: await followByMail(stage, { clew, locale: 'en', faults }), el: '' }
    links.el = await followByMail(stage, { clew, locale: 'el', faults })
    for (const locale of ['en', 'el'] as const) await confirm(stage, { link: links[locale], locale, faults })

    stage.step('the agent resolves it, and everyone is told, once')
    await resolve(agent)
    await colleague.getByText(t('status.effect_none')).waitFor({ timeout: 10_000 })
    await bubble.said(fixed).waitFor({ timeout: 20_000 })
    assert.equal(await bubble.log.getByText(fixed).count(), 1)
    for (const locale of ['en', 'el'] as const) await isTold(clew, locale)

    stage.step('the page says that everything works again')
    await watching.goto(`${clew.url}/en/status`)
    await watching.getByRole('heading', { level: 1, name: site('site.verdict_all_ok') }).waitFor()
    const told = [...faults].map(([fault, where]) => `${fault}\n  on ${where.join('; ')}`)
    assert.equal(told.length, 0, told.join('\n'))
  },
}

async function openIncident(page: Page): Promise<void> {
  await page.getByRole('button', { name: t('status.open_incident') }).click()
  const form = page.getByRole('form', { name: t('status.open_incident') })
  const field = (name: 'title' | 'body', language: Locale) =>
    form.getByLabel(t('status.in_language', { field: t(`status.field_${name}`), language }))
  await field('title', 'en').fill(title)
  await field('title', 'el').fill(greekTitle)
  await field('body', 'en').fill('About 1 in 12 uploads ends without an answer.')
  await form.getByLabel('Uploads', { exact: true }).selectOption('degraded_performance')
  await form.getByRole('button', { name: t('status.send_open') }).click()
  await page.getByRole('article', { name: title }).waitFor()
}

async function resolve(page: Page): Promise<void> {
  const card = page.getByRole('article', { name: title })
  await card.getByRole('button', { name: t('status.post_update') }).click()
  const form = card.getByRole('form', { name: t('status.post_update') })
  await form.getByLabel(t('status.field_status')).selectOption('resolved')
  const language = 'en'
  await form.getByLabel(t('status.in_language', { field: t('status.field_body'), language })).fill(fixed)
  await form.getByRole('button', { name: t('status.send_resolve') }).click()
}

/** As clients of Statuspage v2 read it. */
async function checkJson({ url }: Clew): Promise<void> {
  const answer = await fetch(`${url}/api/v2/summary.json`)
  assert.equal(answer.headers.get('access-control-allow-origin'), '*')
  const summary = (await answer.json()) as {
    page: { id: string; url: string }
    status: { indicator: string }
    components: { name: string; status: string }[]
    incidents: { name: string; status: string; impact: string; incident_updates: { body: string }[] }[]
    scheduled_maintenances: unknown[]
  }
  assert.deepEqual(Object.keys(summary).sort(), ['components', 'incidents', 'page', 'scheduled_maintenances', 'status'])
  assert.equal(summary.status.indicator, 'minor')
  const [incident, ...more] = summary.incidents
  assert.deepEqual(
    [incident?.name, incident?.status, incident?.impact, more.length],
    [title, 'investigating', 'minor', 0],
  )
  assert.equal(summary.components.filter((each) => each.status === 'degraded_performance').length, 1)
}

const addressOf = (locale: Locale): string => `${locale === 'el' ? 'eleni' : 'maria'}@customer.example`

type Following = { clew: Clew; locale: Locale; faults: Faults }

/** Asks on the status page; answers with the link of the mail. */
async function followByMail(stage: Stage, { clew, locale, faults }: Following): Promise<string> {
  const { site: words } = wordsOf(locale)
  const { context } = await stage.visit({ locale: locale === 'el' ? 'el-GR' : 'en-GB' })
  const page = await context.newPage()
  await page.goto(`${clew.url}/${locale}/status`)
  await page.getByText(words('site.follow'), { exact: true }).click()
  await page.getByLabel(words('site.follow_email')).fill(addressOf(locale))
  await inspect(page, `the open form, ${locale}`, faults)
  await page.getByRole('button', { name: words('site.follow_ask') }).click()
  await page.getByRole('heading', { name: words('site.follow_sent_title') }).waitFor()
  await inspect(page, `asked, ${locale}`, faults)
  await context.close()
  let link: string | undefined
  await eventually('the mail is there', async () => {
    const [mail] = await mailsTo(clew, locale)
    const found = /(http\S+\/status\/follow\/link#token=)(?:3D)?([\w-]{43})/.exec(mail?.replaceAll('=\n', '') ?? '')
    link = found?.slice(1).join('')
    return link !== undefined
  })
  return link ?? ''
}

async function confirm(stage: Stage, about: { link: string; locale: Locale; faults: Faults }): Promise<void> {
  const { link, locale, faults } = about
  const { site: words } = wordsOf(locale)
  const { context } = await stage.visit({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(link)
  // Without a script nobody takes the token out of the address; one pastes the link.
  await page.getByLabel(words('site.link_field')).fill(link)
  await page.getByRole('button', { name: words('site.link_open') }).click()
  await page.getByRole('heading', { name: words('site.follow_ask_title') }).waitFor()
  await page.getByRole('button', { name: words('site.follow_ask_button') }).click()
  await page.getByRole('heading', { name: words('site.follow_following_title') }).waitFor()
  await context.close()
  const seen = await stage.visit()
  const again = await seen.context.newPage()
  await again.goto(link.split('#')[0] ?? '')
  await again.getByLabel(words('site.link_field')).waitFor()
  await inspect(again, `where a link is pasted, ${locale}`, faults)
  await again.goto(link)
  await again.getByRole('heading', { name: words('site.follow_following_title') }).waitFor()
  assert.ok(!again.url().includes('token'))
  await inspect(again, `confirmed, ${locale}`, faults)
  await seen.context.close()
}

async function isTold(clew: Clew, locale: Locale): Promise<void> {
  const told = async () => (await mailsTo(clew, locale)).filter((mail) => mail.includes('/status/unfollow/'))
  await eventually('the end is told by mail', async () => (await told()).length > 0)
  const [mail = '', ...more] = await told()
  assert.equal(more.length, 0)
  assert.match(mail, /^List-Unsubscribe: <http/m)
  assert.match(mail, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m)
  const link = /^List-Unsubscribe: <([^>]+)>$/m.exec(mail)?.[1] ?? ''
  // As a mail program does it: no page, no cookie, no origin.
  const left = await fetch(link, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) })
  assert.equal(left.status, 200)
}

/** Without a mail server they lie in the data folder. */
async function mailsTo({ dataDir }: Clew, locale: Locale): Promise<string[]> {
  const folder = path.join(dataDir, 'mail')
  const names = await readdir(folder).catch(() => [])
  const mails = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')))
  return mails
    .filter((mail) => mail.includes(`To: ${addressOf(locale)}`))
    .map((mail) => decoded(mail.replaceAll(/\n[ \t]+/g, ' ')))
}

/** Greek text is sent as base64. */
function decoded(mail: string): string {
  const [head = '', ...body] = mail.split('\n\n')
  const text = body.join('\n\n')
  if (/base64/i.test(head)) return `${head}\n\n${Buffer.from(text, 'base64').toString()}`
  return /quoted-printable/i.test(head) ? `${head}\n\n${text.replaceAll('=\n', '').replaceAll('=3D', '=')}` : mail
}
