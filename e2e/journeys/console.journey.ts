import assert from 'node:assert/strict'
import { type Locale, locales } from '@clew/i18n'
import type { Page } from 'playwright-core'
import { assertNone, type Faults, inspect } from '../harness/axe.ts'
import type { Clew } from '../harness/clew.ts'
import { askQuestion, browserLocale, customers, identitySecret, visitAs } from '../harness/customer.ts'
import { type Keyboard, keyboardOn } from '../harness/keyboard.ts'
import type { Journey, Stage } from '../harness/stage.ts'
import { eventually } from '../harness/wait.ts'
import { wordsOf } from '../harness/words.ts'
import { nobodyYet } from '../screens/workspace.ts'

/**
 * The team opens an organisation; its first owner joins, has a console and nothing of the team's, says who they are and
 * reads what one of their people asked; no page of it has a fault. All with the keyboard. What is done on the other pages of the console has journeys of its own.
 */
export const theConsole: Journey = {
  name: 'console',
  async run(stage) {
    const clew = await stage.startClew()
    const faults: Faults = new Map()
    const { api, context } = await visitAs(stage, { clew, locale: 'en' })
    const secret = await identitySecret(api)
    await context.close()
    for (const locale of locales) await play(stage, { clew, locale, faults, secret })
    assertNone(faults)
  },
}

type Scene = { clew: Clew; locale: Locale; faults: Faults; secret: string }

const password = 'granite meadow whistle'
const pages = ['own-sign-in', 'api-keys'] as const

const said = {
  en: { title: 'Head of chartering', question: 'The upload stops at 60 per cent' },
  el: { title: 'Υπεύθυνη ναυλώσεων', question: 'Η μεταφόρτωση σταματά στο 60 τοις εκατό' },
} as const

