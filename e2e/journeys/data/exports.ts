import assert from 'node:assert/strict'
import type { Locator } from 'playwright-core'
import { inspect } from '../../harness/axe.ts'
import { keyboardOn } from '../../harness/keyboard.ts'
import { openArchive } from './archive.ts'
import { type DataScene, download, openPage, part } from './scene.ts'

const reasons = { en: 'Yearly review', el: 'Ετήσιος έλεγχος' } as const

/** Masks are set, an export is asked for, let out by a second person, and fetched once by its link. */
export async function exportData(scene: DataScene): Promise<void> {
  await setMasks(scene)
  await ask(scene)
  await approve(scene)
  const { file, password, url } = await fetchIt(scene)
  await lookInside(scene, { file, password })
  const again = await scene.customer.context.request.get(url)
  assert.equal(again.status(), 404, 'the link opened twice')
}

async function setMasks(scene: DataScene): Promise<void> {
  const { stage, page, keys, locale, words, faults } = scene
  const { exports: t } = words
  stage.step('addresses leave shortened, with what that does in sight')
  await openPage(scene, 'exports')
  await page.getByText(t('console-exports.none')).waitFor()
  await inspect(page, `no exports, ${locale}`, faults)
  const rules = part(page, t('console-exports.rules'))
  await keys.use(rules.getByRole('button', { name: t('console-exports.change') }))
  await keys.choose(rules.getByLabel(t('console-exports.mask_email')), t('console-exports.mode_shortened'))
  const shortened = t('console-exports.fieldmode_shortened', { field: t('console-exports.field_email') })
  await rules.getByText(t('console-exports.effect_masks', { fields: shortened })).waitFor()
  await inspect(page, `rules of exports, ${locale}`, faults)
  await keys.use(rules.getByRole('button', { name: t('console-exports.save') }))
  await rules.getByText(t('console-exports.rules_version', { version: 1 })).waitFor()
}

async function ask(scene: DataScene): Promise<void> {
  const { stage, page, keys, locale, words, faults, secondName } = scene
  const { exports: t } = words
  stage.step('what an export would hold is seen before it is asked for')
  const form = part(page, t('console-exports.ask'))
  for (const what of ['members', 'cases'] as const)
    await keys.use(form.getByRole('checkbox', { name: t(`console-exports.part_${what}`) }), 'Space')
  const preview = part(page, t('console-exports.preview'))
  await preview.getByText('messages', { exact: false }).waitFor()
  await preview.getByText(t('console-exports.approval_needed', { names: secondName })).waitFor()
  await keys.write(form.getByLabel(t('console-exports.reason')), reasons[locale])
  await inspect(page, `an export, previewed, ${locale}`, faults)
  await keys.use(form.getByRole('button', { name: t('console-exports.send') }))
  const list = part(page, t('console-exports.list'))
  await list.getByText(t('console-exports.state_waiting'), { exact: true }).waitFor()
  assert.equal(await list.getByRole('button', { name: t('console-exports.approve') }).count(), 0)
}

async function approve(scene: DataScene): Promise<void> {
  const { stage, second, locale, words, faults } = scene
  const { exports: t } = words
  stage.step('a second person reads why, and lets it out')
  const page = await second.context.newPage()
  const keys = keyboardOn(page)
  await openPage({ ...scene, page, keys }, 'exports')
  const waiting = part(page, t('console-exports.waiting'))
  await waiting.getByText(reasons[locale]).waitFor()
  assert.ok(await waiting.getByRole('button', { name: t('console-exports.deny') }).isDisabled())
  await keys.write(waiting.getByLabel(t('console-exports.note')), 'OK')
  await inspect(page, `an export to decide, ${locale}`, faults)
  await keys.use(waiting.getByRole('button', { name: t('console-exports.approve') }))
  await waiting.waitFor({ state: 'detached' })
  await page.close()
}

type Fetched = { file: string; password: string; url: string }

async function fetchIt(scene: DataScene): Promise<Fetched> {
  const { stage, page, keys, locale, words, faults } = scene
  const { exports: t } = words
  stage.step('whoever asked fetches it: the password is shown once, and the link opens once')
  await openPage(scene, 'exports')
  const list = part(page, t('console-exports.list'))
  await keys.use(list.getByRole('button', { name: new RegExp(`^${t('console-exports.fetch')}:`) }))
  const password = await shownIn(list.getByRole('button', { name: t('console-exports.password') }))
  await inspect(page, `an export, to be fetched, ${locale}`, faults)
  const link = list.getByRole('link', { name: t('console-exports.download') })
  const url = new URL((await link.getAttribute('href')) ?? '', page.url()).href
  const file = await download(scene, link)
  await link.waitFor({ state: 'detached' })
  return { file, password, url }
}

const shownIn = async (button: Locator): Promise<string> => (await button.locator('span').first().innerText()).trim()

async function lookInside(scene: DataScene, { file, password }: Omit<Fetched, 'url'>): Promise<void> {
  const { stage, customer, contact, locale } = scene
  stage.step('the archive opens with the password, says for whom it is, and is masked')
  const { files, comment } = await openArchive(file, password)
  assert.match(comment, new RegExp(`^Clew export \\S+, for ${customer.owner.name} <${customer.owner.email}>`))
  const manifest = JSON.parse(files.get('manifest.json') ?? '{}')
  assert.equal(manifest.reason, reasons[locale])
  assert.equal(manifest.masks.email, 'shortened')
  assert.equal(manifest.requested_by.email, customer.owner.email)
  const messages = files.get('messages.jsonl') ?? ''
  assert.ok(messages.includes('413'), 'what was asked is not in it')
  assert.ok(JSON.parse(messages.split('\n')[0] ?? '').watermark.export_id, 'it has no watermark')
  for (const [name, text] of files)
    if (name !== 'manifest.json' && name.endsWith('.csv'))
      assert.ok(!text.includes(contact.email), `${name}: an address`)
  await assert.rejects(openArchive(file, `${password}x`))
}
