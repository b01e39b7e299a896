import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { inspect } from '../harness/axe.ts'
import type { Clew } from '../harness/clew.ts'
import { planted } from '../harness/host-product.ts'
import { assertClean, assertHolds } from '../harness/leaks.ts'
import { largeHar, uncleanHar } from '../harness/record-har.ts'
import type { Journey, Stage } from '../harness/stage.ts'
import { eventually } from '../harness/wait.ts'
import { wordsOf } from '../harness/words.ts'
import { bubbleOn } from '../screens/bubble.ts'
import { harPageOn } from '../screens/har-page.ts'

const secrets = [planted.bearer, planted.cookie]

/** Clean, read, save and hand over a HAR: without a network, and with nothing leaving the browser before one says so. */
export const harPage: Journey = {
  name: 'har-page',
  async run(stage) {
    const clew = await stage.startClew()
    const har = await uncleanHar(stage)
    await offlineAndSilent(stage, clew, har)
    await brokenFiles(stage, clew)
    await largeFile(stage, clew)
    await inGreekOnAPhone(stage, clew, har)
    await intoTheBubble(stage, clew, har)
    await noScript(stage, clew)
  },
}

async function offlineAndSilent(stage: Stage, clew: Clew, file: string): Promise<void> {
  stage.step('the page is kept for times without a network')
  const { context, watch } = await stage.visit({ acceptDownloads: true })
  watch.allow(/ERR_INTERNET_DISCONNECTED|Failed to load resource/)
  const page = await context.newPage()
  const har = harPageOn(page, 'en')
  await page.goto(`${clew.url}/en/har`)
  await har.isKept()
  await eventually('it is kept in both languages', () => page.evaluate(countKept, 2))

  stage.step('cleaned and read with the network off')
  const sentBefore = clew.wire.sent().length
  const asked = requestsOf(page)
  await context.setOffline(true)
  await page.getByText(wordsOf('en').harPage('har-page.offline_now')).waitFor()
  await har.choose(file)
  await har.isDone()
  await har.timelineIsDrawn()
  assert.match(await har.assurance(), /: 0\./)
  assert.ok((await har.findings()).length > 0, 'there should be findings')
  assert.match((await har.findings()).join(' '), /20 MB|413|too large/i)
  await har.openFirstFailing()
  await page.getByText('kyma_session').first().waitFor()

  stage.step('what is saved holds no secret, and what the page showed neither')
  const saved = await har.save()
  assert.match(saved.name, /^upload-refused\.clean\.har$/)
  const bytes = await readFile(saved.path)
  assertClean(bytes, secrets, 'the saved copy')
  assertHolds(await readFile(file), planted.bearer, 'the file as it was')
  assert.doesNotThrow(() => JSON.parse(bytes.toString()))
  assertClean(Buffer.from(await page.content()), secrets, 'the page')

  stage.step('nothing has left the browser')
  assert.deepEqual(asked.foreign(clew.url), [])
  assert.equal(clew.wire.sent().length, sentBefore, 'bytes were sent')

  stage.step('opened again with the network off, in the other language first')
  await page.getByRole('link', { name: 'Ελληνικά' }).click()
  await harPageOn(page, 'el').isKept()
  await page.getByRole('link', { name: 'English' }).click()
  await har.isKept()
  await page.reload()
  await har.choose(file)
  await har.isDone()
  await har.timelineIsDrawn()
  await har.forget()
  await context.setOffline(false)

  stage.step('nothing for axe to find')
  await har.choose(file)
  await har.isDone()
  await har.timelineIsDrawn()
  await har.openFirstFailing()
  const faults = new Map<string, string[]>()
  await inspect(page, 'HAR report', faults)
  await har.showTable()
  await inspect(page, 'HAR table', faults)
  assert.deepEqual([...faults.keys()], [])
  await context.close()
}

/** Runs in the page. */
async function countKept(wanted: number): Promise<boolean> {
  const kept = await navigator.serviceWorker.getRegistrations()
  return kept.filter(({ active }) => active?.state === 'activated').length === wanted
}

/** What a page asks for, but its own program files and what lives in the browser itself. */
function requestsOf(page: Page) {
  const asked: string[] = []
  page.on('request', (request) => asked.push(`${request.method()} ${request.url()}`))
  return {
    foreign: (url: string) =>
      asked.filter((line) => !line.startsWith(`GET ${url}/assets/site/`) && !line.startsWith('GET blob:')),
  }
}

