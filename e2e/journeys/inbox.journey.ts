import assert from 'node:assert/strict'
import type { Locator } from 'playwright-core'
import { askQuestion } from '../harness/customer.ts'
import type { Journey, Stage } from '../harness/stage.ts'
import { eventually } from '../harness/wait.ts'
import { wordsOf } from '../harness/words.ts'
import { sitDown, type Workspace } from '../screens/workspace.ts'

const { workspace: w } = wordsOf('en')
const long = `The export has been running ${'for our whole team and never comes to an end '.repeat(20)}since nine`
const questions = [
  long,
  'My password is olive-Harbour-77!, please sign in and look',
  'The seats that we bought are not there',
  'The invoice has the wrong address',
]

/** The agent's day at the inbox: what is read, what the keys do, and what can be taken back. */
export const inbox: Journey = {
  name: 'inbox',
  async run(stage) {
    const clew = await stage.startClew()
    for (const body of questions) await askQuestion({ clew, body, locale: 'en', forPerson: true })
    const agent = await sitDown(stage, clew, { viewport: { width: 1366, height: 768 } })
    await readsBrief(stage, agent)
    await readsOnPhone(stage, agent)
    await seesNoLabels(stage, agent)
    await resolvesOnce(stage, agent)
    await goesOnFromNowhere(stage, agent, clew.url)
  },
}

async function boxOf(shown: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  return (await shown.boundingBox()) ?? assert.fail(`${String(shown)} is not on screen`)
}

async function readsBrief(stage: Stage, { page, item, thread }: Workspace): Promise<void> {
  stage.step('a long problem leaves room for the conversation')
  await item(/export/).click()
  const brief = thread.getByRole('region', { name: w('workspace.brief') })
  const { height: short } = await boxOf(brief)
  assert.ok(short <= 768 / 4, `the brief takes ${short} px`)

  stage.step('the brief opens whole, and stays folded where somebody folded it')
  await brief.getByText(w('workspace.brief_more')).press('Enter')
  await eventually('more of the brief shows', async () => (await boxOf(brief)).height > short)
  const fold = brief.getByRole('button', { name: w('workspace.brief') })
  await fold.press('Enter')
  await brief.getByText(w('workspace.brief_problem'), { exact: true }).first().waitFor({ state: 'hidden' })
  await page.reload()
  await brief.getByRole('button', { name: w('workspace.brief'), expanded: false }).press('Enter')
  await brief.getByText(w('workspace.brief_problem'), { exact: true }).first().waitFor()
}

async function readsOnPhone(stage: Stage, { page, thread }: Workspace): Promise<void> {
  stage.step('a phone has room for the title')
  for (const width of [320, 390]) {
    await page.setViewportSize({ width, height: 700 })
    const title = await boxOf(thread.getByRole('heading', { level: 1 }))
    assert.ok(title.width > width / 2, `the title has ${title.width} px of ${width}`)
  }
  await page.setViewportSize({ width: 1280, height: 800 })
}

async function seesNoLabels(stage: Stage, { page, item, thread, queue }: Workspace): Promise<void> {
  stage.step('where a password stood, words say so')
  await item(/My password/).click()
  await thread.getByRole('heading', { level: 1, name: w('workspace.hidden_password') }).waitFor()
  await queue.getByText(w('workspace.hidden_password')).waitFor()
  assert.ok(!(await page.locator('body').innerText()).includes('[secret:'), 'a label is shown as it is stored')
  assert.ok(!(await page.title()).includes('[secret:'))
}

async function resolvesOnce(stage: Stage, { page, thread, queue, item }: Workspace): Promise<void> {
  stage.step('a key that is held or pressed twice resolves one conversation')
  const seen = page.waitForTimeout(600)
  const left = () => queue.getByRole('link').count()
  const before = await left()
  await seen
  for (let presses = 0; presses < 4; presses += 1) await page.keyboard.down('e')
  await page.keyboard.up('e')
  await page.keyboard.press('e')
  const undo = page.getByRole('button', { name: w('workspace.undo') })
  await undo.waitFor()
  assert.equal(await left(), before - 1)

  stage.step('what says so leaves the draft free, and takes it back')
  const [toast, send] = [
    await boxOf(undo),
    await boxOf(thread.getByRole('button', { name: w('workspace.send_and_resolve') })),
  ]
  const draft = await boxOf(thread.getByRole('textbox'))
  for (const { x, width } of [send, draft]) assert.ok(toast.x >= x + width, 'a toast lies over the composer')
  await undo.click()
  await item(/My password/).waitFor()
  assert.equal(await left(), before)
}

async function goesOnFromNowhere(stage: Stage, { page, queue }: Workspace, clewUrl: string): Promise<void> {
  stage.step('from an address that leads nowhere one goes on as from every page')
  const areas = page.getByRole('navigation', { name: w('workspace.areas') })
  for (const nowhere of ['/app/nowhere/at-all', '/app/console/nowhere']) {
    await page.goto(clewUrl + nowhere)
    await page.getByRole('heading', { name: w('workspace.page_missing') }).waitFor()
    await areas.getByRole('link', { name: w('workspace.flows') }).click()
    await page.getByRole('heading', { name: w('workspace.page_missing') }).waitFor({ state: 'hidden' })
  }
  await page.goto(`${clewUrl}/app/nowhere`)
  await page.getByRole('link', { name: w('workspace.back_to_queue') }).click()
  await queue.getByRole('heading', { name: w('workspace.inbox') }).waitFor()
}
