import assert from 'node:assert/strict'
import { uploadChecks } from '../harness/flows.ts'
import type { Journey } from '../harness/stage.ts'
import { wordsOf } from '../harness/words.ts'
import { type Bubble, bubbleOn } from '../screens/bubble.ts'

const { widget } = wordsOf('en')

/** What a hurried hand, a keyboard and a phone do with the bubble. */
export const bubbleSteps: Journey = {
  name: 'bubble-steps',
  async run(stage) {
    const clew = await stage.startClew()
    const { context } = await stage.visit()
    const page = await context.newPage()
    await page.goto(`${clew.url}/en`)
    const bubble = bubbleOn(page, 'en')
    await bubble.open()

    stage.step('a double click on a choice answers once')
    await bubble.write('My file will not upload')
    await pressTwice(bubble)
  },
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
