import assert from 'node:assert/strict'
import type { Locale } from '@clew/i18n'
import type { Page } from 'playwright-core'
import { type Faults, inspect } from '../harness/axe.ts'
import type { Clew } from '../harness/clew.ts'
import type { Journey, Stage } from '../harness/stage.ts'
import { wordsOf } from '../harness/words.ts'
import { sitDown } from '../screens/workspace.ts'

/** An owner connects an identity provider, which brings somebody in, and sees what it did and would do. */
export const provisioning: Journey = { name: 'provisioning', run: (stage) => play(stage, 'en') }
export const provisioningEl: Journey = { name: 'provisioning in Greek', run: (stage) => play(stage, 'el') }

type Scene = { page: Page; clew: Clew; locale: Locale; faults: Faults }

async function play(stage: Stage, locale: Locale): Promise<void> {
  const clew = await stage.startClew()
  const { page } = await sitDown(stage, clew, { locale: locale === 'el' ? 'el-GR' : 'en-GB' })
  const scene: Scene = { page, clew, locale, faults: new Map() }
  const token = await connect(stage, scene)
  await provision(stage, scene, token)
  await lookBack(stage, scene)
  await endToken(stage, scene, token)
  assert.deepEqual(
    [...scene.faults].map(([fault, where]) => `${fault}\n  on ${where.join('; ')}`),
    [],
  )
}

const name = 'Halcyon Entra'

async function connect(stage: Stage, { page, clew, locale, faults }: Scene): Promise<string> {
  const { provisioning: t } = wordsOf(locale)
  stage.step('a connection is added, and its address is there to paste')
  await page.goto(`${clew.url}/app/console/provisioning`)
  await page.getByText(t('console-provisioning.empty')).waitFor()
  await inspect(page, 'no provisioning', faults)
  await page.getByLabel(t('console-provisioning.add_kind')).selectOption('entra')
  await page.getByLabel(t('console-provisioning.add_name')).fill(name)
  await page.getByLabel(t('console-provisioning.add_name')).press('Enter')
  const address = page
    .getByRole('button', { name: t('console-provisioning.copy_url') })
    .locator('span')
    .first()
  assert.match(await address.innerText(), /\/scim\/v2\/[0-9a-f-]{36}\?aadOptscim062020$/)

  stage.step('a token is made, and shown once')
  await page.getByRole('button', { name: t('console-provisioning.make'), exact: true }).press('Enter')
  const made = page
    .getByRole('button', { name: t('console-provisioning.made_copy') })
    .locator('span')
    .first()
  const token = (await made.innerText()).trim()
  assert.match(token, /^clew_scim_[\w-]{43}$/)
  await inspect(page, 'token made', faults)
  await page.getByRole('button', { name: t('console-provisioning.made_done') }).press('Enter')
  assert.equal(await page.getByText(token).count(), 0)
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

async function lookBack(stage: Stage, { page, locale, faults }: Scene): Promise<void> {
  const { provisioning: t } = wordsOf(locale)
  stage.step('the log tells it, with the request that caused it')
  await page.reload()
  const stopped = page.getByText(t('console-provisioning.effect_deactivated', { name: 'Dora Pappa' }))
  await stopped.first().waitFor()
  await page.getByText('Another user has this userName.').first().waitFor()
  await page.getByRole('button', { name: /PATCH/ }).press('Enter')
  await page.getByText(/"Replace"/).waitFor()

  stage.step('tried again without keeping anything, it would change nothing')
  await page.getByRole('button', { name: t('console-provisioning.dry') }).press('Enter')
  await page.getByText(t('console-provisioning.dry_nothing')).waitFor()
  await inspect(page, 'provisioning', faults)
}

async function endToken(stage: Stage, { page, clew, locale, faults }: Scene, token: string): Promise<void> {
  const { provisioning: t } = wordsOf(locale)
  stage.step('a token that is revoked opens nothing')
  const hint = token.slice(-4)
  await page.getByRole('button', { name: t('console-provisioning.revoke_of', { hint }) }).press('Enter')
  await page.getByRole('button', { name: t('console-provisioning.revoke_do') }).press('Enter')
  await page.getByRole('button', { name: t('console-provisioning.tokens_ended', { count: 1 }) }).press('Enter')
  await page.getByText(t('console-provisioning.token_state_revoked'), { exact: true }).waitFor()
  await inspect(page, 'token revoked', faults)
  const listed = (await (await page.request.get(`${clew.url}/api/v1/console/provisioning`)).json()) as {
    connections: { baseUrl: string }[]
  }
  const path = new URL(listed.connections[0]?.baseUrl ?? '').pathname
  const refused = await fetch(`${clew.url}${path}/Users`, { headers: { authorization: `Bearer ${token}` } })
  assert.equal(refused.status, 401)
}
