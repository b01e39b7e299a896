import assert from 'node:assert/strict'
import type { Locator } from 'playwright-core'
import type { Clew } from '../harness/clew.ts'
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
    await finds(stage, agent)
    await takesBack(stage, agent)
    await writesInTwoTabs(stage, agent)
    await looksAfterAll(stage, agent, clew)
    await tellsWhoLooksElsewhere(stage, agent, clew)
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

async function tellsWhoLooksElsewhere(stage: Stage, { page, queue }: Workspace, clew: Clew): Promise<void> {
  stage.step('a browser that may not shows no notification, and says so')
  await page.goto(`${clew.url}/app`)
  const toggle = page.getByRole('menuitemcheckbox', { name: w('workspace.notices') })
  const menu = () => page.getByRole('banner').getByRole('button').last().press('Enter')
  // A browser without a screen refuses them by itself.
  await menu()
  await toggle.press('Enter')
  await page.getByRole('status').getByText(w('workspace.notices_refused')).waitFor()

  stage.step('who looks elsewhere is told who waits, and is led there')
  await page.context().grantPermissions(['notifications'])
  await page.evaluate(watchNotifications)
  await menu()
  await toggle.press('Enter')
  const told = () =>
    page.evaluate(() => (globalThis as { told?: Notification[] }).told?.map(({ title }) => title) ?? [])
  await eventually('it is shown how they look', async () => (await told()).includes(w('workspace.notices_on')))
  await askQuestion({ clew, body: 'The seats are gone again', locale: 'en', forPerson: true })
  await eventually('nobody who looks is told', async () => (await page.title()).startsWith('(2) '))
  assert.equal((await told()).length, 1)
  await page.evaluate(() => Object.defineProperty(document, 'hasFocus', { value: () => false, configurable: true }))
  await askQuestion({ clew, body: 'The chart shows last year', locale: 'en', forPerson: true })
  await eventually('the one who waits is named', async () => (await told()).some((title) => /C-\d+$/.test(title)))
  await page.evaluate(() => (globalThis as { told?: Notification[] }).told?.at(-1)?.dispatchEvent(new Event('click')))
  await page.getByRole('heading', { level: 1, name: 'The chart shows last year' }).waitFor()

  stage.step('nobody is told any more who wants it no longer')
  await menu()
  await page.getByRole('menuitemcheckbox', { name: w('workspace.notices'), checked: true }).press('Enter')
  const before = (await told()).length
  await askQuestion({ clew, body: 'The map is empty', locale: 'en', forPerson: true })
  await queue.getByRole('link').filter({ hasText: 'The map is empty' }).waitFor()
  assert.equal((await told()).length, before)
}

