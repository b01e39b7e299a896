import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import type { Locale } from '@clew/i18n'
import type { Page } from 'playwright-core'
import { assertNone, type Faults, inspect } from '../harness/axe.ts'
import { type Clew, owner } from '../harness/clew.ts'
import { browserLocale } from '../harness/customer.ts'
import { type Keyboard, keyboardOn } from '../harness/keyboard.ts'
import type { Journey, Stage } from '../harness/stage.ts'
import { wordsOf } from '../harness/words.ts'
import { nobodyYet } from '../screens/workspace.ts'

/** An owner adds a passkey and an authenticator app, and comes in by each, by a recovery code and by nothing less. */
export const signIn: Journey = { name: 'sign-in', run: (stage) => play(stage, 'en') }
export const signInEl: Journey = { name: 'sign-in in Greek', run: (stage) => play(stage, 'el') }

type Scene = { stage: Stage; clew: Clew; page: Page; keys: Keyboard; locale: Locale; faults: Faults }

async function play(stage: Stage, locale: Locale): Promise<void> {
  const clew = await stage.startClew()
  const page = await newPage(stage, locale)
  const scene = { stage, clew, page, keys: keyboardOn(page), locale, faults: new Map() as Faults }
  await comesInByPassword(scene)
  await addAuthenticator(page)
  const codes = await addPasskey(scene)
  const secret = await addApp(scene)
  await saysAgainWhoTheyAre(scene)
  await makesKey(scene)
  await comesInByPasskey(scene)
  await comesInByCode(scene, { secret, codes })
  await asksForMail(scene)
  assertNone(scene.faults)
}

async function newPage(stage: Stage, locale: Locale): Promise<Page> {
  const { context, watch } = await stage.visit({
    viewport: { width: 1280, height: 800 },
    locale: browserLocale[locale],
  })
  watch.allow(nobodyYet)
  // Proofs that are wrong, used or too old are what the journey is about.
  watch.allow(/status of (401|403|422) /)
  return context.newPage()
}

