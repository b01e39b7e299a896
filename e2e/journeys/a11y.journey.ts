import { type Faults, inspect } from '../harness/axe.ts'
import type { Clew } from '../harness/clew.ts'
import { uploadChecks } from '../harness/flows.ts'
import { uncleanHar } from '../harness/record-har.ts'
import type { Journey, Stage } from '../harness/stage.ts'
import { wordsOf } from '../harness/words.ts'
import { bubbleOn } from '../screens/bubble.ts'
import { sitDown, workspaceOn } from '../screens/workspace.ts'

const pages = [
  '/en',
  '/el',
  '/en/search?q=upload',
  '/en/contact?kind=upload',
  '/en/har',
  '/en/status',
  '/en/my',
  '/demo',
  '/en/nowhere',
]
const { members: m, widget, workspace: w } = wordsOf('en')

/** No violation on any main screen, at 320 and 1280 px, light and dark. */
export const a11y: Journey = {
  name: 'a11y',
  async run(stage) {
    const clew = await stage.startClew()
    const faults: Faults = new Map()
    await helpCentre(stage, clew, faults)
    await bubble(stage, clew, faults)
    await desk(stage, clew, faults)
    const told = [...faults].map(([fault, where]) => `${fault}\n  on ${where.join('; ')}`)
    if (told.length > 0) throw new Error(`${told.length} faults:\n${told.join('\n')}`)
  },
}

async function helpCentre(stage: Stage, clew: Clew, faults: Faults): Promise<void> {
  const { context, watch } = await stage.visit()
  watch.allow(/status of 404 /)
  const page = await context.newPage()
  for (const address of pages) {
    stage.step(address)
    await page.goto(clew.url + address)
    await inspect(page, address, faults)
  }
  stage.step('an article')
  await page.goto(`${clew.url}/en/search?q=upload+fails`)
  await page
    .getByRole('main')
    .getByRole('link', { name: /upload/i })
    .first()
    .click()
  await page.getByRole('heading', { level: 1, name: /upload/i }).waitFor()
  await inspect(page, 'article', faults)
  await context.close()
}

async function bubble(stage: Stage, clew: Clew, faults: Faults): Promise<void> {
  const { context } = await stage.visit()
  const page = await context.newPage()
  await page.goto(`${clew.url}/en`)
  const panel = bubbleOn(page, 'en')
  stage.step('the bubble')
  await panel.open()
  await inspect(page, 'bubble, open', faults)
  await panel.write('My file will not upload')
  const [check] = uploadChecks('en')
  await panel.log.getByRole('button', { name: check?.inVain ?? '', exact: true }).waitFor()
  await inspect(page, 'bubble, conversation', faults)
  await panel.makeSafe(await uncleanHar(stage))
  await inspect(page, 'bubble, HAR report', faults)
  await panel.sendSafeCopy()
  await panel.openEnvironment()
  await inspect(page, 'bubble, form', faults)
  await panel.press(widget('widget.cancel'))
  await panel.askForPerson()
}

async function desk(stage: Stage, clew: Clew, faults: Faults): Promise<void> {
  stage.step('signing in')
  const { context: hall, watch } = await stage.visit()
  watch.allow(/status of 401 /)
  const door = workspaceOn(await hall.newPage(), clew.url)
  await door.page.goto(`${clew.url}/app`)
  await door.page.getByLabel(w('workspace.email')).waitFor()
  await inspect(door.page, 'sign-in', faults)

  stage.step('the workspace')
  const agent = await sitDown(stage, clew)
  await agent.item(/upload/).waitFor()
  await inspect(agent.page, 'inbox', faults)
  await agent.item(/upload/).click()
  await agent.facts.getByText(/413/).first().waitFor()
  await inspect(agent.page, 'conversation', faults)
  await agent.facts.getByRole('link', { name: w('workspace.open_waterfall') }).click()
  await agent.page.getByRole('heading', { name: w('workspace.findings') }).waitFor()
  await inspect(agent.page, 'waterfall', faults)
  await agent.page.getByRole('link', { name: w('workspace.settings') }).click()
  await agent.page.getByRole('heading', { name: m('console-members.members_title') }).waitFor()
  await inspect(agent.page, 'members', faults)
}
