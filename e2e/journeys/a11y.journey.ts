import path from 'node:path'
import { violationsOf } from '../harness/axe.ts'
import type { Clew } from '../harness/clew.ts'
import { inRoot } from '../harness/folders.ts'
import type { Journey, Stage } from '../harness/stage.ts'
import { wordsOf } from '../harness/words.ts'
import { bubbleOn } from '../screens/bubble.ts'
import { sitDown, workspaceOn } from '../screens/workspace.ts'

const pages = ['/en', '/el', '/en/search?q=upload', '/en/contact', '/en/har', '/en/status', '/en/my', '/demo', '/en/nowhere']
const har = inRoot('apps/server/content/demo/upload-refused.har')
const { assistant, widget, workspace: w } = wordsOf('en')

/** No violation on any main screen, at 320 and 1280 px, light and dark. */
export const a11y: Journey = {
  name: 'a11y',
  async run(stage) {
    const clew = await stage.startClew()
    const found = [...(await helpCentre(stage, clew)), ...(await bubbleAndDesk(stage, clew))]
    if (found.length > 0) throw new Error(`axe found ${found.length} violations:\n${found.join('\n')}`)
  },
}

async function helpCentre(stage: Stage, clew: Clew): Promise<string[]> {
  const { context, watch } = await stage.visit()
  watch.allow(/status of 404 /)
  const page = await context.newPage()
  const found: string[] = []
  for (const address of pages) {
    stage.step(address)
    await page.goto(clew.url + address)
    found.push(...(await violationsOf(page, address)))
  }
  stage.step('an article')
  await page.goto(`${clew.url}/en/search?q=upload+fails`)
  await page.getByRole('main').getByRole('link', { name: /upload/i }).first().click()
  await page.getByRole('heading', { level: 1, name: /upload/i }).waitFor()
  found.push(...(await violationsOf(page, 'article')))
  await context.close()
  return found
}

async function bubbleAndDesk(stage: Stage, clew: Clew): Promise<string[]> {
  const found: string[] = []
  const { context } = await stage.visit()
  const page = await context.newPage()
  await page.goto(`${clew.url}/en`)
  const bubble = bubbleOn(page, 'en')
  stage.step('the bubble')
  await bubble.open()
  found.push(...(await violationsOf(page, 'bubble, open')))
  await bubble.write('My file will not upload')
  await bubble.log.getByRole('button', { name: assistant('assistant.reply_checks') }).waitFor()
  found.push(...(await violationsOf(page, 'bubble, conversation')))
  await bubble.makeSafe(har)
  found.push(...(await violationsOf(page, 'bubble, HAR report')))
  await bubble.sendSafeCopy()
  await bubble.chip('environment')
  found.push(...(await violationsOf(page, 'bubble, form')))
  await bubble.press(widget('widget.cancel'))
  await bubble.askForPerson()

  stage.step('signing in')
  const { context: hall, watch } = await stage.visit()
  watch.allow(/status of 401 /)
  const door = workspaceOn(await hall.newPage(), clew.url)
  await door.page.goto(`${clew.url}/app`)
  await door.page.getByLabel(w('workspace.email')).waitFor()
  found.push(...(await violationsOf(door.page, 'sign-in')))

  stage.step('the workspace')
  const agent = await sitDown(stage, clew)
  await agent.item(/upload/).waitFor()
  found.push(...(await violationsOf(agent.page, 'inbox')))
  await agent.item(/upload/).click()
  await agent.facts.getByText(/413/).first().waitFor()
  found.push(...(await violationsOf(agent.page, 'conversation')))
  await agent.facts.getByRole('link', { name: w('workspace.open_waterfall') }).click()
  await agent.page.getByRole('heading', { name: w('workspace.findings') }).waitFor()
  found.push(...(await violationsOf(agent.page, path.basename(har))))
  await agent.page.getByRole('link', { name: w('workspace.settings') }).click()
  await agent.page.getByRole('heading', { name: w('workspace.members') }).waitFor()
  found.push(...(await violationsOf(agent.page, 'members')))
  return found
}
