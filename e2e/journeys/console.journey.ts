import assert from 'node:assert/strict'
import { type Locale, locales } from '@clew/i18n'
import type { Page } from 'playwright-core'
import { assertNone, type Faults, inspect } from '../harness/axe.ts'
import type { Clew } from '../harness/clew.ts'
import { browserLocale, customers, visitAs } from '../harness/customer.ts'
import { keyboardOn } from '../harness/keyboard.ts'
import type { Journey, Stage } from '../harness/stage.ts'
import { wordsOf } from '../harness/words.ts'
import { nobodyYet } from '../screens/workspace.ts'

/**
 * The team opens an organisation; its first owner joins, has a console and nothing of the team's; no page of it has a
 * fault. All with the keyboard. What is done on the other pages of the console has journeys of its own.
 */
export const theConsole: Journey = {
  name: 'console',
  async run(stage) {
    const clew = await stage.startClew()
    const faults: Faults = new Map()
    for (const locale of locales) await play(stage, { clew, locale, faults })
    assertNone(faults)
  },
}

type Scene = { clew: Clew; locale: Locale; faults: Faults }

const password = 'granite meadow whistle'
const pages = ['own-sign-in', 'api-keys'] as const

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
