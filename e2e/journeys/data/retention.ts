import assert from 'node:assert/strict'
import { createPublicKey, verify } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { inspect } from '../../harness/axe.ts'
import { type DataScene, download, openPage, part } from './scene.ts'

const said = {
  en: { hold: 'Aegis Star, cargo claim', why: 'A claim is before the court.', over: 'The claim is settled.' },
  el: { hold: 'Αιγίς, απαίτηση φορτίου', why: 'Η απαίτηση εκκρεμεί.', over: 'Η απαίτηση διακανονίστηκε.' },
} as const

/** A time is shortened with its effect in sight, a hold wins over that, and a person is erased with a certificate. */
export async function keepData(scene: DataScene): Promise<void> {
  await shorten(scene)
  await tryOut(scene)
  await hold(scene)
  await release(scene)
  await erase(scene)
}

async function shorten(scene: DataScene): Promise<void> {
  const { stage, page, keys, locale, words, faults } = scene
  const { retention: t } = words
  stage.step('a shorter time shows what goes, and is done by typing it')
  await openPage(scene, 'retention')
  await page.getByText(t('console-retention.lead_calm')).waitFor()
  await inspect(page, `retention, ${locale}`, faults)
  const kind = t('console-retention.kind_usage')
  const days = t('console-retention.for_days', { count: 60 })
  await keys.choose(page.getByLabel(t('console-retention.keep_label', { kind })), days)
  await page.getByText(t('console-retention.goes_line', { count: 2, kind })).waitFor()
  const says = t('console-retention.confirm_delete', { count: 2 })
  const confirm = page.getByLabel(t('console-retention.type_this', { confirm: says }))
  const save = page.getByRole('button', { name: t('console-retention.save', { to: days }) })
  await keys.write(confirm, says.slice(0, -2))
  assert.ok(await save.isDisabled())
  await inspect(page, `a shorter time, previewed, ${locale}`, faults)
  await keys.write(confirm, says)
  await keys.press('Enter')
  await page.getByText(t('console-retention.lead_pending')).waitFor()
  await inspect(page, `a shorter time, waiting, ${locale}`, faults)
  await keys.use(page.getByRole('button', { name: t('console-retention.take_back') }))
  await page.getByText(t('console-retention.lead_calm')).waitFor()
}

async function tryOut({ stage, page, keys, words }: DataScene): Promise<void> {
  const { retention: t } = words
  stage.step('a run is tried out')
  await keys.use(page.getByRole('button', { name: t('console-retention.dry_run') }))
  await page.getByText(t('console-retention.dry_nothing')).waitFor()
}

async function hold(scene: DataScene): Promise<void> {
  const { stage, page, keys, locale, words, faults } = scene
  const { retention: t } = words
  stage.step('a hold is placed, and wins over the shorter time')
  await keys.use(page.getByRole('button', { name: t('console-retention.place') }))
  await keys.write(page.getByLabel(t('console-retention.form_name'), { exact: true }), said[locale].hold)
  await keys.write(page.getByLabel(t('console-retention.form_reason'), { exact: true }), said[locale].why)
  await keys.use(page.getByRole('checkbox', { name: t('console-retention.form_everything') }), 'Space')
  await inspect(page, `a hold, being placed, ${locale}`, faults)
  await keys.use(page.getByRole('button', { name: t('console-retention.place') }))
  await page.getByText(said[locale].hold).first().waitFor()
  const kind = t('console-retention.kind_usage')
  await keys.choose(
    page.getByLabel(t('console-retention.keep_label', { kind })),
    t('console-retention.for_days', { count: 60 }),
  )
  await page.getByText(t('console-retention.stays_under', { count: 2, name: said[locale].hold })).waitFor()
  await keys.use(page.getByRole('button', { name: t('console-retention.leave') }))
}

async function release(scene: DataScene): Promise<void> {
  const { stage, page, keys, locale, words, faults, contact } = scene
  const { retention: t } = words
  stage.step('what is held stays of a person who is looked for, until the hold is released')
  await keys.write(page.getByLabel(t('console-retention.erase_address')), contact.email)
  await keys.press('Enter')
  await page.getByText(t('console-retention.erase_kept', { count: 1 })).waitFor()
  await inspect(page, `a person under a hold, ${locale}`, faults)
  await keys.use(
    page.getByRole('button', { name: `${t('console-retention.hold_open')} ${said[locale].hold}`, exact: true }),
  )
  await keys.write(page.getByLabel(t('console-retention.release_reason')), said[locale].over)
  await inspect(page, `a hold, open, ${locale}`, faults)
  await keys.press('Enter')
  await page.getByText(t('console-retention.released'), { exact: true }).waitFor()
}

async function erase(scene: DataScene): Promise<void> {
  const { stage, page, keys, words, contact } = scene
  const { retention: t } = words
  stage.step('the person is erased, and the certificate says so')
  await keys.write(page.getByLabel(t('console-retention.erase_address')), contact.email)
  await keys.press('Enter')
  const says = t('console-retention.confirm_erase', { address: contact.email })
  await keys.write(page.getByLabel(t('console-retention.type_this', { confirm: says })), says)
  await keys.press('Enter')
  const erasure = part(page, t('console-retention.erasure'))
  await erasure.getByText(t('console-retention.erased')).waitFor()
  const file = await download(scene, erasure.getByRole('button', { name: t('console-retention.certificate') }))
  const { statement, signature, publicKey } = JSON.parse(await readFile(file, 'utf8'))
  assert.ok(verify(null, Buffer.from(statement), createPublicKey(publicKey), Buffer.from(signature, 'base64url')))
  assert.ok(!statement.includes(contact.email), 'the certificate names whom it says was erased')
}
