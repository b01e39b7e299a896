import assert from 'node:assert/strict'
import { owner, printedSetUpLink } from '../harness/clew.ts'
import type { Journey, Stage } from '../harness/stage.ts'
import { eventually } from '../harness/wait.ts'
import { wordsOf } from '../harness/words.ts'
import { bubbleOn } from '../screens/bubble.ts'
import { nobodyYet, type Workspace, workspaceOn } from '../screens/workspace.ts'

const { workspace: t, members: m } = wordsOf('en')
const colleague = { name: 'Petros Vlachos', email: 'petros@northlight.example', password: 'granite meadow whistle 7' }

/** From the link that was printed to a team of two; wrong and used links; a session that ends while one writes. */
export const firstOwner: Journey = {
  name: 'first-owner',
  async run(stage) {
    const clew = await stage.startClew({ owner: false })
    await eventually('the one-time link is printed', () => clew.output().includes('#token='))
    const link = printedSetUpLink(clew)
    const me = await newPerson(stage, clew.url)

    stage.step('a wrong link is refused')
    await me.page.goto(link.slice(0, -4))
    await fillWelcome(me, owner)
    await me.page.getByRole('button', { name: t('workspace.set_up_button') }).click()
    await me.page.getByRole('alert').waitFor()

    stage.step('the printed link makes the owner and signs in')
    await openLink(me, link)
    await fillWelcome(me, owner)
    await me.page.getByRole('button', { name: t('workspace.set_up_button') }).click()
    await me.queue.getByRole('heading', { name: t('workspace.inbox') }).waitFor()

    stage.step('the used link leads to signing in')
    const stranger = await newPerson(stage, clew.url)
    await openLink(stranger, link)
    await stranger.page.getByText(t('workspace.set_up_done')).waitFor()
    assert.equal(await stranger.page.getByRole('textbox').count(), 0)
    await stranger.page.getByRole('link', { name: t('workspace.sign_in') }).waitFor()

    stage.step('a colleague is invited by link and joins')
    const invitation = await invite(me)
    const second = await newPerson(stage, clew.url)
    await openLink(second, invitation)
    await fillWelcome(second, { ...colleague, email: undefined })
    await second.page.getByRole('button', { name: t('workspace.join_button') }).click()
    await second.queue.getByRole('heading', { name: t('workspace.inbox') }).waitFor()
    await openLink(stranger, invitation)
    await fillWelcome(stranger, { ...colleague, email: undefined })
    await stranger.page.getByRole('button', { name: t('workspace.join_button') }).click()
    await stranger.page.getByRole('alert').waitFor()

    await sessionEnds(stage, { clewUrl: clew.url, agent: second })
  },
}

async function newPerson(stage: Stage, clewUrl: string): Promise<Workspace> {
  const { context, watch } = await stage.visit({ viewport: { width: 1280, height: 800 } })
  watch.allow(nobodyYet)
  // Links that are wrong or used, and a session that has ended: the refusals are what the journey is about.
  watch.allow(/status of (400|401|403|404|409|410|422) /)
  return workspaceOn(await context.newPage(), clewUrl)
}

/** The token stands behind the hash: from the same page, a browser needs to be told to load it anew. */
async function openLink({ page }: Workspace, link: string): Promise<void> {
  await page.goto('about:blank')
  await page.goto(link)
}

async function fillWelcome({ page }: Workspace, person: { name: string; email: string | undefined; password: string }) {
  await page.getByLabel(t('workspace.your_name')).fill(person.name)
  if (person.email !== undefined) await page.getByLabel(t('workspace.email')).fill(person.email)
  await page.getByLabel(t('workspace.password_new')).fill(person.password)
}

async function invite({ page }: Workspace): Promise<string> {
  await page.getByRole('link', { name: t('workspace.settings') }).click()
  await page.getByLabel(m('console-members.invite_addresses')).fill(colleague.email)
  await page.getByRole('button', { name: m('console-members.invite_send', { count: 1 }) }).click()
  const copy = page.getByRole('button', { name: m('console-members.invite_copy') })
  const link = /http\S+#token=[\w-]+/.exec(await copy.innerText())?.[0]
  assert.ok(link, 'the invitation shows no link')
  return link
}

async function sessionEnds(stage: Stage, { clewUrl, agent }: { clewUrl: string; agent: Workspace }): Promise<void> {
  stage.step('the session ends while the colleague writes: the draft is kept')
  const { context } = await stage.visit()
  const page = await context.newPage()
  await page.goto(`${clewUrl}/en`)
  const bubble = bubbleOn(page, 'en')
  await bubble.open()
  await bubble.write('I cannot see my invoice')
  await bubble.askForPerson()
  await agent.item(/invoice/).click()
  const draft = 'Your invoice is under Settings, Billing.'
  await agent.thread.locator('textarea').fill(draft)
  await agent.page.context().clearCookies()
  // Saying that one is here may find out before the button does; then there is none any more.
  const take = agent.thread.getByRole('button', { name: t('workspace.take') })
  await take.evaluateAll(([button]) => (button as HTMLElement | undefined)?.click())
  await agent.page.getByText(t('workspace.sign_in_expired')).waitFor()
  await agent.page.getByLabel(t('workspace.email')).fill(colleague.email)
  await agent.page.getByRole('button', { name: t('workspace.sign_in_continue') }).click()
  await agent.page.getByLabel(t('workspace.password'), { exact: true }).fill(colleague.password)
  await agent.page.getByRole('button', { name: t('workspace.sign_in') }).click()
  await agent.thread.locator('textarea').waitFor()
  assert.equal(await agent.thread.locator('textarea').inputValue(), draft)
  await agent.thread.locator('button[type=submit]').click()
  await bubble.said(draft).waitFor()
}
