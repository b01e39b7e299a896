import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { type Faults, inspect } from '../harness/axe.ts'
import type { Clew } from '../harness/clew.ts'
import type { Journey, Stage } from '../harness/stage.ts'
import { eventually } from '../harness/wait.ts'
import { wordsOf } from '../harness/words.ts'
import { bubbleOn } from '../screens/bubble.ts'
import { sitDown } from '../screens/workspace.ts'

const { flows: t } = wordsOf('en')
const newTitle = 'How many megabytes has your file?'

/** An owner changes a flow, tries it and publishes it; the bubble says the new text, and the old one after a restore. */
export const flowEditor: Journey = {
  name: 'flow-editor',
  async run(stage) {
    const clew = await stage.startClew()
    const { page } = await sitDown(stage, clew)
    const scene = { stage, clew, page, ...partsOf(page) }
    await editText(scene)
    await addStep(scene)
    await tryIt(scene)
    await publishIt(scene)
    await bubbleSays(scene, newTitle)
    await restoreIt(scene)
    await exchange(scene)
    await byKeyboard(scene)
  },
}

/** No violation in the list and beside any kind of step, at 320 and 1280 px, light and dark. */
export const flowEditorA11y: Journey = {
  name: 'flow-editor-a11y',
  async run(stage) {
    const clew = await stage.startClew()
    const { page } = await sitDown(stage, clew)
    const faults: Faults = new Map()
    stage.step('no fault on the list')
    await page.goto(`${clew.url}/app/flows`)
    await page.getByRole('link', { name: 'Upload failure' }).waitFor()
    await inspect(page, 'list', faults)
    stage.step('no fault beside any kind of step')
    await openFlow(page, clew)
    for (const id of ['look-size', 'too-large']) {
      await partsOf(page).card(id).click()
      await inspect(page, id, faults)
    }
    assert.deepEqual(told(faults), [])
  },
}

/** The same of the test run, the problems and the versions. */
export const flowPartsA11y: Journey = {
  name: 'flow-parts-a11y',
  async run(stage) {
    const clew = await stage.startClew()
    const { page } = await sitDown(stage, clew)
    const { card, tab, part, text } = partsOf(page)
    const faults: Faults = new Map()
    await openFlow(page, clew)
    await inspect(page, 'flow', faults)
    await tab('trial').click()
    await page.getByRole('button', { name: t('flows.trial_start'), exact: true }).click()
    await inspect(page, 'trial', faults)
    await card('too-large').click()
    await text(t('flows.title'), 'en').fill('')
    await tab('faults').click()
    await inspect(page, 'faults', faults)
    await tab('history').click()
    await part('history')
      .getByRole('button', { name: t('flows.compare', { version: 2 }) })
      .click()
    await page.getByText(t('flows.change_changed')).first().waitFor()
    await inspect(page, 'history', faults)
    assert.deepEqual(told(faults), [])
  },
}

const told = (faults: Faults): string[] => [...faults].map(([fault, where]) => `${fault}\n  on ${where.join('; ')}`)

type Scene = { stage: Stage; clew: Clew; page: Page } & ReturnType<typeof partsOf>

