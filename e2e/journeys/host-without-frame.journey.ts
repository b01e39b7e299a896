import assert from 'node:assert/strict'
import { planted, startHostProduct, uploadRequestId } from '../harness/host-product.ts'
import { assertNothingKept } from '../harness/leaks.ts'
import { recordFailingUpload } from '../harness/record-har.ts'
import type { Journey } from '../harness/stage.ts'
import { bubbleOn } from '../screens/bubble.ts'

/** A host that holds the bubble by the package, and whose policy forbids every frame: the HAR is made safe on the page. */
export const hostWithoutFrame: Journey = {
  name: 'host-without-frame',
  async run(stage) {
    const clew = await stage.startClew()
    const host = await startHostProduct({ clewUrl: clew.url, frames: 'none', byPackage: true })
    stage.onEnd(host.close)
    const har = await recordFailingUpload(stage, host)
    const { context, watch } = await stage.visit()
    // The refusal that the journey is about; Chromium reports it on the console.
    watch.allow(/frame-src 'none'/)
    const page = await context.newPage()
    const asked: string[] = []
    page.on('request', (request) => request.url().startsWith(clew.url) && asked.push(new URL(request.url()).pathname))
    await page.goto(host.url, { waitUntil: 'networkidle' })
    assert.deepEqual(asked, ['/clew.js'], 'before the click')
    const bubble = bubbleOn(page, 'en')
    await bubble.open()
    assert.equal(await page.evaluate(() => localStorage.length), 0, 'stored before the first message')

    stage.step('the HAR is made safe without the frame')
    assert.ok((await bubble.makeSafe(har)) >= 3)
    assert.match(watch.console(), /frame-src 'none'/)
    await bubble.sendSafeCopy()
    await bubble.log.getByText(uploadRequestId).first().waitFor()
    await bubble.said(/too large/).waitFor()

    stage.step('nothing planted was sent or kept')
    await assertNothingKept(clew, { secrets: Object.values(planted), known: uploadRequestId })
  },
}