/** An authenticator of the browser's own: it has a passkey, and its owner is there. */
async function addAuthenticator(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

async function comesInByPassword({ stage, clew, page, keys, locale, faults }: Scene): Promise<void> {
  const { workspace: w } = wordsOf(locale)
  stage.step('a wrong password is told, the right one lets in')
  await keys.open(`${clew.url}/app`)
  await keys.write(page.getByLabel(w('workspace.email')), owner.email)
  await keys.press('Enter')
  await keys.write(page.getByLabel(w('workspace.password'), { exact: true }), 'not this one')
  await keys.press('Enter')
  await page.getByRole('alert').waitFor()
  await inspect(page, 'a wrong password', faults)
  await keys.write(page.getByLabel(w('workspace.password'), { exact: true }), owner.password)
  await keys.press('Enter')
  await isIn({ page, locale })
}

async function addPasskey({ stage, clew, page, keys, locale, faults }: Scene): Promise<string[]> {
  const { signIn: t } = wordsOf(locale)
  stage.step('a passkey is added, and recovery codes are shown once')
  await page.goto(`${clew.url}/app/console/own-sign-in`)
  await page.getByText(t('console-sign-in.effect_weak')).waitFor()
  await keys.write(page.getByLabel(t('console-sign-in.passkey_name')), 'Laptop')
  await keys.use(page.getByRole('button', { name: t('console-sign-in.passkey_add') }))
  await page.getByText(t('console-sign-in.recovery_shown')).waitFor()
  await inspect(page, 'recovery codes', faults)
  const shown = page.getByRole('region', { name: t('console-sign-in.recovery') }).locator('li')
  const codes = await shown.allInnerTexts()
  assert.equal(codes.length, 10)
  await keys.use(page.getByRole('button', { name: t('console-sign-in.recovery_kept') }))
  await page.getByText('Laptop').waitFor()
  return codes
}

/** What an authenticator app shows now. RFC 6238, with the key in base 32. */
function codeOf(secret: string, later = 0): string {
  const bits = [...secret]
    .map((sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later))
  const hash = createHmac('sha1', key).update(step).digest()
  const at = (hash.at(-1) ?? 0) & 0x0f
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

async function addApp({ stage, page, keys, locale, faults }: Scene): Promise<string> {
  const { signIn: t } = wordsOf(locale)
  stage.step('an authenticator app is added by its key; a wrong code is told')
  await keys.use(page.getByRole('button', { name: t('console-sign-in.app_set_up') }))
  const secret = await page
    .getByRole('button', { name: t('console-sign-in.app_key') })
    .locator('span')
    .first()
    .innerText()
  await page.getByRole('img', { name: t('console-sign-in.app_qr') }).waitFor()
  await keys.write(page.getByLabel(t('console-sign-in.app_code')), '000000')
  await keys.press('Enter')
  await page.getByRole('alert').waitFor()
  await inspect(page, 'your sign-in', faults)
  await keys.write(page.getByLabel(t('console-sign-in.app_code')), codeOf(secret.trim()))
  await keys.press('Enter')
  await page.getByRole('button', { name: t('console-sign-in.app_replace') }).waitFor()
  return secret.trim()
}

async function saysAgainWhoTheyAre({ stage, page, keys, locale, faults }: Scene): Promise<void> {
  const { signIn: t } = wordsOf(locale)
  stage.step('what is dangerous asks once more who it is, and then goes on by itself')
  await page.route('**/own-sign-in/recovery-codes', (route) => route.fulfill({ status: 403, json: notFresh }), {
    times: 1,
  })
  await keys.use(page.getByRole('button', { name: t('console-sign-in.recovery_new') }))
  await keys.use(page.getByRole('button', { name: t('console-sign-in.recovery_new') }))
  const dialog = page.getByRole('dialog', { name: t('console-sign-in.proof_title') })
  await keys.use(dialog.getByRole('button', { name: t('console-sign-in.use_password') }))
  await keys.write(dialog.getByLabel(t('console-sign-in.password')), 'not this one')
  await keys.press('Enter')
  await dialog.getByRole('alert').waitFor()
  await inspect(page, 'saying again who it is', faults)
  await keys.write(dialog.getByLabel(t('console-sign-in.password')), owner.password)
  await keys.press('Enter')
  await page.getByRole('button', { name: t('console-sign-in.recovery_kept') }).waitFor()
}

const notFresh = {
  type: 'about:blank',
  title: 'session.not_fresh',
  status: 403,
  code: 'session.not_fresh',
  requestId: 'x',
}

async function makesKey({ stage, clew, page, keys, locale, faults }: Scene): Promise<void> {
  const { signIn: t } = wordsOf(locale)
  stage.step('an API key is made, used and revoked')
  await page.goto(`${clew.url}/app/console/api-keys`)
  await keys.write(page.getByLabel(t('console-sign-in.keys_name')), 'Export')
  await keys.use(page.getByRole('checkbox', { name: t('console-sign-in.scope_api_keys_read') }), 'Space')
  await keys.use(page.getByRole('button', { name: t('console-sign-in.keys_create') }))
  const key = await page
    .getByRole('button', { name: t('console-sign-in.keys_secret_copy') })
    .locator('span')
    .first()
    .innerText()
  const use = () => fetch(`${clew.url}/api/v1/console/api-keys`, { headers: { authorization: `Bearer ${key.trim()}` } })
  assert.equal((await use()).status, 200)
  await inspect(page, 'API keys', faults)
  await keys.use(page.getByRole('button', { name: t('console-sign-in.keys_revoke') }))
  await keys.use(page.getByRole('button', { name: t('console-sign-in.keys_revoke') }))
  await page.getByText(t('console-sign-in.keys_effect', { count: 0 })).waitFor()
  assert.equal((await use()).status, 401)
}

async function signOut({ page, keys, locale }: Scene): Promise<void> {
  const { workspace: w } = wordsOf(locale)
  await keys.use(page.getByRole('button', { name: w('workspace.your_menu', { name: owner.name }) }))
  await keys.pick(page.getByRole('menuitem', { name: w('workspace.sign_out') }))
  await page.getByLabel(w('workspace.email')).waitFor()
}

const isIn = ({ page, locale }: Pick<Scene, 'page' | 'locale'>): Promise<void> =>
  page
    .getByRole('heading', { name: wordsOf(locale).workspace('workspace.inbox') })
    .first()
    .waitFor()

async function comesInByPasskey(scene: Scene): Promise<void> {
  const { stage, page, keys, locale, faults } = scene
  const { signIn: t } = wordsOf(locale)
  stage.step('a passkey signs in without a name')
  await signOut(scene)
  await inspect(page, 'who it is', faults)
  await keys.use(page.getByRole('button', { name: t('console-sign-in.passkey_button') }))
  await isIn(scene)
}

async function comesInByCode(scene: Scene, { secret, codes }: { secret: string; codes: string[] }): Promise<void> {
  const { stage, clew, locale, faults } = scene
  const { workspace: w, signIn: t } = wordsOf(locale)
  stage.step('in another browser the password is not enough: a code is asked for')
  const page = await newPage(stage, locale)
  const keys = keyboardOn(page)
  await keys.open(`${clew.url}/app`)
  await keys.write(page.getByLabel(w('workspace.email')), owner.email)
  await keys.press('Enter')
  await keys.write(page.getByLabel(w('workspace.password'), { exact: true }), owner.password)
  await inspect(page, 'the password', faults)
  await keys.press('Enter')
  await page.getByRole('heading', { name: t('console-sign-in.factor_title') }).waitFor()
  await keys.use(page.getByRole('button', { name: t('console-sign-in.use_recovery_code') }))
  stage.step('a recovery code that was replaced does not help')
  await keys.write(page.getByLabel(t('console-sign-in.recovery_code')), codes[0] ?? '')
  await keys.press('Enter')
  await page.getByRole('alert').waitFor()
  await keys.use(page.getByRole('button', { name: t('console-sign-in.use_code') }))
  await inspect(page, 'the code', faults)
  // The code of the half minute in which the app was set up is used up; that of the next one is good already.
  await keys.write(page.getByLabel(t('console-sign-in.code')), codeOf(secret, 1))
  await keys.press('Enter')
  await isIn({ page, locale })
}

async function asksForMail(scene: Scene): Promise<void> {
  const { stage, page, keys, locale, faults } = scene
  const { workspace: w, signIn: t } = wordsOf(locale)
  stage.step('a link is asked for, for an address that nobody has: it says the same')
  await signOut(scene)
  await keys.write(page.getByLabel(w('workspace.email')), 'nobody@northlight.example')
  await keys.press('Enter')
  await keys.use(page.getByRole('button', { name: t('console-sign-in.link_button') }))
  await page.getByRole('heading', { name: t('console-sign-in.sent_title') }).waitFor()
  await inspect(page, 'mail sent', faults)
}
