import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import type { Journey } from '../harness/stage.ts'
import { eventually } from '../harness/wait.ts'
import { wordsOf } from '../harness/words.ts'
import { type Bubble, bubbleOn } from '../screens/bubble.ts'
import { sitDown, type Workspace } from '../screens/workspace.ts'

const { brush, case: about, flows, widget, workspace: w } = wordsOf('en')
const picture = { name: 'screen.png', width: 400, height: 300 }
const log = '$ curl -F file=@q3.pdf\n    413 Payload Too Large'

/** The case: what is written keeps its form, a picture is covered in parts, and both sides see what is known. */
export const theCase: Journey = {
  name: 'case',
  async run(stage) {
    const clew = await stage.startClew()
    const phone = { viewport: { width: 390, height: 844 } }
    const { context } = await stage.visit(phone)
    const page = await context.newPage()
    await page.goto(`${clew.url}/en/demo`)
    const bubble = bubbleOn(page, 'en')
    await bubble.open()

    stage.step('code keeps its form')
    await say(bubble, `My upload of report.pdf fails\n\`\`\`\n${log}\n\`\`\``)
    assert.equal(await bubble.log.locator('pre').first().innerText(), log)
    await meterFills(stage.step, bubble)
    await coverAndSend(stage.step, bubble)
    await recordAndPlay(stage.step, bubble)

    stage.step('the visitor sees what the person knows already')
    await bubble.askForPerson()
    await bubble.said(about('case.handed_over')).waitFor()
    await bubble.log.getByText(about('case.fold')).click()
    await bubble.said(about('case.fold_not_again')).waitFor()

    const desk = await sitDown(stage, clew)
    await agentReads(stage.step, desk)
    await agentWalks(stage.step, desk)
  },
}

type Say = (what: string) => void

async function say({ panel, press }: Bubble, text: string): Promise<void> {
  await panel.getByRole('textbox', { name: widget('widget.composer_label') }).fill(text)
  await press(widget('widget.send'))
}

async function meterFills(step: Say, { panel, chips, give }: Bubble): Promise<void> {
  step('the meter fills with what the visitor gives')
  await chips()
  const score = async () => Number(await panel.locator('.meter rect').last().getAttribute('width'))
  const before = await score()
  await give('account', (form) => form.getByLabel(about('case.label_email')).fill('dora@harbour-books.example'))
  await eventually('the score has grown', async () => (await score()) > before)
}

async function coverAndSend(step: Say, { page, panel, press, picker, log: said }: Bubble): Promise<void> {
  step('a part of a picture is covered by keyboard, another by pointer')
  await picker.setInputFiles({ name: picture.name, mimeType: 'image/png', buffer: await redPicture(page) })
  await press(brush('brush.cover', { name: picture.name }))
  const sheet = panel.getByRole('application')
  await sheet.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await panel.getByText(brush('brush.covered', { count: 1 })).waitFor()
  const shown = await sheet.boundingBox()
  assert.ok(shown)
  await page.mouse.move(shown.x + 2, shown.y + 2)
  await page.mouse.down()
  await page.mouse.move(shown.x + shown.width * 0.2, shown.y + shown.height * 0.2, { steps: 4 })
  await page.mouse.up()
  await panel.getByText(brush('brush.covered', { count: 2 })).waitFor()
  await press(brush('brush.undo'))
  await panel.getByText(brush('brush.covered', { count: 1 })).waitFor()
  await press(brush('brush.done'))
  await press(widget('widget.send'))
  await said.getByRole('button', { name: widget('widget.file_download', { name: picture.name }) }).waitFor()
}

async function recordAndPlay(step: Say, { page, panel, press, picker, log: said }: Bubble): Promise<void> {
  step('a recording of the screen plays in the conversation')
  await picker.setInputFiles({ name: 'screen.webm', mimeType: 'video/webm', buffer: await shortFilm(page) })
  await panel.locator('.attached').getByText('screen.webm').waitFor()
  await press(widget('widget.send'))
  await said.getByRole('button', { name: about('case.play', { name: 'screen.webm' }) }).click()
  const film = said.locator('video')
  await film.waitFor()
  await eventually('the film plays', () => film.evaluate((video: HTMLVideoElement) => video.readyState >= 2))
}