function partsOf(page: Page) {
  const part = (name: string): Locator => page.locator(`[data-is=${name}]`)
  return {
    card: (id: string): Locator => page.locator(`[data-step="${id}"]`),
    tab: (name: 'step' | 'trial' | 'faults' | 'history'): Locator => page.locator(`#flow-tab-${name}`),
    part,
    press: (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click(),
    text: (label: string, language: 'en' | 'el'): Locator =>
      part('step').getByLabel(`${label} (${t(`flows.in_${language}`)})`, { exact: true }),
  }
}

async function openFlow(page: Page, clew: Clew): Promise<void> {
  await page.goto(`${clew.url}/app/flows`)
  await page.getByRole('link', { name: 'Upload failure' }).click()
  await page.locator('[data-step="look-incident"]').waitFor()
}

async function editText({ stage, clew, page, card, text }: Scene): Promise<void> {
  stage.step('the owner finds the flow and changes a text')
  await openFlow(page, clew)
  await card('file-size').click()
  await text(t('flows.title'), 'en').fill(newTitle)
  await card('file-size').getByText(newTitle).waitFor()

  stage.step('leaving is asked about, and what was written is kept')
  await page
    .getByRole('link', { name: t('flows.flows'), exact: true })
    .last()
    .click()
  await page.getByRole('heading', { name: t('flows.leave_title') }).waitFor()
  await page.getByRole('button', { name: t('flows.cancel') }).click()
  await page.reload()
  await page.getByText(t('flows.from_draft')).waitFor()
  await card('file-size').getByText(newTitle).waitFor()
}

async function addStep({ stage, page, card, tab, part, press, text }: Scene): Promise<void> {
  stage.step('a new step is wrong until it says something')
  await card('reload').click()
  await part('step')
    .getByRole('button', { name: t('flows.kind_say'), exact: true })
    .click()
  await card('say').waitFor()
  await card('say')
    .getByText(t('flows.faults_count', { count: 2 }))
    .waitFor()
  assert.equal(await page.getByRole('button', { name: t('flows.publish'), exact: true }).isDisabled(), true)
  await tab('faults').click()
  stage.step('the list of problems leads to the field')
  await part('faults').getByRole('button').first().click()
  await text(t('flows.say'), 'en').fill('One more thing.')
  await press(t('flows.copy_from_en'))
  assert.equal(await text(t('flows.say'), 'el').inputValue(), 'One more thing.')
  await text(t('flows.say'), 'el').fill('Και κάτι ακόμη.')
  await tab('faults').click()
  await page.getByText(t('flows.faults_none')).waitFor()

  stage.step('undo and redo')
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await card('say')
    .getByText(t('flows.faults_count', { count: 1 }))
    .waitFor()
  await page.keyboard.press('Control+Shift+Z')
  await page.keyboard.press('Control+Shift+Z')
  await page.getByText(t('flows.faults_none')).waitFor()
}

async function tryIt({ stage, page, card, tab, part, press }: Scene): Promise<void> {
  stage.step('a test run walks the flow as it is written')
  await tab('trial').click()
  await press(t('flows.trial_start'))
  await part('trial')
    .getByRole('button', { name: t('flows.found_none') })
    .click()
  await part('trial')
    .getByRole('button', { name: t('flows.found_unknown') })
    .click()
  await part('trial')
    .getByRole('button', { name: t('flows.found_unknown') })
    .click()
  await page.getByRole('log').getByText(newTitle).waitFor()
  await eventually(
    'the card of the step is marked',
    async () => (await card('file-size').getAttribute('aria-current')) === 'step',
    2000,
  )
  await page.getByRole('log').getByRole('button').first().click()
  await press(t('flows.trial_back'))
  await page.getByRole('log').getByText(newTitle).waitFor()
}

async function publishIt({ stage, page, press }: Scene): Promise<void> {
  stage.step('publishing says what changes')
  await press(t('flows.publish'))
  const dialog = page.getByRole('dialog')
  await dialog.getByText(newTitle).first().waitFor()
  await dialog.getByText(t('flows.change_added')).waitFor()
  await dialog.getByText(t('flows.publish_nobody')).waitFor()
  await dialog.getByRole('textbox').fill('Asks for megabytes')
  await dialog.getByRole('button', { name: t('flows.save_publish') }).click()
  await page.getByText(t('flows.published')).waitFor()
  await page
    .getByText(t('flows.live_version', { version: 3 }))
    .first()
    .waitFor()
}

async function bubbleSays({ stage, clew }: Scene, title: string | RegExp): Promise<void> {
  stage.step(`the bubble says: ${title}`)
  const { context } = await stage.visit()
  const visitor = await context.newPage()
  await visitor.goto(`${clew.url}/en`)
  const bubble = bubbleOn(visitor, 'en')
  await bubble.open()
  await bubble.write('My upload fails at 100 %')
  await bubble.said(title).waitFor()
}

async function restoreIt({ stage, page, tab, part, press, ...scene }: Scene): Promise<void> {
  stage.step('the older version comes back')
  await tab('history').click()
  await part('history').getByText('Asks for megabytes').waitFor()
  await press(t('flows.compare', { version: 2 }))
  await part('history').getByText(newTitle).first().waitFor()
  await press(t('flows.restore', { version: 2 }))
  await page.getByText(t('flows.restored', { version: 2 })).waitFor()
  await press(t('flows.publish'))
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('flows.publish'), exact: true })
    .click()
  await page
    .getByText(t('flows.live_version', { version: 4 }))
    .first()
    .waitFor()
  await bubbleSays({ ...scene, stage, page, tab, part, press }, /Check that the file is under/)
}

async function exchange({ stage, clew, page, part, tab, press }: Scene): Promise<void> {
  stage.step('a flow goes out as a file')
  await tab('history').click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    part('history')
      .getByRole('link', { name: t('flows.download', { version: 4 }) })
      .click(),
  ])
  assert.equal(download.suggestedFilename(), 'upload-failure.v4.yaml')
  const yaml = await readFile(await download.path(), 'utf8')
  stage.step('a file that is wrong says in which line')
  await page.goto(`${clew.url}/app/flows`)
  await press(t('flows.import'))
  const choose = async (name: string, content: string) => {
    const file = path.join(stage.folder, name)
    await writeFile(file, content)
    await page.getByRole('dialog').locator('input[type=file]').setInputFiles(file)
  }
  await choose('wrong.yaml', yaml.replace('next: handover', 'next: handovr'))
  await page
    .getByRole('alert')
    .getByText(/Line \d+, column \d+/)
    .first()
    .waitFor()
  stage.step('mended, it says what it changes')
  await choose('right.yaml', yaml.replace('id: upload-failure', 'id: uploads-two'))
  await page
    .getByRole('dialog')
    .getByText(/A new flow/)
    .waitFor()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('flows.import_go'), exact: true })
    .click()
  await page.getByText(t('flows.state_draft')).first().waitFor()
}

async function byKeyboard({ stage, page, card, part, text }: Scene): Promise<void> {
  stage.step('with the keyboard alone: along the cards, a new step, its words, away again')
  const onCard = async (id: string) =>
    eventually(`the focus is on ${id}`, () => card(id).evaluate((element) => element === document.activeElement), 2000)
  await card('look-incident').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  await onCard('look-incident')
  await page.keyboard.press('n')
  await card('do').waitFor()
  await page.keyboard.press('Tab')
  await page.keyboard.type('By keyboard')
  assert.equal(await text(t('flows.title'), 'en').inputValue(), 'By keyboard')
  await card('do').focus()
  await page.keyboard.press('Enter')
  await part('step').getByRole('heading', { name: 'By keyboard' }).waitFor()
  await card('do').focus()
  await page.keyboard.press('Delete')
  await card('do').waitFor({ state: 'detached' })
  await page.getByText(t('flows.step_removed')).waitFor()
  await page.keyboard.press('Control+z')
  await card('do').waitFor()
}
