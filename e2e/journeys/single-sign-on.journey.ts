import assert from 'node:assert/strict'
import type { Locale } from '@clew/i18n'
import type { Page } from 'playwright-core'
import { startDnsServer } from '../../apps/server/src/testkit/dns-server.ts'
import { startOidcProvider, type TestProvider } from '../../apps/server/src/testkit/oidc-provider.ts'
import { assertNone, type Faults, inspect } from '../harness/axe.ts'
import { type Clew, owner } from '../harness/clew.ts'
import { apiOf, askQuestion, browserLocale, proveDomain } from '../harness/customer.ts'
import { type Keyboard, keyboardOn } from '../harness/keyboard.ts'
import type { Journey, Stage } from '../harness/stage.ts'
import { wordsOf } from '../harness/words.ts'
import { nobodyYet, sitDown } from '../screens/workspace.ts'

/** An owner connects an identity provider, tests it and comes in by it; whoever does not is told why. */
export const singleSignOn: Journey = { name: 'single sign-on', run: (stage) => play(stage, 'en') }
export const singleSignOnEl: Journey = { name: 'single sign-on in Greek', run: (stage) => play(stage, 'el') }

type Scene = { page: Page; keys: Keyboard; clew: Clew; locale: Locale; provider: TestProvider; faults: Faults }

const domain = owner.email.split('@')[1] ?? ''
const name = 'Keycloak'
const clientSecret = 'a secret that is long enough for a client'

async function play(stage: Stage, locale: Locale): Promise<void> {
  const [dns, provider] = [await startDnsServer(), await startOidcProvider()]
  stage.onEnd(dns.stop)
  stage.onEnd(provider.close)
  const clew = await stage.startClew({
    settings: { CLEW_DNS_SERVERS: dns.address, CLEW_SSO_HOSTS: provider.host },
  })
  const { page } = await sitDown(stage, clew, { locale: browserLocale[locale] })
  const scene: Scene = { page, keys: keyboardOn(page), clew, locale, provider, faults: new Map() }
  await proveDomain(apiOf(page.context(), clew), domain, dns)
  const setupUrl = await connect(stage, scene)
  await fillInByLink(stage, scene, setupUrl)
  await testIt(stage, scene)
  await comeIn(stage, scene)
  const reference = await findOut(stage, scene)
  await readBesideTheCase(stage, scene, reference)
  assertNone(scene.faults)
}

async function connect(stage: Stage, { page, keys, clew, locale, faults }: Scene): Promise<string> {
  const { sso: t } = wordsOf(locale)
  stage.step('a connection is begun')
  await page.goto(`${clew.url}/app/console/sso`)
  await page.getByText(t('console-sso.effect_none')).waitFor()
  await keys.use(page.getByRole('button', { name: t('console-sso.add'), exact: true }))
  await keys.choose(page.getByRole('combobox', { name: t('console-sso.provider') }), 'Keycloak')
  await keys.choose(page.getByRole('combobox', { name: t('console-sso.kind') }), t('console-sso.kind_oidc'))
  const adding = page.getByRole('form', { name: t('console-sso.add') })
  await keys.use(adding.getByRole('button', { name: t('console-sso.add_do') }))
  await page.getByRole('heading', { name: t('console-sso.guide') }).waitFor()
  await inspect(page, 'draft connection', faults)

  stage.step('whoever runs the provider gets a link')
  await keys.use(page.getByRole('button', { name: t('console-sso.link_make') }))
  const link = page.getByRole('button', { name: t('console-sso.copy', { what: t('console-sso.link') }) })
  return (await link.locator('span').first().innerText()).trim()
}

async function fillInByLink(stage: Stage, { clew, locale, provider, faults }: Scene, setupUrl: string): Promise<void> {
  const { ssoPage: t } = wordsOf(locale)
  stage.step('without an account here they fill in what the provider says')
  const { context } = await stage.visit({ locale: browserLocale[locale] })
  const page = await context.newPage()
  const keys = keyboardOn(page)
  await keys.open(setupUrl)
  const redirectUri = await page.locator('pre').first().innerText()
  assert.ok(redirectUri.startsWith(`${clew.url}/sso/oidc/`))
  provider.register({ id: name, secret: clientSecret, redirectUri: redirectUri.trim() })
  await keys.write(page.getByLabel(t('sso-page.setup_issuer'), { exact: true }), provider.issuer)
  await keys.write(page.getByLabel(t('sso-page.setup_client_id'), { exact: true }), name)
  await keys.write(page.getByLabel(t('sso-page.setup_client_secret'), { exact: true }), clientSecret)
  await keys.use(page.getByRole('button', { name: t('sso-page.setup_save') }))
  await page.getByText(t('sso-page.setup_saved')).waitFor()
  await inspect(page, 'set-up link', faults)

  stage.step('and test it, with nobody signed in by that')
  provider.people.set('nobody', { email: owner.email, email_verified: true, name: owner.name })
  await keys.use(page.getByRole('link', { name: t('sso-page.setup_test_go') }))
  await page.getByText(t('sso-page.setup_passed', { address: owner.email })).waitFor()
  const cookies = await context.cookies()
  assert.ok(!cookies.some((cookie) => cookie.name === '__Host-clew_session'))
}