async function agentReads(step: Say, { page, item, thread, facts, press }: Workspace): Promise<void> {
  step('the agent reads the brief and the score')
  await item(/upload/i).click()
  const brief = thread.getByRole('region', { name: w('workspace.brief') })
  await brief.getByText(w('workspace.activity_handed_over_asked')).waitFor()
  await facts.getByText(/%/).first().waitFor()
  assert.equal(await thread.locator('pre').first().innerText(), log)
  step('what is missing is asked for at a press')
  await press(w('workspace.brief_ask'), brief)
  assert.notEqual(await thread.locator('textarea').inputValue(), '')
  step('what was covered is gone from the picture, and the rest is as it was')
  const address = await thread.getByAltText(w('workspace.picture_named', { name: picture.name })).getAttribute('src')
  assert.deepEqual(await pixelsOf(page, address ?? ''), { middle: [0, 0, 0], corner: [255, 0, 0] })
}

/** Beside the conversation: what the flow asks, what it comes to, and by which tag it is found again. */
async function agentWalks(step: Say, { thread, facts, queue, press }: Workspace): Promise<void> {
  step('the agent walks a flow, and offers a step of it to the visitor')
  await press(w('workspace.walk_flow'), facts)
  const card = facts.getByRole('region', { name: flows('flows.walk_label') })
  await card.getByLabel(flows('flows.walk_which')).selectOption('billing')
  await press(flows('flows.trial_start'), card)
  await card.getByRole('button', { name: /refund/i }).waitFor()
  await thread.locator('textarea').fill('')
  await press(flows('flows.walk_offer'), card)
  assert.notEqual(await thread.locator('textarea').inputValue(), '')
  await card.getByRole('button', { name: /refund/i }).click()
  // The visitor has left an address: it is not asked.
  await card.getByText(flows('flows.ended_handover', { reason: flows('flows.reason_refund') })).waitFor()

  step('its tags are on the conversation, in the list, and lead to all that have them')
  const tags = thread.getByRole('group', { name: w('workspace.tags') })
  await tags.getByRole('link', { name: w('workspace.tag_show', { tag: 'refund' }) }).waitFor()
  await queue.getByText('refund', { exact: true }).first().waitFor()
  await press(w('workspace.tag_add'), tags)
  await tags.getByLabel(w('workspace.tag_new')).fill('quarter end')
  await press(w('workspace.tag_save'), tags)
  await tags.getByRole('link', { name: w('workspace.tag_show', { tag: 'quarter-end' }) }).click()
  await queue.getByRole('combobox', { name: w('workspace.tag_filter') }).waitFor()
  assert.equal(await queue.getByRole('combobox', { name: w('workspace.tag_filter') }).inputValue(), 'quarter-end')
  await eventually('one has it', async () => (await queue.getByRole('listitem').count()) === 1)
  await press(w('workspace.tag_remove', { tag: 'quarter-end' }), tags)
  await eventually('nothing has the tag any more', async () => (await queue.getByRole('listitem').count()) === 0)
}

const redPicture = async (page: Page): Promise<Buffer> => {
  const drawn = await page.evaluate(({ width, height }) => {
    const canvas = Object.assign(document.createElement('canvas'), { width, height })
    const ink = canvas.getContext('2d')
    if (ink) ink.fillStyle = '#f00'
    ink?.fillRect(0, 0, width, height)
    return canvas.toDataURL('image/png')
  }, picture)
  return Buffer.from(drawn.slice(drawn.indexOf(',') + 1), 'base64')
}

const pixelsOf = (page: Page, address: string) =>
  page.evaluate(async (url) => {
    const image = await createImageBitmap(await (await fetch(url)).blob())
    const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height })
    const ink = canvas.getContext('2d')
    ink?.drawImage(image, 0, 0)
    const at = (x: number, y: number) => [...(ink?.getImageData(x * image.width, y * image.height, 1, 1).data ?? [])]
    return { middle: at(0.5, 0.5).slice(0, 3), corner: at(0.05, 0.05).slice(0, 3) }
  }, address)

const shortFilm = async (page: Page): Promise<Buffer> => {
  const bytes = await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 48 })
    const ink = canvas.getContext('2d')
    const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: 'video/webm' })
    const parts: Blob[] = []
    recorder.ondataavailable = ({ data }) => parts.push(data)
    recorder.start()
    for (let n = 0; n < 20; n++) {
      ink?.fillRect(n * 3, 0, 2, 48)
      await new Promise((resolve) => setTimeout(resolve, 40))
    }
    await new Promise((resolve) => {
      recorder.onstop = resolve
      recorder.stop()
    })
    return [...new Uint8Array(await new Blob(parts).arrayBuffer())]
  })
  return Buffer.from(bytes)
}
