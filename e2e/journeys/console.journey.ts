import assert from 'node:assert/strict'
import type { Locale } from '@clew/i18n'
import type { Page } from 'playwright-core'
import { type Faults, inspect } from '../harness/axe.ts'
import type { Clew } from '../harness/clew.ts'
import type { Journey, Stage } from '../harness/stage.ts'
import { wordsOf } from '../harness/words.ts'
import { nobodyYet, sitDown } from '../screens/workspace.ts'

/** A customer's first owner joins, has a console and nothing of the team's; no page of it has a fault. */
export const theConsole: Journey = { name: 'console', run: (stage) => play(stage, 'en') }
export const theConsoleEl: Journey = { name: 'console in Greek', run: (stage) => play(stage, 'el') }

const browserLocale = { en: 'en-GB', el: 'el-GR' } as const
const password = 'granite meadow whistle'
const pages = [
  'members',
  'groups',
  'roles',
  'cases',
  'usage',
  'retention',
  'exports',
  'profile',
  'own-sign-in',
  'api-keys',
] as const

async function play(stage: Stage, locale: Locale): Promise<void> {
  const clew = await stage.startClew()
  const { page: team } = await sitDown(stage, clew, { locale: browserLocale[locale] })
  const ownerLink = await openOrganisation(stage, { clew, team, locale })
  const { context, watch } = await stage.visit({
    viewport: { width: 1280, height: 800 },
    locale: browserLocale[locale],
  })
  watch.allow(nobodyYet)
  const page = await context.newPage()
  await joins(stage, { page, ownerLink, locale })
  await hasNothingOfTheTeam(stage, { page, clew })
  await noFaults(stage, { page, clew })
  stage.step('no fault on the list of organisations')
  const faults: Faults = new Map()
  await team.goto(`${clew.url}/app/console/organisations`)
  await team.getByRole('heading', { level: 1 }).waitFor()
  await inspect(team, 'organisations', faults)
  assert.deepEqual(told(faults), [])
}

type Team = { clew: Clew; team: Page; locale: Locale }

async function openOrganisation(stage: Stage, { clew, team, locale }: Team): Promise<string> {
  stage.step('the team opens an organisation and gets the link for its first owner')
  const answer = await team.request.post(`${clew.url}/api/v1/organisations`, {
    data: { name: 'Halcyon Shipping', slug: 'halcyon', seats: 5, ownerEmail: 'petra@halcyon.example', locale },
  })
  assert.equal(answer.status(), 201, await answer.text())
  const { ownerLink } = (await answer.json()) as { ownerLink: string | null }
  return ownerLink ?? assert.fail('there was no link')
}

type Joining = { page: Page; ownerLink: string; locale: Locale }

async function joins(stage: Stage, { page, ownerLink, locale }: Joining): Promise<void> {
  const { workspace: t } = wordsOf(locale)
  stage.step('the first owner joins by it, with the keyboard alone')
  await page.goto(ownerLink)
  await page.getByLabel(t('workspace.your_name')).focus()
  await page.keyboard.type('Petra Dimou')
  await page.getByLabel(t('workspace.password_new')).focus()
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/app\/console\//)
  await page.getByRole('link', { name: 'Halcyon Shipping' }).waitFor()
}

async function hasNothingOfTheTeam(stage: Stage, { page, clew }: { page: Page; clew: Clew }): Promise<void> {
  stage.step('there is no inbox for them, and no route of the team')
  await page.goto(`${clew.url}/app`)
  await page.waitForURL(/\/app\/console\//)
  for (const path of ['conversations?view=open', 'members', 'settings', 'organisations'])
    assert.equal((await page.request.get(`${clew.url}/api/v1/${path}`)).status(), 401, path)
}

async function noFaults(stage: Stage, { page, clew }: { page: Page; clew: Clew }): Promise<void> {
  const faults: Faults = new Map()
  for (const name of pages) {
    stage.step(`no fault on ${name}`)
    await page.goto(`${clew.url}/app/console/${name}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    await inspect(page, name, faults)
  }
  assert.deepEqual(told(faults), [])
}

const told = (faults: Faults): string[] => [...faults].map(([fault, where]) => `${fault}\n  on ${where.join('; ')}`)
