import assert from 'node:assert/strict'
import { planted, startHostProduct, uploadRequestId } from '../harness/host-product.ts'
import { assertNothingKept } from '../harness/leaks.ts'
import { recordFailingUpload } from '../harness/record-har.ts'
import type { Journey } from '../harness/stage.ts'
import { wordsOf } from '../harness/words.ts'
import { bubbleOn } from '../screens/bubble.ts'
import { sitDown } from '../screens/workspace.ts'

const greeklish = 'den anevainei to arxeio mou, vgazei sfalma'
const { case: about, workspace: w } = wordsOf('el')

/** The same thread in Greek, on the help centre itself, asked in Greek with Latin letters. */
export const uploadFailureEl: Journey = {
  name: 'upload-failure.el',
  async run(stage) {
    const { step } = stage
    const clew = await stage.startClew()
    const host = await startHostProduct({ clewUrl: clew.url })
    stage.onEnd(host.close)
    const har = await recordFailingUpload(stage, host)
    const agent = await sitDown(stage, clew, { locale: 'el-GR' })

    step('the visitor searches in Greeklish and reads the article')
    const { context } = await stage.visit({ locale: 'el-GR' })
    const page = await context.newPage()
    await page.goto(clew.url)
    assert.equal(new URL(page.url()).pathname, '/el')
    await page.getByRole('searchbox').fill('den anevainei to arxeio')
    await page.keyboard.press('Enter')
    await page
      .getByRole('main')
      .getByRole('link', { name: /μεταφόρτωσ/i })
      .first()
      .click()
    await page.getByRole('heading', { level: 1, name: /μεταφόρτωσ/i }).waitFor()

    step('the assistant answers in Greek with its source')
    const bubble = bubbleOn(page, 'el')
    await bubble.open()
    await bubble.write(greeklish)
    await bubble.log
      .locator('.source')
      .getByRole('button', { name: /μεταφόρτωσ/i })
      .first()
      .waitFor()
    await bubble.walkInVain()

    step('the HAR is made safe on the page of the help centre')
    assert.ok((await bubble.makeSafe(har)) >= 3)
    await bubble.sendSafeCopy()
    await bubble.log.getByText(uploadRequestId).first().waitFor()
    await bubble.askForPerson()
    await bubble.said(about('case.handed_over')).waitFor()

    step('the agent answers in Greek')
    await agent.item(/anevainei/).click()
    await agent.facts.getByText(/413/).first().waitFor()
    await agent.press(w('workspace.take'))
    await agent.reply('Καλημέρα σας. Αυξήσαμε το όριο, δοκιμάστε ξανά.')
    await bubble.said(/Αυξήσαμε το όριο/).waitFor()

    step('nothing planted was sent or kept')
    await assertNothingKept(clew, { secrets: Object.values(planted), known: uploadRequestId })
  },
}
