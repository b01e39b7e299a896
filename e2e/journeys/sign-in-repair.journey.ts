import type { Locale } from '@clew/i18n'
import type { Locator, Page } from 'playwright-core'
import { startDnsServer } from '../../apps/server/src/testkit/dns-server.ts'
import { assertNone, type Faults, inspect } from '../harness/axe.ts'
import { type Clew, owner } from '../harness/clew.ts'
import { askQuestion, type Customer, openCustomer, proveDomain, visitAs } from '../harness/customer.ts'
import { type Keyboard, keyboardOn } from '../harness/keyboard.ts'
import type { Journey, Stage, Visit } from '../harness/stage.ts'
import { wordsOf } from '../harness/words.ts'

/** Somebody of a customer cannot get in: an agent's press proposes what helps, or does it where the customer lets them. */
export const signInRepair: Journey = { name: 'sign-in repaired by support', run: (stage) => play(stage, 'en') }
export const signInRepairEl: Journey = {
  name: 'sign-in repaired by support in Greek',
  run: (stage) => play(stage, 'el'),
}

type Desk = { page: Page; keys: Keyboard }
type Scene = { stage: Stage; clew: Clew; locale: Locale; faults: Faults; agent: Desk; theirs: Desk; domain: string }

async function play(stage: Stage, locale: Locale): Promise<void> {
  const dns = await startDnsServer()
  stage.onEnd(dns.stop)
  const clew = await stage.startClew({ settings: { CLEW_DNS_SERVERS: dns.address } })
  const team = await visitAs(stage, { clew, locale })
  const customer = await openCustomer(stage, { clew, locale, team: team.api })
  await proveDomain(customer.api, customer.domain, dns)
  const scene: Scene = {
    stage,
    clew,
    locale,
    faults: new Map(),
    agent: await deskOf(team),
    theirs: await deskOf(customer),
    domain: customer.domain,
  }
  const first = await propose(scene, customer)
  await approve(scene)
  await hear(scene, first)
  await letThemIn(scene)
  await doAtOnce(scene)
  assertNone(scene.faults)
}

async function deskOf({ context }: Pick<Visit, 'context'>): Promise<Desk> {
  const page = await context.newPage()
  return { page, keys: keyboardOn(page) }
}

/** Somebody writes that they cannot get in, and the agent opens it. */
async function open({ clew, locale, agent: { page } }: Scene, email: string): Promise<Locator> {
  const { id } = await askQuestion({ clew, body: `“No accounts found”: ${email}`, locale })
  await page.goto(`${clew.url}/app/c/${id}`)
  const { sso: t } = wordsOf(locale)
  const card = page.getByRole('region', { name: t('console-sso.card') })
  await card.waitFor()
  return card
}

async function propose(scene: Scene, { name }: Customer): Promise<Locator> {
  const { stage, agent, locale, faults, domain } = scene
  const { sso: t, workspace } = wordsOf(locale)
  stage.step('an agent reads why, and proposes by one press what helps')
  const email = `new@${domain}`
  const card = await open(scene, email)
  const remedy = t('console-sso.remedy_invite', { email })
  const { page, keys } = agent
  await page.bringToFront()
  await keys.use(card.getByRole('button', { name: t('console-sso.card_propose', { remedy }) }))
  await card.getByText(t('console-sso.card_waits', { remedy, name: owner.name, organisation: name })).waitFor()
  const thread = page.locator('[data-is=thread]')
  await thread.getByText(proposed(workspace, 'proposed', owner.name)).waitFor()

  stage.step('and answers, all of it by Tab')
  const text = locale === 'el' ? 'Το προτείναμε στον διαχειριστή σας.' : 'Your administrator has it before them.'
  await keys.write(thread.getByRole('textbox'), text)
  await inspect(page, 'a reply in hand', faults)
  await keys.use(thread.locator('button[type=submit]'))
  await thread.getByText(text).first().waitFor()
  await inspect(page, 'proposed beside a case', faults)
  return card
}