async function testIt(stage: Stage, { page, keys, clew, locale, faults }: Scene): Promise<void> {
  const { sso: t } = wordsOf(locale)
  stage.step('the owner tests it and sees every check')
  await page.goto(`${clew.url}/app/console/sso`)
  await keys.use(page.getByRole('link', { name: t('console-sso.test_of', { name }) }))
  await page.getByRole('heading', { name: t('console-sso.test_result') }).waitFor()
  await page.getByText(t('console-sso.test_passed', { connection: name, address: owner.email })).waitFor()
  await inspect(page, 'test result', faults)

  stage.step('it is turned on, and the gate shows what is still missing')
  await keys.use(page.getByRole('button', { name: t('console-sso.open_of', { name }) }))
  await keys.use(page.getByRole('button', { name: t('console-sso.turn_on') }))
  await page.getByRole('listitem', { name }).getByText(t('console-sso.state_active'), { exact: true }).waitFor()
  await keys.use(page.getByRole('button', { name: t('console-sso.break_glass_add'), exact: true }))
  await page.getByText(t('console-sso.missing_second_factor'), { exact: false }).first().waitFor()
  assert.ok(await page.getByRole('button', { name: t('console-sso.require_do') }).isDisabled())
  await inspect(page, 'gate', faults)
}

async function comeIn(stage: Stage, { clew, locale, provider, faults }: Scene): Promise<void> {
  const { ssoPage: t } = wordsOf(locale)
  stage.step('by their address somebody finds the provider, and comes in')
  const { context, watch } = await stage.visit({ locale: browserLocale[locale] })
  watch.allow(nobodyYet)
  const page = await context.newPage()
  const keys = keyboardOn(page)
  await keys.open(`${clew.url}/sso`)
  await inspect(page, 'the way by address', faults)
  provider.people.set(owner.email, { email: owner.email, email_verified: true, name: owner.name })
  await keys.write(page.getByLabel(t('sso-page.door_email')), owner.email)
  await keys.use(page.getByRole('button', { name: t('sso-page.door_go') }))
  await page.waitForURL(/\/app\//)
  assert.ok((await context.cookies()).some((cookie) => cookie.name === '__Host-clew_session'))
}

async function findOut(stage: Stage, { page, keys, clew, locale, provider, faults }: Scene): Promise<string> {
  const { sso: t, ssoPage } = wordsOf(locale)
  stage.step('somebody who is no member hears a reference')
  const stranger = `stranger@${domain}`
  provider.people.set(stranger, { email: stranger, email_verified: true, name: 'Stranger' })
  const { context, watch } = await stage.visit({ locale: browserLocale[locale] })
  watch.allow(/status of 403 /)
  const other = await context.newPage()
  await other.goto(`${clew.url}/sso`)
  const theirs = keyboardOn(other)
  await theirs.write(other.getByLabel(ssoPage('sso-page.door_email')), stranger)
  await theirs.use(other.getByRole('button', { name: ssoPage('sso-page.door_go') }))
  await other.getByRole('heading', { name: ssoPage('sso-page.refused_title') }).waitFor()
  const reference = (await other.locator('pre').innerText()).trim()
  assert.match(reference, /^SSO-[0-9A-Z]{4}-[0-9A-Z]{4}$/)
  await inspect(other, 'no accounts found', faults)

  stage.step('the owner finds out by it, and invites them by one press')
  const about = page.getByLabel(t('console-sso.diagnosis_about'))
  await keys.write(about, reference)
  await keys.press('Enter')
  await page.getByText(t('console-sso.found_nobody_here', { address: stranger })).waitFor()
  await inspect(page, 'diagnosis', faults)
  await keys.use(page.getByRole('button', { name: t('console-sso.remedy_invite', { email: stranger }) }))
  await page.getByText(t('console-sso.cause_invitation_open')).waitFor()
  return reference
}

async function readBesideTheCase(stage: Stage, scene: Scene, reference: string): Promise<void> {
  const { page, keys, clew, locale, faults } = scene
  const { sso: t } = wordsOf(locale)
  stage.step('an agent reads beside the case what the reference in it means')
  const { id, number } = await askQuestion({ clew, body: `${reference}: “No accounts found”`, locale })
  await page.goto(`${clew.url}/app/c/${id}`)
  const card = page.getByRole('region', { name: t('console-sso.card') })
  await card.getByText(t('console-sso.cause_invitation_open')).waitFor()
  await card.getByText(t('console-sso.tell_resend_invitation')).waitFor()
  const again = t('console-sso.remedy_resend_invitation')
  await card.getByText(t('console-sso.card_press_own')).waitFor()
  await card.getByRole('button', { name: again }).click()
  await card.getByText(t('console-sso.card_done_by_team', { remedy: again, by: owner.name })).waitFor()
  await inspect(page, 'diagnosis beside a case', faults)

  stage.step('the console knows no case that is not of the organisation')
  await page.goto(`${clew.url}/app/console/sso`)
  const about = page.getByLabel(t('console-sso.diagnosis_about'))
  await keys.write(about, `C-${number}`)
  await keys.press('Enter')
  await page.getByText(t('console-sso.cause_nothing_known')).waitFor()
}