/** Runs in the page: what is shown on a screen is kept, since here is none. */
function watchNotifications(): void {
  const seen: Notification[] = []
  const Shown = globalThis.Notification
  Object.assign(globalThis, {
    told: seen,
    Notification: class extends Shown {
      constructor(title: string, options?: NotificationOptions) {
        super(title, options)
        seen.push(this)
      }
    },
  })
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

async function finds(stage: Stage, { page, thread, queue, item }: Workspace): Promise<void> {
  stage.step('a number, or words of a subject, finds a conversation')
  await item(/The seats/).click()
  const number = await thread
    .getByText(/^C-\d+$/)
    .first()
    .innerText()
  await page.keyboard.press('/')
  await page.keyboard.type('WRONG addr')
  await page.keyboard.press('Enter')
  await thread.getByRole('heading', { level: 1, name: /wrong address/ }).waitFor()
  const field = queue.getByRole('searchbox', { name: w('workspace.find') })
  await page.keyboard.press('k')
  assert.equal(await field.inputValue(), 'WRONG addr', 'the keys work again once it is open')
  await field.fill(number.toLowerCase())
  await item(/The seats/).waitFor()
  await field.fill('zzz')
  await queue.getByText(w('workspace.find_nothing', { words: 'zzz' })).waitFor()
  await field.press('Escape')
  await eventually('all are there', async () => (await queue.getByRole('link').count()) === questions.length)
}

async function takesBack(stage: Stage, { page, item, thread, press }: Workspace): Promise<void> {
  stage.step('who has it, that the assistant has it again, and a tag taken off can be taken back')
  const undone = async (hasText: RegExp) => {
    const toast = page.getByRole('status').locator('p').filter({ hasText })
    await toast.getByRole('button', { name: w('workspace.undo') }).click()
    await toast.waitFor({ state: 'hidden' })
  }
  await item(/The seats/).click()
  await thread.getByRole('heading', { level: 1, name: /The seats/ }).waitFor()
  await page.keyboard.press('Shift+A')
  await undone(/C-\d+ is yours/)
  await thread.getByText(w('workspace.assignee_none')).waitFor()
  await page.keyboard.press('Shift+A')
  await thread.getByText(w('workspace.assignee_you')).waitFor()
  await press(w('workspace.call_assistant_back'))
  await undone(/The assistant answers C-\d+ again/)
  await thread.getByText(w('workspace.assignee_you')).waitFor()

  await press(w('workspace.tag_add'))
  await page.keyboard.type('seats')
  await page.keyboard.press('Enter')
  await press(w('workspace.tag_remove', { tag: 'seats' }))
  await undone(/The tag seats is off/)
  await thread.getByRole('link', { name: w('workspace.tag_show', { tag: 'seats' }) }).waitFor()
}

async function writesInTwoTabs(stage: Stage, { page, item, thread }: Workspace): Promise<void> {
  stage.step('two tabs hold one draft, and what one has sent is gone from the other')
  await item(/wrong address/).click()
  await thread.getByRole('heading', { level: 1, name: /wrong address/ }).waitFor()
  const other = await page.context().newPage()
  await other.goto(page.url())
  const [here, there] = [page, other].map((tab) => tab.locator('[data-is=thread] textarea'))
  if (here === undefined || there === undefined) return assert.fail()
  await there.waitFor()
  await here.fill('We change it')
  await eventually('the other tab has it', async () => (await there.inputValue()) === 'We change it')
  await there.fill('We change it today.')
  await eventually('this tab has it', async () => (await here.inputValue()) === 'We change it today.')
  await there.press('Control+Enter')
  await other.locator('[data-is=thread] ol').getByText('We change it today.').waitFor()
  await eventually('nothing is left to send twice', async () => (await here.inputValue()) === '')
  await other.close()
}

async function looksAfterAll(stage: Stage, { page, thread, queue }: Workspace, clew: Clew): Promise<void> {
  stage.step('whoever has waited longest stays on top, however many have come since')
  // Their first page is of the two latest.
  await page.route(/\/conversations\?view=open$/, (route) =>
    route.continue({ url: `${route.request().url()}&limit=2` }),
  )
  const links = queue.getByRole('link')
  await page.goto(`${clew.url}/app`)
  await eventually('all of them are listed', async () => (await links.count()) === questions.length)
  assert.match(await links.first().innerText(), /The export/)

  stage.step('what the assistant answers changes nothing in the list')
  const news = page.waitForResponse((response) => /\/conversations\?.*limit=1\b/.test(response.url()))
  await askQuestion({ clew, body: 'How do I change my password?', locale: 'en' })
  await news
  assert.equal(await links.count(), questions.length)

  stage.step('the tab says that somebody new waits')
  await askQuestion({ clew, body: 'The report is empty', locale: 'en', forPerson: true })
  await eventually('the title counts', async () => (await page.title()) === `(1) ${w('workspace.inbox')}`)

  stage.step('how things stand is said beside every list')
  await page.goto(`${clew.url}/app?view=resolved`)
  await thread.getByRole('button', { name: w('workspace.take_oldest') }).waitFor()
  await thread.getByRole('link', { name: /The export/ }).waitFor()
}
