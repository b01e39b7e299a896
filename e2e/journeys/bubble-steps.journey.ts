import assert from 'node:assert/strict'
import type { Locator } from 'playwright-core'
import { uploadChecks } from '../harness/flows.ts'
import type { Journey } from '../harness/stage.ts'
import { eventually } from '../harness/wait.ts'
import { wordsOf } from '../harness/words.ts'
import { type Bubble, bubbleOn } from '../screens/bubble.ts'

const { case: about, widget } = wordsOf('en')

/** What a hurried hand, a keyboard and a phone do with the bubble. */
export const bubbleSteps: Journey = {
  name: 'bubble-steps',
  async run(stage) {
    const clew = await stage.startClew()
    const { context, watch } = await stage.visit()
    const page = await context.newPage()
    await page.goto(`${clew.url}/en`)
    const bubble = bubbleOn(page, 'en')

    stage.step('the mark is in the middle of its button')
    await isCentred(page.locator('clew-widget button.launcher'))
    await bubble.open()

    stage.step('what was lost on the way comes with another try')
    watch.allow(/ERR_FAILED/)
    const lost = '**/widget/parts-*'
    await context.route(lost, (route) => route.abort())
    await bubble.write('My file will not upload')
    const again = bubble.log.getByRole('button', { name: widget('widget.retry') })
    await again.waitFor()
    await context.unroute(lost)
    await again.click()
    await bubble.chips()

    stage.step('a double click on a choice answers once')
    await pressTwice(bubble)

    stage.step('on a phone with its keyboard up there is room to read and to send')
    await writesOnPhone(bubble)

    stage.step('whoever works with the keys stays in the panel')
    await keepsFocus(bubble)

    stage.step('a secret is masked in the words of the reader, and warned of once')
    await isWarnedOnce(bubbleOn(await (await stage.visit()).context.newPage(), 'el'), clew.url)
  },
}

async function isCentred(button: Locator): Promise<void> {
  const [outer, inner] = [await button.boundingBox(), await button.locator('svg').boundingBox()]
  assert.ok(outer && inner)
  const off = [
    inner.x + inner.width / 2 - outer.x - outer.width / 2,
    inner.y + inner.height / 2 - outer.y - outer.height / 2,
  ]
  assert.ok(Math.max(...off.map(Math.abs)) < 1, `the mark is off by ${off.join(' and ')}`)
}

async function pressTwice(bubble: Bubble): Promise<void> {
  const [check, following] = uploadChecks('en')
  const choice = bubble.log.getByRole('button', { name: check?.inVain ?? '', exact: true })
  await choice.dblclick()
  await bubble.said(following?.title ?? '').waitFor()
  await bubble.said(widget('widget.delivered')).waitFor({ state: 'hidden' })
  assert.equal(
    await bubble.log
      .locator('.mine')
      .getByText(check?.inVain ?? '', { exact: true })
      .count(),
    1,
  )
}

async function writesOnPhone({ page, panel, log, picker }: Bubble): Promise<void> {
  const [whole, field] = [page.viewportSize(), panel.getByRole('textbox', { name: widget('widget.composer_label') })]
  const boxOf = async (what: Locator) => (await what.boundingBox()) ?? { y: 0, height: 0 }
  await page.setViewportSize({ width: 390, height: 460 })
  await field.focus()
  await eventually('the chips make room', async () => (await boxOf(log)).height > 240)

  await page.setViewportSize({ width: 320, height: 568 })
  const files = ['one', 'two', 'three'].map((name) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(name) }))
  await picker.setInputFiles(files)
  await field.fill('one\ntwo\nthree\nfour\nfive\nsix')
  await panel.locator('.attached li').nth(2).waitFor()
  const send = await boxOf(panel.getByRole('button', { name: widget('widget.send') }))
  assert.ok(send.y > 0 && send.y + send.height <= 568, `the button to send is at ${send.y}`)

  await field.fill('')
  while ((await panel.locator('.attached li').count()) > 0) await panel.locator('.attached .small').first().click()
  await page.setViewportSize(whole ?? { width: 1280, height: 720 })
}

async function isWarnedOnce(bubble: Bubble, url: string): Promise<void> {
  const t = wordsOf('el').widget
  await bubble.page.goto(`${url}/el`)
  await bubble.open()
  await bubble.panel
    .getByRole('textbox', { name: t('widget.composer_label') })
    .fill('Ο κωδικός μου είναι Limani-92-faros!')
  await bubble.press(t('widget.send'))
  await bubble.said(t('widget.masked_here')).waitFor()
  await bubble.log.getByRole('button', { name: t('widget.talk_to_person') }).waitFor()
  assert.equal(await bubble.log.getByText(t('widget.masked_title', { count: 1 })).count(), 0)
}

async function keepsFocus(bubble: Bubble): Promise<void> {
  const { panel, page } = bubble
  const isFocused = (what: Locator, why: string) =>
    eventually(why, () => what.evaluate((element) => element.matches(':focus')))
  const field = panel.getByRole('textbox', { name: widget('widget.composer_label') })
  await bubble.press(uploadChecks('en')[1]?.inVain ?? '')
  await isFocused(field, 'after a choice the focus is in the field')

  const when = panel.locator('.case li').getByRole('button', { name: widget('widget.field_timestamps') })
  await when.press('Enter')
  const form = panel.getByRole('form', { name: widget('widget.field_timestamps') })
  await isFocused(form.getByRole('textbox'), 'a form has the focus')
  await page.keyboard.press('Escape')
  await isFocused(when, 'Escape goes back to the chip')

  await bubble.give('timestamps', (asked) => asked.getByRole('textbox').fill('yesterday at 14:05'))
  const given = about('case.chip_given', { field: widget('widget.field_timestamps') })
  await isFocused(panel.locator('.case li').getByRole('button', { name: given }), 'what was given has the focus')

  await bubble.askForPerson()
  await isFocused(field, 'after asking for a person the focus is in the field')
  await page.keyboard.press('Escape')
  await panel.waitFor({ state: 'hidden' })
}