async function brokenFiles(stage: Stage, clew: Clew): Promise<void> {
  const { context } = await stage.visit()
  const page = await context.newPage()
  const har = harPageOn(page, 'en')
  await page.goto(`${clew.url}/en/har`)
  const entry = {
    startedDateTime: '2026-11-24T08:00:00.000Z',
    time: 3,
    cache: {},
    timings: { send: 1, wait: 1, receive: 1 },
  }
  const request = { method: 'GET', url: 'https://app.kyma.example/', httpVersion: 'HTTP/2', headers: [], cookies: [] }
  const response = {
    status: 200,
    statusText: '',
    headers: [],
    cookies: [],
    content: { size: 0, mimeType: 'text/html' },
  }
  const whole = JSON.stringify({
    log: {
      version: '1.2',
      creator: { name: 'test', version: '1' },
      entries: [1, 2, 3].map(() => ({ ...entry, request, response })),
    },
  })

  stage.step('each broken file says what it is')
  await har.give('notes.har', 'hello')
  await har.hasFailed('not_har', 'notes.har')
  await har.give('empty.har', '{"log":{"version":"1.2","creator":{"name":"t","version":"1"},"entries":[]}}')
  await har.hasFailed('empty', 'empty.har')
  await har.give('cut-short.har', whole.slice(0, whole.indexOf('"timings"')))
  await har.hasFailed('cut', 'cut-short.har')
  await har.give('cut.har', whole.slice(0, -200))
  await har.isDone()
  await page.getByText(/ends too early/).waitFor()

  stage.step('several in a row, then pasted, then all forgotten')
  await har.giveMany({ 'one.har': whole, 'two.har': whole })
  await eventually('both are done', async () => (await har.files()).filter((line) => /removed/.test(line)).length === 3)
  await har.paste(whole)
  await eventually('the pasted one is done', async () => (await har.files()).some((line) => /pasted\.har/.test(line)))
  await har.startOver()
  assert.deepEqual(await har.files(), [])
  await context.close()
}

async function largeFile(stage: Stage, clew: Clew): Promise<void> {
  stage.step('a large file: the page stays awake, and it can be stopped')
  const { context } = await stage.visit()
  const page = await context.newPage()
  const har = harPageOn(page, 'en')
  await page.goto(`${clew.url}/en/har`)
  await page.evaluate(watchFrames)
  await har.choose(await largeHar(stage, 60_000_000))
  await har.isWorking()
  await har.cancel()
  await har.cleanAfterAll()
  await har.isDone()
  const { longestFrame, wholeMs } = await page.evaluate(() => {
    const { longestFrame, since } = window as unknown as Watched
    return { longestFrame, wholeMs: performance.now() - since }
  })
  // Of the same moments, so that a busy machine lengthens both.
  assert.ok(
    longestFrame < wholeMs / 4,
    `the page stood still for ${Math.round(longestFrame)} of ${Math.round(wholeMs)} ms`,
  )
  await context.close()
}

type Watched = { longestFrame: number; since: number }

/** Runs in the page: the longest time between two frames. */
function watchFrames(): void {
  const page = window as unknown as Watched
  let last = performance.now()
  Object.assign(page, { longestFrame: 0, since: last })
  const look = (now: number) => {
    page.longestFrame = Math.max(page.longestFrame, now - last)
    last = now
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

async function inGreekOnAPhone(stage: Stage, clew: Clew, file: string): Promise<void> {
  stage.step('in Greek, on a phone')
  const { context } = await stage.visit({
    locale: 'el-GR',
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
    userAgent:
      'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Mobile Safari/537.36',
  })
  const page = await context.newPage()
  const har = harPageOn(page, 'el')
  await page.goto(`${clew.url}/el/har`)
  await page.getByText('Σε κινητό ή τάμπλετ;').waitFor()
  await har.choose(file)
  await har.isDone()
  await har.timelineIsDrawn()
  assert.match((await har.findings()).join(' '), /[α-ω]{4}/)
  assert.match(await page.locator('#har-removed').innerText(), /Αφαιρέθηκαν \d/)
  const { scrollWidth } = await page.evaluate(() => ({ scrollWidth: document.documentElement.scrollWidth }))
  assert.equal(scrollWidth, 390, 'nothing scrolls sideways')

  stage.step('the guide opens from elsewhere and shows another browser')
  await page.goto(`${clew.url}/el`)
  await page.goto(`${clew.url}/el/har#record`)
  await page.getByRole('button', { name: 'Firefox' }).click()
  await page.getByRole('img', { name: /Firefox.*Persist Logs/ }).waitFor()
  assert.equal(await page.getByRole('img', { name: /Safari/ }).count(), 0)
  await context.close()
}

async function intoTheBubble(stage: Stage, clew: Clew, file: string): Promise<void> {
  stage.step('handed to the bubble, which asks once more before it sends')
  const { context } = await stage.visit()
  const page = await context.newPage()
  const har = harPageOn(page, 'en')
  await page.goto(`${clew.url}/en/har`)
  await har.choose(file)
  await har.isDone()
  await har.sendToSupport()
  const bubble = bubbleOn(page, 'en')
  await bubble.said('upload-refused.clean.har').waitFor()
  await bubble.sendSafeCopy()
  await bubble.said(wordsOf('en').widget('widget.severity_high')).waitFor()
  assertClean(clew.wire.sent(), secrets, 'what browsers sent to Clew')
  await context.close()
}

async function noScript(stage: Stage, clew: Clew): Promise<void> {
  stage.step('without a script: all browsers, and the command line')
  const { context } = await stage.visit({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${clew.url}/en/har`)
  await page.locator('noscript pre').waitFor()
  for (const name of ['Chrome', 'Edge', 'Firefox', 'Safari'])
    await page.getByRole('heading', { level: 3, name, exact: true }).waitFor()
  await context.close()
}
