import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import type { Journey, Stage } from '../harness/stage.ts'
import { eventually } from '../harness/wait.ts'
import { wordsOf } from '../harness/words.ts'
import { bubbleOn } from '../screens/bubble.ts'
import { sitDown, type Workspace } from '../screens/workspace.ts'

const { safeCopy, widget, workspace } = wordsOf('en')
const password = 'the thread of Ariadne'
const secret = 'sid-7f3c9a1be24d55aa90'
const entries = 300

// What Chromium's console says of requests that end with their page or their network.
const cutOff = /ERR_(INTERNET_DISCONNECTED|NETWORK_CHANGED|CONNECTION_|ABORTED|FAILED)/

/** A packed HAR, over the limit of an attachment once it is unpacked, goes up in pieces, survives pause, reload and a dead network, and is read. */
export const largeCapture: Journey = {
  name: 'large-capture',
  async run(stage) {
    const clew = await stage.startClew()
    const { context, watch } = await stage.visit()
    watch.allow(cutOff)
    const page = await context.newPage()
    await page.goto(`${clew.url}/en`)
    const bubble = bubbleOn(page, 'en')
    await bubble.open()

    stage.step('a packed recording that broke off is not taken for a whole one')
    const file = recording(stage.folder)
    const cut = path.join(stage.folder, 'cut.har.gz')
    writeFileSync(cut, readFileSync(file).subarray(0, -1000))
    await bubble.attach(cut)
    await bubble.said(safeCopy('safe-copy.gzip_damaged', { name: 'cut.har.gz' })).waitFor()
    await bubble.press(widget('widget.discard'))

    stage.step('a packed recording of some thirty megabytes is unpacked, made safe and offered for sending in pieces')
    await bubble.makeSafe(file)
    await bubble.said(safeCopy('safe-copy.large')).waitFor()
    await slowDown(page)
    await bubble.sendSafeCopy()

    stage.step('it is on its way, is paused, and stays where it is')
    const bar = bubble.log.getByRole('progressbar')
    await eventually('something has arrived', async () => (await shareOf(bar)) > 0.02)
    await bubble.press(widget('widget.upload_pause'))
    await bubble.said(widget('widget.upload_paused')).waitFor()

    stage.step('another page of the help centre finds it paused, and goes on with it')
    await page.close()
    const later = await context.newPage()
    await later.goto(`${clew.url}/en/har`)
    await slowDown(later)
    const again = bubbleOn(later, 'en')
    await again.open()
    await again.said(widget('widget.upload_paused')).waitFor()
    await again.press(widget('widget.upload_resume'))

    stage.step('the network goes and comes back, and it goes on by itself')
    await context.setOffline(true)
    await again.said(widget('widget.upload_waiting')).waitFor()
    await context.setOffline(false)
    await again.said('req_7Kd93hVb2Q7').waitFor({ timeout: 90_000 })

    stage.step('the agent sees what it shows, and nothing secret')
    const agent = await sitDown(stage, clew)
    await agent.page.goto(`${clew.url}/app?view=with_assistant`)
    await agent.item(widget('widget.har_message')).click()
    await agent.page.getByText('large.har', { exact: true }).first().waitFor()
    assert.equal(await agent.page.getByText(secret).count(), 0)

    stage.step('the agent shares it for viewing only, and somebody outside needs the password')
    await shareWithOutsider(stage, agent)
  },
}

async function shareWithOutsider(stage: Stage, { facts }: Workspace): Promise<void> {
  const copy = { name: workspace('workspace.link_copy') }
  // One came by itself with a capture of this size; the agent makes another, with a password.
  await facts.getByRole('button', copy).waitFor()
  await facts.getByText(workspace('workspace.links')).click()
  await facts.getByLabel(workspace('workspace.link_password')).fill(password)
  await facts.getByRole('button', { name: workspace('workspace.link_make') }).click()
  const made = facts.locator('form').getByRole('button', copy)
  const [url = ''] = (await made.innerText()).split('\n')

  const { context, watch } = await stage.visit({ locale: 'el-GR' })
  watch.allow(/status of 401/)
  const page = await context.newPage()
  for (const words of ['these are not the words', password]) {
    if (words !== password) await page.goto(url)
    await page.locator('input[type=password]').fill(words)
    await page.locator('button[type=submit]').click()
  }
  await page.getByText('req_7Kd93hVb2Q7').first().waitFor()
  assert.equal(await page.locator('a[href$="/file"]').count(), 0)
}

function recording(folder: string): string {
  const entry = (n: number) => ({
    startedDateTime: '2026-11-24T08:00:00.000Z',
    time: 40,
    request: {
      method: 'GET',
      url: `https://app.northlight.example/api/files/${n}`,
      headers: [{ name: 'cookie', value: `session=${secret}` }],
      cookies: [],
    },
    response: {
      status: n === 7 ? 503 : 200,
      headers: [{ name: 'x-request-id', value: `req_7Kd93hVb2Q${n}` }],
      content: { size: 100_000, mimeType: 'text/css', text: `.letters-${n} { color: red }\n`.repeat(4000) },
    },
    timings: { send: 1, wait: 38, receive: 1 },
  })
  const file = path.join(folder, 'large.har.gz')
  const log = {
    version: '1.2',
    creator: { name: 'test', version: '1' },
    entries: Array.from({ length: entries }, (_, n) => entry(n)),
  }
  writeFileSync(file, gzipSync(JSON.stringify({ log })))
  return file
}

/** On the loopback the whole of it would be there before anyone can press a button. */
async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const speed = { latency: 5, downloadThroughput: -1, uploadThroughput: 2_500_000 }
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', { offline: false, ...speed })
}

async function shareOf(bar: ReturnType<Page['getByRole']>): Promise<number> {
  return bar.evaluate((element) => (element as HTMLProgressElement).value).catch(() => 0)
}
