import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { inRoot } from '../harness/folders.ts'
import type { Journey, Stage } from '../harness/stage.ts'
import { wordsOf } from '../harness/words.ts'
import { type Bubble, bubbleOn } from '../screens/bubble.ts'
import { sitDown, type Workspace } from '../screens/workspace.ts'

const { safeCopy, widget } = wordsOf('en')
const asMarkup = '<img src=x onerror=alert(1)>.har'
const reversed = 'report\u202Efdp.har'
const attack = [
  '<script>window.wasHacked = 1</script>',
  '<img src=x onerror="window.wasHacked = 1">',
  '[press me](javascript:window.wasHacked=1)',
  '**bold** <svg/onload=alert(1)> {{7*7}}',
].join('\n')

/** Names and words that try to become something else, files that are not what they say. */
export const hostile: Journey = {
  name: 'hostile',
  async run(stage) {
    const clew = await stage.startClew({ settings: { CLEW_MAX_CAPTURE_MB: '25' } })
    const agent = await sitDown(stage, clew)
    const { context } = await stage.visit()
    const page = await context.newPage()
    const opened = [...listenForDialogs(page), ...listenForDialogs(agent.page)]
    await page.goto(`${clew.url}/en`)
    const bubble = bubbleOn(page, 'en')
    await bubble.open()

    stage.step('words stay words')
    await bubble.panel.getByRole('textbox').fill(attack)
    await bubble.press(widget('widget.send'))
    await bubble.said(/window\.wasHacked = 1<\/script>/).waitFor()
    await assertInert(bubble, page)

    stage.step('files that cannot be taken are refused with the way round')
    await refuseFiles(stage, bubble)

    stage.step('names stay names, as far as the agent; of several at once, one that fails stops no other')
    const har = await readFile(inRoot('apps/server/content/demo/upload-refused.har'))
    await bubble.attach([
      await fileOf(stage, asMarkup, har),
      await fileOf(stage, 'diary.har', Buffer.from('Dear diary')),
      await fileOf(stage, reversed, har),
    ])
    for (const number of [1, 3]) {
      await bubble.said(safeCopy('safe-copy.which', { number, total: 3 })).waitFor()
      await bubble.sendSafeCopy()
    }
    await bubble.said(safeCopy('safe-copy.not_a_har', { name: 'diary.har' })).waitFor()
    await bubble.askForPerson()
    await agent.item(/wasHacked/).click()
    for (const name of [/img src=x onerror=alert\(1\)/, /^reportfdp\.har$/])
      await agent.facts.getByRole('heading', { name }).waitFor()
    await assertNothingRan(agent)
    assert.deepEqual(opened, [])
  },
}

function listenForDialogs(page: Page): string[] {
  const opened: string[] = []
  page.on('dialog', (dialog) => {
    opened.push(dialog.message())
    void dialog.dismiss()
  })
  return opened
}

const wasHacked = (page: Page) => page.evaluate(() => 'wasHacked' in window)

async function assertInert({ log }: Bubble, page: Page): Promise<void> {
  assert.equal(await log.locator('.mine img, .mine script, .mine svg, a[href^="javascript:"]').count(), 0)
  assert.equal(await wasHacked(page), false)
}

async function assertNothingRan({ page }: Workspace): Promise<void> {
  assert.equal(await page.locator('img[src="x"], body script, a[href^="javascript:"]').count(), 0)
  assert.equal(await wasHacked(page), false)
  assert.ok(!(await page.locator('body').innerText()).includes('\u202E'), 'a name still turns the writing round')
}

async function refuseFiles(stage: Stage, bubble: Bubble): Promise<void> {
  await bubble.attach(await fileOf(stage, 'holiday.mov', Buffer.alloc(26_000_000)))
  await bubble.panel.getByText(/holiday\.mov is 26 MB.*25 MB/).waitFor()
  await bubble.attach(await fileOf(stage, 'notes.har', Buffer.from('Dear diary')))
  await bubble.said(safeCopy('safe-copy.not_a_har', { name: 'notes.har' })).waitFor()
  await bubble.attach(await fileOf(stage, 'empty.har', Buffer.from('{"log":{"version":"1.2","entries":[]}}')))
  await bubble.said(safeCopy('safe-copy.empty', { name: 'empty.har' })).waitFor()
  await bubble.attach(await fileOf(stage, 'nothing.png', Buffer.alloc(0)))
  await bubble.panel.getByText(widget('widget.file_empty', { name: 'nothing.png' })).waitFor()
}

async function fileOf({ folder }: Stage, name: string, bytes: Buffer): Promise<string> {
  const file = path.join(folder, name)
  await writeFile(file, bytes)
  return file
}
