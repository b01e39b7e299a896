import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import type { Journey } from '../harness/stage.ts'
import { eventually } from '../harness/wait.ts'
import { wordsOf } from '../harness/words.ts'
import { bubbleOn } from '../screens/bubble.ts'
import { sitDown } from '../screens/workspace.ts'

const { widget, workspace } = wordsOf('en')
const bytes = 30_000_000
const name = 'screen.webm'

// What Chromium's console says of requests that end with their page, and of a film that holds no picture.
const cutOff = /ERR_(ABORTED|FAILED|CONNECTION_)|DEMUXER|MEDIA/

/** A recording of a screen over the limit of an attachment goes up in pieces and is played where it lies. */
export const largeFile: Journey = {
  name: 'large-file',
  async run(stage) {
    const clew = await stage.startClew()
    const { context, watch } = await stage.visit()
    watch.allow(cutOff)
    const page = await context.newPage()
    await page.goto(`${clew.url}/en`)
    const bubble = bubbleOn(page, 'en')
    await bubble.open()

    stage.step('a film of thirty megabytes is taken, with words')
    await bubble.attach(film(stage.folder))
    await slowDown(page)
    await bubble.write('The upload stops, see the recording')

    stage.step('it is on its way, is paused, and another page goes on with it')
    const bar = bubble.log.getByRole('progressbar')
    await eventually('something has arrived', async () => Number(await bar.getAttribute('value')) > 0.02)
    await bubble.press(widget('widget.upload_pause'))
    await bubble.said(widget('widget.upload_paused')).waitFor()
    await page.close()
    const later = await context.newPage()
    await later.goto(`${clew.url}/en/status`)
    const again = bubbleOn(later, 'en')
    await again.open()
    await again.said(widget('widget.upload_paused')).waitFor()
    await again.press(widget('widget.upload_resume'))

    stage.step('when all of it is there, a message brings it')
    const file = again.log.getByRole('button', { name: widget('widget.file_download', { name }) })
    await file.waitFor({ timeout: 60_000 })
    assert.equal(await again.log.getByRole('progressbar').count(), 0)

    stage.step('another one is cancelled, and nothing of it comes')
    await slowDown(later)
    await again.attach(film(stage.folder))
    await again.press(widget('widget.send'))
    await again.log.getByRole('progressbar').waitFor()
    await again.press(widget('widget.cancel'))
    await eventually('it is gone', async () => (await again.log.getByRole('progressbar').count()) === 0)
    assert.equal(await file.count(), 1)

    stage.step('the agent plays it in place, by stretches, and has a view-only link')
    const agent = await sitDown(stage, clew)
    await agent.page.goto(`${clew.url}/app?view=with_assistant`)
    await agent.item('The upload stops').click()
    const player = agent.thread.locator('video')
    await player.waitFor()
    const address = (await player.getAttribute('src')) ?? ''
    const part = await agent.page.request.get(new URL(address, clew.url).href, {
      headers: { range: 'bytes=20000000-20000009' },
    })
    assert.deepEqual(
      [part.status(), part.headers()['content-type'], (await part.body()).length],
      [206, 'video/webm', 10],
    )
    await agent.facts.getByRole('button', { name: workspace('workspace.link_copy') }).waitFor()
  },
}

function film(folder: string): string {
  const file = path.join(folder, name)
  const content = Buffer.alloc(bytes, 'frames of a screen ')
  Buffer.from([0x1a, 0x45, 0xdf, 0xa3]).copy(content)
  writeFileSync(file, content)
  return file
}

/** About two megabytes a second, so that there is time to press buttons. */
async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 5,
    downloadThroughput: -1,
    uploadThroughput: 2_000_000,
  })
}