type Words = ReturnType<typeof wordsOf>['workspace']

const proposed = (t: Words, state: 'proposed' | 'done' | 'done_by_team', name: string): string =>
  t(`workspace.activity_sign_in_${state}`, { name, remedy: t('workspace.sign_in_remedy', { remedy: 'invite' }) })

async function approve({ stage, clew, locale, theirs: { page, keys }, faults, domain }: Scene): Promise<void> {
  const { sso: t } = wordsOf(locale)
  stage.step('an owner of theirs approves it by one press')
  await page.bringToFront()
  await page.goto(`${clew.url}/app/console/sso`)
  const waiting = page.getByRole('region', { name: t('console-sso.proposals') })
  const remedy = t('console-sso.remedy_invite', { email: `new@${domain}` })
  await waiting.getByText(t('console-sso.proposals_lead')).waitFor()
  await inspect(page, 'proposed by support', faults)
  await keys.use(waiting.getByRole('button', { name: t('console-sso.proposal_approve', { remedy }) }))
  await waiting.getByText(t('console-sso.proposal_state_done'), { exact: true }).waitFor()
  await inspect(page, 'approved', faults)
}

async function hear({ stage, locale, agent, domain }: Scene, card: Locator): Promise<void> {
  const { sso: t } = wordsOf(locale)
  stage.step('the agent reads it where they stand')
  const by = customerName(locale)
  const remedy = t('console-sso.remedy_invite', { email: `new@${domain}` })
  await agent.page.bringToFront()
  const { workspace } = wordsOf(locale)
  await agent.page
    .locator('[data-is=thread]')
    .getByText(proposed(workspace, 'done', by))
    .waitFor()
  await card.getByText(t('console-sso.card_done', { remedy, by })).waitFor()
}

const customerName = (locale: Locale): string => (locale === 'el' ? 'Λήδα Στάθη' : 'Petra Dimou')

async function letThemIn({ stage, clew, locale, theirs: { page, keys }, faults }: Scene): Promise<void> {
  const { policies: t } = wordsOf(locale)
  stage.step('the customer lets support mend sign-ins, and reads what that does before')
  await page.bringToFront()
  await page.goto(`${clew.url}/app/console/rules`)
  const rule = page.getByRole('listitem', { name: t('console-policies.rule_support'), exact: true })
  await rule.getByText(t('console-policies.says_support_off')).waitFor()
  await keys.use(
    rule.getByRole('button', { name: t('console-policies.change_of', { rule: t('console-policies.rule_support') }) }),
  )
  await keys.use(rule.getByRole('checkbox', { name: t('console-policies.field_support') }), 'Space')
  await rule.getByText(t('console-policies.effect_support_repairs')).waitFor()
  await inspect(page, 'the rule for support', faults)
  await keys.use(rule.getByRole('button', { name: t('console-policies.save') }))
  await rule.getByText(t('console-policies.says_support_on')).waitFor()
}

async function doAtOnce(scene: Scene): Promise<void> {
  const { stage, clew, locale, agent, theirs, faults, domain } = scene
  const { sso: t } = wordsOf(locale)
  stage.step('from then on the press of the agent does it')
  const email = `next@${domain}`
  await agent.page.bringToFront()
  const card = await open(scene, email)
  const remedy = t('console-sso.remedy_invite', { email })
  await agent.keys.use(card.getByRole('button', { name: remedy, exact: true }))
  await card.getByText(t('console-sso.card_done_by_team', { remedy, by: owner.name })).waitFor()
  await inspect(agent.page, 'done beside a case', faults)

  stage.step('and the customer reads who did it')
  await theirs.page.bringToFront()
  await theirs.page.goto(`${clew.url}/app/console/sso`)
  const settled = t('console-sso.proposal_settled_by_team', { by: owner.name })
  await theirs.page.getByText(settled).waitFor()
}
