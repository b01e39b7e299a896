import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { inspect } from '../../harness/axe.ts'
import { fromLetter } from '../../harness/mail.ts'
import { type DataScene, download, openPage, part } from './scene.ts'

const meter = 'tokens.input'
const meterNames = { en: 'Tokens read', el: 'Λεκτικές μονάδες' } as const
const dayMs = 86_400_000

/** What the product reports shows as bars and as a table, is split by who used it, taken home, and told of by letter. */
export async function countUsage(scene: DataScene): Promise<void> {
  const { stage, page, locale, words, faults } = scene
  const { usage: t } = words
  stage.step('nothing is counted yet, and the page says what will be')
  await openPage(scene, 'usage')
  await page.getByText(t('usage.none_hint')).waitFor()
  await inspect(page, `no usage, ${locale}`, faults)
  await report(scene, [
    { quantity: 1200, ago: 0, feature: 'chat' },
    { quantity: 3400, ago: 1, feature: 'search' },
    { quantity: 90, ago: 200, feature: 'chat' },
  ])
  await readMeter(scene)
  await takeTable(scene)
  await hearOfMuch(scene)
}

type Used = { quantity: number; ago: number; feature: string }

async function report({ clew, customer, reportingKey }: DataScene, used: readonly Used[]): Promise<void> {
  const reports = used.map(({ quantity, ago, feature }) => ({
    id: randomUUID(),
    at: new Date(Date.now() - ago * dayMs).toISOString(),
    organisation: customer.slug,
    member: customer.owner.email,
    meter,
    quantity,
    feature,
    model: 'small',
  }))
  const answer = await fetch(`${clew.url}/api/v1/usage`, {
    method: 'POST',
    headers: { authorization: `Bearer ${reportingKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ reports }),
  })
  assert.deepEqual(await answer.json(), { counted: reports.length, repeated: 0, refused: [] })
}

async function readMeter(scene: DataScene): Promise<void> {
  const { stage, page, keys, locale, words, customer, faults } = scene
  const { usage: t } = words
  stage.step('what was reported is a row of bars, which is a table for who wants one')
  await openPage(scene, 'usage')
  const row = part(page, meter)
  await row.getByRole('img').waitFor()
  await keys.use(row.getByRole('button', { name: t('usage.as_table') }))
  await row.getByRole('cell', { name: t.format.number(3400), exact: true }).waitFor()
  await keys.use(row.getByRole('button', { name: t('usage.as_picture') }))

  stage.step('the meter gets a name that people know')
  await keys.use(row.getByText(t('usage.name_it')))
  await keys.write(row.getByLabel(t('usage.name'), { exact: true }), meterNames[locale])
  await keys.press('Enter')
  await part(page, meterNames[locale]).waitFor()

  stage.step('and is split by who used it, and for what')
  const who = part(page, t('usage.who'))
  await who.getByRole('row').filter({ hasText: customer.owner.name }).waitFor()
  await keys.choose(who.getByRole('combobox', { name: t('usage.split') }), t('usage.by_feature'))
  await who.getByRole('rowheader', { name: 'search' }).waitFor()
  await inspect(page, `usage, ${locale}`, faults)
}

async function takeTable(scene: DataScene): Promise<void> {
  const { stage, page, keys, words } = scene
  const { usage: t } = words
  stage.step('of a longer time, all of it is taken home as a table')
  await keys.choose(page.getByRole('combobox', { name: t('usage.period') }), t('usage.last_days', { count: 365 }))
  const file = await download(scene, page.getByRole('link', { name: t('usage.export'), exact: true }))
  const table = await readFile(file, 'utf8')
  for (const quantity of ['1200', '3400', '90']) assert.match(table, new RegExp(`${meter}.*\\b${quantity}\\b`))
}

async function hearOfMuch(scene: DataScene): Promise<void> {
  const { stage, clew, page, keys, locale, words, customer, faults } = scene
  const { usage: t } = words
  stage.step('a letter comes when a day goes above what was said')
  const letters = part(page, t('usage.thresholds'))
  await letters.getByText(t('usage.no_thresholds')).waitFor()
  await keys.choose(letters.getByRole('combobox', { name: t('usage.meter') }), meterNames[locale])
  await keys.write(letters.getByLabel(t('usage.quantity')), '2000')
  await keys.press('Enter')
  const line = letters.getByRole('listitem').filter({ hasText: meterNames[locale] })
  await line.waitFor()
  await report(scene, [{ quantity: 1500, ago: 0, feature: 'chat' }])
  await fromLetter(clew, customer.owner.email, new RegExp(`${meterNames[locale]}.*\\n`))
  await openPage(scene, 'usage')
  await line.filter({ hasText: t.format.number(2700) }).waitFor()
  await inspect(page, `usage above a figure, ${locale}`, faults)

  stage.step('and no more when it is taken away')
  await keys.use(line.getByRole('button', { name: t('usage.remove') }))
  await letters.getByText(t('usage.no_thresholds')).waitFor()
}
