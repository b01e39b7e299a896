import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { type Faults, inspect } from '../harness/axe.ts'
import type { Clew } from '../harness/clew.ts'
import { startHostProduct } from '../harness/host-product.ts'
import type { Journey, Stage } from '../harness/stage.ts'
import { eventually } from '../harness/wait.ts'
import { wordsOf } from '../harness/words.ts'
import { bubbleOn } from '../screens/bubble.ts'
import { sitDown } from '../screens/workspace.ts'

const { settings: t } = wordsOf('en')
const groups = ['brand', 'hours', 'languages', 'bubble', 'model'] as const

/** What the owner decides shows at once: name, hours, colours; and a site that is not listed gets no bubble. */
export const settings: Journey = {
  name: 'settings',
  async run(stage) {
    const clew = await stage.startClew()
    const { page } = await sitDown(stage, clew)
    const visitor = (await stage.visit()).context
    await brand(stage, { clew, page, reader: await visitor.newPage() })
    await hours(stage, { clew, page, reader: await visitor.newPage() })
    await origins(stage, clew, page)
  },
}

/** No violation on any of these screens, at 320 and 1280 px, light and dark. */
export const settingsA11y: Journey = {
  name: 'settings-a11y',
  async run(stage) {
    const clew = await stage.startClew()
    const { page } = await sitDown(stage, clew)
    await noFaults(stage, clew, page)
  },
}

type Scene = { clew: Clew; page: Page; reader: Page }

const open = async (page: Page, clew: Clew, group: (typeof groups)[number]) => {
  await page.goto(`${clew.url}/app/settings/${group}`)
  await page.getByRole('heading', { level: 1, name: t(`settings.${group}`) }).waitFor()
}

const save = async (page: Page) => {
  await page.getByRole('button', { name: t('settings.save'), exact: true }).click()
  await page.getByText(t('settings.saved'), { exact: true }).last().waitFor()
}

async function brand(stage: Stage, { clew, page, reader }: Scene): Promise<void> {
  stage.step('a new name is the title of the help centre')
  await open(page, clew, 'brand')
  const name = page.getByLabel(t('settings.field_name'), { exact: true })
  await name.fill('Kyma')
  stage.step('leaving without saving is asked about')
  await page.getByRole('link', { name: t('settings.hours') }).click()
  await page.getByRole('button', { name: t('settings.leave_stay') }).click()
  assert.equal(await name.inputValue(), 'Kyma')
  await page.getByLabel(t('settings.field_accent'), { exact: true }).fill('#ffd500')
  await page.getByText(t('settings.accent_moved_light')).waitFor()
  await save(page)
  await reader.goto(`${clew.url}/en`)
  assert.match(await reader.title(), / · Kyma$/)
  const colour = () => reader.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--pine'))
  assert.notEqual((await colour()).trim(), '#0f5c4d')

  stage.step('it is taken back, and stands in the record')
  await page.getByRole('button', { name: t('settings.undo') }).click()
  await page.getByText(t('settings.undone')).waitFor()
  await reader.reload()
  assert.doesNotMatch(await reader.title(), /Kyma/)
  await page
    .getByRole('complementary', { name: t('settings.trail') })
    .getByText(/→ Kyma/)
    .waitFor()
}

async function hours(stage: Stage, { clew, page, reader }: Scene): Promise<void> {
  stage.step('hours are what the bubble says')
  await open(page, clew, 'hours')
  await page.getByRole('button', { name: t('settings.hours_start') }).click()
  await page.getByRole('button', { name: t('settings.holidays_greek') }).click()
  await page.getByText('Orthodox Easter Monday').waitFor()
  await save(page)
  await reader.goto(`${clew.url}/en`)
  await bubbleOn(reader, 'en').open()
  await reader.getByText(/People (answer until|are back) .*\(your time\)/).waitFor()
}

async function origins(stage: Stage, clew: Clew, page: Page): Promise<void> {
  stage.step('a site that is not listed is refused, and says so')
  const host = await startHostProduct({ clewUrl: clew.url })
  stage.onEnd(() => host.close())
  await open(page, clew, 'bubble')
  const allow = async (origin: string) => {
    await page.getByLabel(t('settings.field_origins')).fill(origin)
    await save(page)
  }
  await allow('https://app.kyma.example')
  const { context, watch } = await stage.visit()
  watch.allow(/status of 403 /)
  const guest = await context.newPage()
  await guest.goto(host.url)
  await bubbleOn(guest, 'en').open()
  await guest.getByText(`Help is not switched on for ${host.url}.`).waitFor()

  stage.step('listed, it works')
  await allow(host.url)
  await guest.reload()
  await bubbleOn(guest, 'en').open()
  await guest.getByText(/People (answer until|are back)/).waitFor()

  stage.step('pinned by its hash the line is accepted by a browser')
  await page.getByLabel(t('settings.bubble_integrity')).check()
  const line = await page
    .getByRole('region', { name: t('settings.bubble_line') })
    .locator('code')
    .innerText()
  const integrity = /integrity="([^"]+)"/.exec(line)?.[1] ?? ''
  assert.match(integrity, /^sha384-/)
  const runs = await guest.evaluate(
    ([src, hash]) =>
      fetch(src as string, { integrity: hash as string, mode: 'cors' }).then(
        () => true,
        () => false,
      ),
    [`${clew.url}/clew.js`, integrity],
  )
  await eventually('the hash is that of what is served', () => runs, 1000)
}

async function noFaults(stage: Stage, clew: Clew, page: Page): Promise<void> {
  const faults: Faults = new Map()
  for (const group of groups) {
    stage.step(`no fault on ${group}`)
    await open(page, clew, group)
    if (group === 'model') await page.getByRole('combobox', { name: t('settings.field_kind') }).selectOption('openai')
    await inspect(page, group, faults)
    const discard = page.getByRole('button', { name: t('settings.discard') })
    if (await discard.isVisible()) await discard.click()
  }
  const told = [...faults].map(([fault, where]) => `${fault}\n  on ${where.join('; ')}`)
  assert.deepEqual(told, [])
}