async function play(stage: Stage, scene: Scene): Promise<void> {
  const { clew, locale, faults } = scene
  const ownerLink = await openOrganisation(stage, scene)
  const { context, watch } = await stage.visit({
    viewport: { width: 1280, height: 800 },
    locale: browserLocale[locale],
  })
  watch.allow(nobodyYet)
  const page = await context.newPage()
  await joins(stage, { ...scene, page, ownerLink })
  await hasNothingOfTheTeam(stage, { page, clew })
  const scenery = { ...scene, page, keys: keyboardOn(page) }
  await saysWhoTheyAre(stage, scenery)
  await readsWhatWasAsked(stage, scenery)
  for (const name of pages) {
    stage.step(`no fault on ${name} (${locale})`)
    await page.goto(`${clew.url}/app/console/${name}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    await inspect(page, `${name}, ${locale}`, faults)
  }
}

async function openOrganisation(stage: Stage, { clew, locale, faults }: Scene): Promise<string> {
  const { members: t, errors } = wordsOf(locale)
  const { name, slug } = customers[locale]
  stage.step(`the team opens an organisation and gets the link for its first owner (${locale})`)
  const { context, watch } = await visitAs(stage, { clew, locale })
  watch.allow(/status of 409 /)
  const page = await context.newPage()
  const keys = keyboardOn(page)
  await keys.open(`${clew.url}/app/console/organisations`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await keys.skip()
  const write = async (short: string) => {
    await keys.write(page.getByLabel(t('console-members.name'), { exact: true }), name)
    await keys.write(page.getByLabel(t('console-members.org_slug'), { exact: true }), short)
    await keys.write(page.getByLabel(t('console-members.org_seats'), { exact: true }), '5')
    await keys.write(page.getByLabel(t('console-members.org_region'), { exact: true }), 'EU')
    await keys.write(page.getByLabel(t('console-members.org_owner'), { exact: true }), `petra@${slug}.example`)
    await keys.press('Enter')
  }
  await write(slug)
  const shown = page.getByRole('button', { name: t('console-members.invite_copy') })
  const link = (await shown.locator('span').first().innerText()).trim()
  const line = page.getByRole('listitem').filter({ hasText: slug })
  await line.getByText(t('console-members.org_no_owner'), { exact: false }).waitFor()
  await inspect(page, `an organisation, opened, ${locale}`, faults)

  stage.step(`a short name that is taken is told, and an organisation changed (${locale})`)
  await write(slug)
  await page.getByText(errors('errors.organisation.slug_taken', { slug })).waitFor()
  await keys.use(line.getByRole('button', { name: t('console-members.edit') }))
  await keys.write(line.getByLabel(t('console-members.org_seats')), '7')
  await inspect(page, `an organisation, being changed, ${locale}`, faults)
  await keys.press('Enter')
  await line.getByText(t('console-members.seat_use', { used: 0, limit: 7 }), { exact: false }).waitFor()
  await context.close()
  return link
}

type Joining = Scene & { page: Page; ownerLink: string }

async function joins(stage: Stage, { page, ownerLink, locale }: Joining): Promise<void> {
  const { workspace: t } = wordsOf(locale)
  const { name, ownerName } = customers[locale]
  stage.step(`the first owner joins by it (${locale})`)
  const keys = keyboardOn(page)
  await keys.open(ownerLink)
  await keys.write(page.getByLabel(t('workspace.your_name')), ownerName)
  await keys.write(page.getByLabel(t('workspace.password_new')), password)
  await keys.press('Enter')
  await page.waitForURL(/\/app\/console\//)
  await page.getByRole('link', { name }).waitFor()
}

async function hasNothingOfTheTeam(stage: Stage, { page, clew }: { page: Page; clew: Clew }): Promise<void> {
  stage.step('there is no inbox for them, and no route of the team')
  await page.goto(`${clew.url}/app`)
  await page.waitForURL(/\/app\/console\//)
  for (const path of ['conversations?view=open', 'members', 'settings', 'organisations'])
    assert.equal((await page.request.get(`${clew.url}/api/v1/${path}`)).status(), 401, path)
}

type AtDesk = Scene & { page: Page; keys: Keyboard }

async function saysWhoTheyAre(stage: Stage, { page, keys, clew, locale, faults }: AtDesk): Promise<void> {
  const { members: t } = wordsOf(locale)
  stage.step(`they say who they are (${locale})`)
  await keys.open(`${clew.url}/app/console/profile`)
  await page.getByLabel(t('console-members.job_title')).waitFor()
  await keys.skip()
  await keys.write(page.getByLabel(t('console-members.job_title')), said[locale].title)
  await keys.choose(page.getByLabel(t('console-members.time_zone')), 'Europe/Athens')
  await keys.use(page.getByRole('button', { name: t('console-members.save') }))
  await page.getByText(t('console-members.saved')).waitFor()
  await inspect(page, `profile, ${locale}`, faults)
  await keys.open(page.url())
  await page.getByLabel(t('console-members.job_title')).waitFor()
  assert.equal(await page.getByLabel(t('console-members.job_title')).inputValue(), said[locale].title)
}

async function readsWhatWasAsked(stage: Stage, { page, keys, clew, locale, faults, secret }: AtDesk): Promise<void> {
  const { ourCases: t } = wordsOf(locale)
  const { question: body } = said[locale]
  stage.step(`nobody has asked anything yet (${locale})`)
  await keys.open(`${clew.url}/app/console/cases`)
  await page.getByText(t('our-cases.none_all')).waitFor()
  await inspect(page, `no cases, ${locale}`, faults)

  stage.step(`what they have asked themselves is there, and is read (${locale})`)
  await askQuestion({ clew, secret, email: `petra@${customers[locale].slug}.example`, body, locale })
  await eventually('the case counts to their organisation', async () => {
    await keys.open(page.url())
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    return (await page.getByRole('button', { name: new RegExp(body) }).count()) > 0
  })
  await keys.skip()
  await keys.use(page.getByRole('button', { name: new RegExp(body) }))
  await page
    .getByRole('region', { name: t('our-cases.said') })
    .getByText(body)
    .first()
    .waitFor()
  await inspect(page, `a case, ${locale}`, faults)
  await keys.use(page.getByRole('button', { name: new RegExp(t('our-cases.state_resolved')) }))
  await page.getByText(t('our-cases.none_resolved')).waitFor()
}
