import assert from 'node:assert/strict'
import { locales } from '@clew/i18n'
import type { Journey, Stage } from '../harness/stage.ts'
import { eventually } from '../harness/wait.ts'
import { wordsOf } from '../harness/words.ts'
import { bubbleOn } from '../screens/bubble.ts'
import { sitDown } from '../screens/workspace.ts'

const { widget } = wordsOf('en')
const first = 'The export button does nothing'
const firstWords = 'My first words, typed without a network'
const offline = ['It began this morning', 'Nobody here can export', 'Reloading does not help']

// What Chromium's console says of a network that the journey takes away.
const noNetwork = /ERR_(INTERNET_DISCONNECTED|NETWORK_CHANGED|CONNECTION_|EMPTY_RESPONSE|INCOMPLETE_CHUNKED|SOCKET)/

/** Text typed offline, the tab closed, the server killed: it arrives once and in order. */
export const offlineOutbox: Journey = {
  name: 'offline-outbox',
  async run(stage) {
    const clew = await stage.startClew()
    const { context, watch } = await stage.visit()
    watch.allow(noNetwork)

    stage.step('the visitor begins online')
    const page = await context.newPage()
    await page.goto(`${clew.url}/en`)
    const bubble = bubbleOn(page, 'en')
    await bubble.open()
    await bubble.write(first)
    await bubble.said(widget('widget.delivered')).waitFor()

    stage.step('on the narrowest phone the head of the bubble stays as high as it is without a network')
    await keepsItsHead(stage, clew.url)

    stage.step('somebody else has opened the bubble and not written yet')
    const other = await stage.visit()
    other.watch.allow(noNetwork)
    const quiet = bubbleOn(await other.context.newPage(), 'en')
    await quiet.page.goto(`${clew.url}/en`)
    await quiet.open()

    stage.step('the network goes, the visitor goes on writing, and closes the tab')
    await Promise.all([context.setOffline(true), other.context.setOffline(true)])
    await quiet.write(firstWords)
    await quiet.page.close()
    for (const text of offline) await bubble.write(text)
    await bubble.said(widget('widget.waiting_network')).waitFor()
    await page.close()

    stage.step('the server is killed and started again')
    await clew.kill()
    await clew.start()
    await Promise.all([context.setOffline(false), other.context.setOffline(false)])

    stage.step('another page of the help centre sends what waited, without a click')
    const later = await context.newPage()
    await later.goto(`${clew.url}/en`)
    const agent = await sitDown(stage, clew)
    const again = bubbleOn(later, 'en')
    await again.open()
    for (const text of offline) await again.said(text).waitFor()
    await eventually(
      'nothing waits any more',
      async () => (await again.log.getByText(widget('widget.waiting_network')).count()) === 0,
    )

    stage.step('each message arrived once and in order')
    await agent.page.goto(`${clew.url}/app?view=with_assistant`)
    await agent.item(first).click()
    const said = () => agent.thread.locator('[data-seq]').allInnerTexts()
    const order = async () =>
      (await said()).flatMap((entry) => [first, ...offline].filter((text) => entry.includes(text)))
    await eventually('all have arrived', async () => (await order()).length >= offline.length + 1)
    assert.deepEqual(await order(), [first, ...offline])

    stage.step('first words typed offline begin a conversation')
    const back = bubbleOn(await other.context.newPage(), 'en')
    await back.page.goto(`${clew.url}/en`)
    await agent.item(firstWords).click()
    await agent.thread.getByText(firstWords).last().waitFor()
    assert.equal(await agent.item(firstWords).count(), 1)
  },
}

async function keepsItsHead(stage: Stage, clewUrl: string): Promise<void> {
  for (const locale of locales) {
    const { context, watch } = await stage.visit({ viewport: { width: 320, height: 640 } })
    watch.allow(noNetwork)
    const bubble = bubbleOn(await context.newPage(), locale)
    const t = wordsOf(locale).widget
    await bubble.page.goto(`${clewUrl}/${locale}`)
    await bubble.open()
    await bubble.write('Two of our seats are gone')
    await bubble.said(t('widget.delivered')).waitFor()
    const head = bubble.panel.locator('header')
    const heightOf = async () => (await head.boundingBox())?.height
    const before = await heightOf()
    await context.setOffline(true)
    await bubble.status(t('widget.state_offline')).waitFor()
    assert.equal(await heightOf(), before, `the head of the bubble (${locale})`)
    await context.close()
  }
}
