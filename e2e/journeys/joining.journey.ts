import { type Locale, locales } from '@clew/i18n'
import { assertNone, type Faults, inspect } from '../harness/axe.ts'
import type { Clew } from '../harness/clew.ts'
import { browserLocale, type Customer, openCustomer, visitAs } from '../harness/customer.ts'
import { keyboardOn } from '../harness/keyboard.ts'
import { fromLetter } from '../harness/mail.ts'
import type { Journey, Stage } from '../harness/stage.ts'
import { wordsOf } from '../harness/words.ts'
import { nobodyYet } from '../screens/workspace.ts'

/**
 * With the keyboard alone somebody without an invitation asks to join, an owner lets them in, and the support team looks
 * at the organisation: who is in it, why somebody does not get in, and what is on record.
 */
export const joining: Journey = {
  name: 'joining',
  async run(stage) {
    const clew = await stage.startClew()
    const { api: team, context } = await visitAs(stage, { clew, locale: 'en' })
    const faults: Faults = new Map()
    for (const locale of locales) {
      const customer = await openCustomer(stage, { clew, locale, team })
      const scene = { stage, clew, locale, faults, customer }
      await asks(scene)
      await letsIn(scene)
      await teamLooks(scene)
    }
    await context.close()
    assertNone(faults)
  },
}

type Scene = {
  stage: Stage
  clew: Clew
  locale: Locale
  faults: Faults
  customer: Awaited<ReturnType<typeof openCustomer>>
}

const said = {
  en: { name: 'Vera Lund', message: 'I work in chartering with Petra.' },
  el: { name: 'Βέρα Λούντα', message: 'Δουλεύω στις ναυλώσεις με τη Λήδα.' },
} as const

const addressOf = ({ domain }: Customer): string => `vera@${domain}`

async function asks({ stage, clew, locale, faults, customer }: Scene): Promise<void> {
  const { members: t, workspace: w } = wordsOf(locale)
  stage.step(`somebody without an invitation asks for one (${locale})`)
  const { context, watch } = await stage.visit({
    viewport: { width: 1280, height: 800 },
    locale: browserLocale[locale],
  })
  watch.allow(nobodyYet)
  const page = await context.newPage()
  const keys = keyboardOn(page)
  await keys.open(`${clew.url}/app/join-request?organisation=${customer.slug}`)
  await keys.write(page.getByLabel(w('workspace.your_name')), said[locale].name)
  await keys.write(page.getByLabel(t('console-members.join_email')), addressOf(customer))
  await keys.write(page.getByLabel(t('console-members.join_message')), said[locale].message)
  await inspect(page, `asking to join, ${locale}`, faults)
  await keys.use(page.getByRole('button', { name: t('console-members.join_ask'), exact: true }))
  await page.getByText(t('console-members.join_asked')).waitFor()

  stage.step(`and proves by the letter that the address is theirs (${locale})`)
  await keys.open(await fromLetter(clew, addressOf(customer), /http\S+\/app\/join-request#token=[\w-]+/))
  await keys.use(page.getByRole('button', { name: t('console-members.confirm_now') }))
  await page.getByText(t('console-members.confirm_waiting')).waitFor()
  await inspect(page, `asked to join, ${locale}`, faults)
  await context.close()
}

async function letsIn({ stage, clew, locale, faults, customer }: Scene): Promise<void> {
  const { members: t } = wordsOf(locale)
  stage.step(`an owner reads who asks, and lets them in (${locale})`)
  const page = await customer.context.newPage()
  const keys = keyboardOn(page)
  await keys.open(`${clew.url}/app/console/members`)
  const asking = page.getByRole('region', { name: t('console-members.requests') })
  await asking.getByText(said[locale].message).waitFor()
  await inspect(page, `somebody asks to join, ${locale}`, faults)
  await keys.skip()
  await keys.use(asking.getByRole('button', { name: t('console-members.approve'), exact: true }))
  await page.getByText(t('console-members.approved', { email: addressOf(customer) })).waitFor()
  await asking.waitFor({ state: 'detached' })
  await fromLetter(clew, addressOf(customer), /http\S+\/app\/join#token=[\w-]+/)
  await customer.context.close()
}

async function teamLooks({ stage, clew, locale, faults, customer }: Scene): Promise<void> {
  const { members: t, sso, audit } = wordsOf(locale)
  const { owner, name, domain } = customer
  stage.step(`the support team opens the organisation, and why somebody does not get in (${locale})`)
  const { context } = await visitAs(stage, { clew, locale })
  const page = await context.newPage()
  const keys = keyboardOn(page)
  await keys.open(`${clew.url}/app/console/organisations`)
  await page.getByRole('link', { name }).waitFor()
  await keys.skip()
  await keys.use(page.getByRole('link', { name }))
  await page.getByRole('heading', { level: 1, name }).waitFor()
  await inspect(page, `an organisation, as the team sees it, ${locale}`, faults)
  await keys.use(page.getByRole('button', { name: t('console-members.why_not_in_of', { name: owner.name }) }))
  await page.getByText(sso('console-sso.found_domain_unproved', { domain }), { exact: true }).waitFor()

  stage.step(`and reads what is on record, which is on record itself (${locale})`)
  await keys.use(page.getByRole('button', { name: audit('console-audit.team_open') }))
  const events = page.getByRole('list', { name: audit('console-audit.events') })
  await events.getByText('user.invited').first().waitFor()
  await events.getByText('organisation.viewed_by_team').first().waitFor()
  await inspect(page, `an organisation with its record, ${locale}`, faults)
  await context.close()
}
