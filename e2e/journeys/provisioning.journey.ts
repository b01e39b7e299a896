import assert from 'node:assert/strict'
import type { Locale } from '@clew/i18n'
import type { Page } from 'playwright-core'
import { assertNone, type Faults, inspect } from '../harness/axe.ts'
import type { Clew } from '../harness/clew.ts'
import { browserLocale } from '../harness/customer.ts'
import { type Keyboard, keyboardOn } from '../harness/keyboard.ts'
import type { Journey, Stage } from '../harness/stage.ts'
import { wordsOf } from '../harness/words.ts'
import { sitDown } from '../screens/workspace.ts'

/**
 * With the keyboard alone an owner connects an identity provider, which brings somebody in, sees what it did and would
 * do, and takes the connection away again.
 */
export const provisioning: Journey = { name: 'provisioning', run: (stage) => play(stage, 'en') }
export const provisioningEl: Journey = { name: 'provisioning in Greek', run: (stage) => play(stage, 'el') }

type Scene = { page: Page; keys: Keyboard; clew: Clew; locale: Locale; faults: Faults }

async function play(stage: Stage, locale: Locale): Promise<void> {
  const clew = await stage.startClew()
  const { page } = await sitDown(stage, clew, { locale: browserLocale[locale] })
  const scene: Scene = { page, keys: keyboardOn(page), clew, locale, faults: new Map() }
  const token = await connect(stage, scene)
  await provision(stage, scene, token)
  await lookBack(stage, scene)
  await endToken(stage, scene, token)
  await removeIt(stage, scene)
  assertNone(scene.faults)
}

const name = 'Halcyon Entra'
const renamed = 'Entra of Halcyon'

async function connect(stage: Stage, { page, keys, clew, locale, faults }: Scene): Promise<string> {
  const { provisioning: t } = wordsOf(locale)
  stage.step('a connection is added, and its address is there to paste')
  await keys.open(`${clew.url}/app/console/provisioning`)
  await page.getByText(t('console-provisioning.empty')).waitFor()
  await inspect(page, 'no provisioning', faults)
  await keys.skip()
  await keys.choose(page.getByLabel(t('console-provisioning.add_kind')), t('console-provisioning.kind_entra'))
  await keys.write(page.getByLabel(t('console-provisioning.add_name')), name)
  await keys.press('Enter')
  const address = page
    .getByRole('button', { name: t('console-provisioning.copy_url') })
    .locator('span')
    .first()
  assert.match(await address.innerText(), /\/scim\/v2\/[0-9a-f-]{36}\?aadOptscim062020$/)

  stage.step('a token is made, and shown once')
  await keys.use(page.getByRole('button', { name: t('console-provisioning.make'), exact: true }))
  const made = page
    .getByRole('button', { name: t('console-provisioning.made_copy') })
    .locator('span')
    .first()
  const token = (await made.innerText()).trim()
  assert.match(token, /^clew_scim_[\w-]{43}$/)
  await inspect(page, 'token made', faults)
  await keys.use(page.getByRole('button', { name: t('console-provisioning.made_done') }))
  await page.getByText(token).waitFor({ state: 'detached' })
  return token
}

async function provision(stage: Stage, { page, clew, locale }: Scene, token: string): Promise<void> {
  const { provisioning: t } = wordsOf(locale)
  stage.step('the identity provider brings somebody in, and is refused once')
  const url = await page
    .getByRole('button', { name: t('console-provisioning.copy_url') })
    .locator('span')
    .first()
    .innerText()
  const base = `${clew.url}${new URL(url).pathname}`
  const send = (path: string, method: string, body: object) =>
    fetch(`${base}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
      body: JSON.stringify(body),
    })
  const user = {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: 'd.pappa@halcyon.example',
    displayName: 'Dora Pappa',
    title: 'Fleet engineer',
  }
  const created = await send('/Users', 'POST', user)
  assert.equal(created.status, 201)
  const { id } = (await created.json()) as { id: string }
  const operations = [{ op: 'Replace', path: 'active', value: 'False' }]
  const patched = await send(`/Users/${id}`, 'PATCH', {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: operations,
  })
  assert.equal(patched.status, 200)
  assert.equal((await send('/Users', 'POST', user)).status, 409)
}

async function lookBack(stage: Stage, { page, keys, locale, faults }: Scene): Promise<void> {
  const { provisioning: t } = wordsOf(locale)
  stage.step('the log tells it, with the request that caused it')
  await keys.open(page.url())
  const stopped = page.getByText(t('console-provisioning.effect_deactivated', { name: 'Dora Pappa' }))
  await stopped.first().waitFor()
  await page.getByText('Another user has this userName.').first().waitFor()
  await keys.use(page.getByRole('button', { name: /PATCH/ }))
  await page.getByText(/"Replace"/).waitFor()

  stage.step('tried again without keeping anything, it would change nothing')
  await keys.use(page.getByRole('button', { name: t('console-provisioning.dry') }))
  await page.getByText(t('console-provisioning.dry_nothing')).waitFor()
  await inspect(page, 'provisioning', faults)
}

async function endToken(stage: Stage, { page, keys, clew, locale, faults }: Scene, token: string): Promise<void> {
  const { provisioning: t } = wordsOf(locale)
  stage.step('a token that is revoked opens nothing')
  const hint = token.slice(-4)
  await keys.use(page.getByRole('button', { name: t('console-provisioning.revoke_of', { hint }) }))
  await keys.use(page.getByRole('button', { name: t('console-provisioning.revoke_do') }))
  await keys.use(page.getByRole('button', { name: t('console-provisioning.tokens_ended', { count: 1 }) }))
  await page.getByText(t('console-provisioning.token_state_revoked'), { exact: true }).waitFor()
  await inspect(page, 'token revoked', faults)
  const listed = (await (await page.request.get(`${clew.url}/api/v1/console/provisioning`)).json()) as {
    connections: { baseUrl: string }[]
  }
  const path = new URL(listed.connections[0]?.baseUrl ?? '').pathname
  const refused = await fetch(`${clew.url}${path}/Users`, { headers: { authorization: `Bearer ${token}` } })
  assert.equal(refused.status, 401)
}

async function removeIt(stage: Stage, { page, keys, locale, faults }: Scene): Promise<void> {
  const { provisioning: t } = wordsOf(locale)
  stage.step('a connection gets another name')
  await keys.use(page.getByRole('button', { name: t('console-provisioning.rename_of', { name }) }))
  await keys.write(page.getByRole('listitem').getByLabel(t('console-provisioning.add_name')), renamed)
  await keys.press('Enter')
  await page.getByText(t('console-provisioning.renamed', { name: renamed })).waitFor()

  stage.step('before it is removed, what that means is said')
  await keys.use(page.getByRole('button', { name: t('console-provisioning.remove'), exact: true }))
  await page.getByText(t('console-provisioning.remove_what', { count: 1, groups: 0 })).waitFor()
  await inspect(page, 'connection about to be removed', faults)
  await keys.use(page.getByRole('button', { name: t('console-provisioning.remove_do', { name: renamed }) }))
  await page.getByText(t('console-provisioning.empty')).waitFor()
}
