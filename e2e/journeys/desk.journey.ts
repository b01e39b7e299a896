import assert from 'node:assert/strict'
import { type Locale, locales } from '@clew/i18n'
import type { Page } from 'playwright-core'
import { assertNone, type Faults, inspect } from '../harness/axe.ts'
import type { Clew } from '../harness/clew.ts'
import { askQuestion, identitySecret, openCustomer, visitAs } from '../harness/customer.ts'
import { type Keyboard, keyboardOn } from '../harness/keyboard.ts'
import type { Journey, Stage } from '../harness/stage.ts'
import { eventually } from '../harness/wait.ts'
import { wordsOf } from '../harness/words.ts'

/** With the keyboard alone somebody of a customer's organisation says who they are, and reads what their people asked. */
export const desk: Journey = {
  name: 'desk',
  async run(stage) {
    const clew = await stage.startClew()
    const { api: team, context: office } = await visitAs(stage, { clew, locale: 'en' })
    const secret = await identitySecret(team)
    const faults: Faults = new Map()
    for (const locale of locales) {
      const { context, owner } = await openCustomer(stage, { clew, locale, team })
      const page = await context.newPage()
      const scene = { page, keys: keyboardOn(page), clew, locale, faults, secret, email: owner.email }
      await saysWhoTheyAre(stage, scene)
      await readsWhatWasAsked(stage, scene)
      await context.close()
    }
    await office.close()
    assertNone(faults)
  },
}

type AtDesk = {
  page: Page
  keys: Keyboard
  clew: Clew
  locale: Locale
  faults: Faults
  secret: string
  email: string
}

const said = {
  en: { title: 'Head of chartering', question: 'The upload stops at 60 per cent' },
  el: { title: 'Υπεύθυνη ναυλώσεων', question: 'Η μεταφόρτωση σταματά στο 60 τοις εκατό' },
} as const

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

async function readsWhatWasAsked(stage: Stage, { page, keys, ...scene }: AtDesk): Promise<void> {
  const { clew, locale, faults, secret, email } = scene
  const { ourCases: t } = wordsOf(locale)
  const { question: body } = said[locale]
  stage.step(`nobody has asked anything yet (${locale})`)
  await keys.open(`${clew.url}/app/console/cases`)
  await page.getByText(t('our-cases.none_all')).waitFor()
  await inspect(page, `no cases, ${locale}`, faults)

  stage.step(`what they have asked themselves is there, and is read (${locale})`)
  await askQuestion({ clew, body, locale, signed: { secret, email } })
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
