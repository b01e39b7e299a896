import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { owner, setUpOwner } from '../harness/clew.ts'
import { uploadChecks } from '../harness/flows.ts'
import { planted, startHostProduct, uploadRequestId } from '../harness/host-product.ts'
import { assertNothingKept } from '../harness/leaks.ts'
import { recordFailingUpload } from '../harness/record-har.ts'
import type { Journey } from '../harness/stage.ts'
import { eventually } from '../harness/wait.ts'
import { wordsOf } from '../harness/words.ts'
import { type Bubble, bubbleOn } from '../screens/bubble.ts'
import { sitDown, type Workspace } from '../screens/workspace.ts'

const question = "My file won't upload, it stops with an error"
const visitorEmail = 'dora@harbour-books.example'
const { case: about, widget, workspace: w } = wordsOf('en')

/** The thread from end to end: answer, diagnosis, complete case, handover, reply, resolution. */
export const uploadFailureEn: Journey = {
  name: 'upload-failure.en',
  async run(stage) {
    const clew = await stage.startClew({ owner: false, prepare: setUpOwner })
    const host = await startHostProduct({ clewUrl: clew.url })
    stage.onEnd(host.close)
    stage.step('Chromium records the failing upload')
    const har = await recordFailingUpload(stage, host)

    const visitor = await stage.visit()
    stage.step('the visitor searches the help centre')
    const page = await visitor.context.newPage()
    await page.goto(`${clew.url}/en`)
    await page.getByRole('searchbox').first().fill('upload fails')
    await page.keyboard.press('Enter')
    await page
      .getByRole('main')
      .getByRole('link', { name: /upload/i })
      .first()
      .click()
    await page
      .getByRole('heading', { level: 1 })
      .filter({ hasText: /upload/i })
      .waitFor()

    stage.step('an agent is at the inbox')
    const agent = await sitDown(stage, clew)

    await page.goto(host.url)
    const bubble = bubbleOn(page, 'en')
    await askAndWalk(stage.step, bubble)
    await attachHar(stage.step, bubble, har)
    await completeCase(stage.step, bubble)
    stage.step('the visitor asks for a person')
    await bubble.askForPerson()
    await bubble.said(about('case.handed_over')).waitFor()

    await agentReads(stage.step, agent)
    await talk(stage.step, { bubble, agent })

    stage.step('nothing planted was sent or kept')
    await assertNothingKept(clew, { secrets: Object.values(planted), known: uploadRequestId })
  },
}

type Say = (what: string) => void

async function askAndWalk(step: Say, bubble: Bubble): Promise<void> {
  step('the visitor asks and gets an answer with its source')
  await bubble.open()
  await bubble.write(question)
  await bubble.log
    .locator('.source')
    .getByRole('button', { name: /upload/i })
    .first()
    .waitFor()
  step('the visitor goes through the checks in vain')
  await bubble.walkInVain()
  await bubble.said(widget('widget.flow_exhausted')).waitFor()
}

async function attachHar(step: Say, bubble: Bubble, har: string): Promise<void> {
  step('the HAR is made safe in the browser')
  const removed = await bubble.makeSafe(har)
  assert.ok(removed >= 3, `only ${removed} values were removed`)
  assert.match(await readFile(har, 'utf8'), new RegExp(planted.bearer))
  await bubble.sendSafeCopy()
  step('the safe copy arrives and its finding is shown')
  await bubble.said(/too large/).waitFor()
  await bubble.log.getByText(uploadRequestId).first().waitFor()
}

async function completeCase(step: Say, bubble: Bubble): Promise<void> {
  step('the chips show what is missing, and the visitor fills it')
  const needed = (await bubble.chips()).filter((chip) => !chip.includes(about('case.chip_given', { field: '' })))
  assert.ok(needed.length > 0, 'the case has no gaps to show')
  await bubble.agreeToShareEnvironment()
  await bubble.give('timestamps', (form) => form.getByRole('textbox').fill('yesterday at 14:05'))
  await bubble.give('account', (form) => form.getByLabel(about('case.label_email')).fill(visitorEmail))
  const given = about('case.chip_given', { field: widget('widget.field_environment') })
  await eventually('the environment is on the case', async () =>
    (await bubble.chips()).some((chip) => chip.includes(given)),
  )
}

async function agentReads(step: Say, { page, item, facts, thread }: Workspace): Promise<void> {
  step('the agent sees the conversation arrive, without a reload')
  await item(/upload/i).waitFor()
  assert.equal(await page.evaluate(() => performance.getEntriesByType('navigation').length), 1)
  await item(/upload/i).click()
  step('the agent sees the case, the finding and the steps')
  await facts.getByText(visitorEmail).waitFor()
  await facts.getByText(/Chrom/).first().waitFor()
  await facts.getByText(/413/).first().waitFor()
  await facts.getByText(uploadRequestId).first().waitFor()
  for (const { title } of uploadChecks('en')) await thread.getByText(title).first().waitFor()
}

async function talk(step: Say, { bubble, agent }: { bubble: Bubble; agent: Workspace }): Promise<void> {
  step('the agent takes it, replies and writes a note')
  await agent.press(w('workspace.take'))
  await bubble
    .said(widget('widget.took_over', { name: owner.name }))
    .or(bubble.said(widget('widget.assigned', { name: owner.name })))
    .first()
    .waitFor()
  await agent.note('Ask the storage team about the 20 MB limit.')
  await agent.thread.getByText('Ask the storage team').waitFor()
  await agent.reply('The file is larger than 20 MB. I have raised your limit: please try again.')
  await bubble.said(/I have raised your limit/).waitFor()
  assert.equal(await bubble.log.getByText('Ask the storage team').count(), 0, 'the visitor sees a note')

  step('resolved, and reopened by the next message')
  await agent.press(new RegExp(`^${w('workspace.resolve')}`))
  await bubble.said(widget('widget.resolved')).waitFor()
  await bubble.status(widget('widget.state_resolved')).waitFor()
  await bubble.panel.locator('.case').waitFor({ state: 'hidden' })
  await bubble.write('It stopped again just now.')
  await bubble.status(widget('widget.state_agent', { name: owner.name })).waitFor()
  await agent.item(/upload/i).waitFor()
}
