import type { Locale } from '@clew/i18n'
import type { Clew } from '../harness/clew.ts'
import { visitAs } from '../harness/customer.ts'
import type { Journey, Stage } from '../harness/stage.ts'
import { eventually } from '../harness/wait.ts'
import { wordsOf } from '../harness/words.ts'
import { bubbleOn } from '../screens/bubble.ts'
import { nobodyYet, type Workspace, workspaceOn } from '../screens/workspace.ts'

const address = 'vera@harbour-books.example'
const question = 'The invoice of last month is not mine'

/** Somebody is erased whose conversation lies open: before them, before an agent, and before one who can only poll. */
const erasedIn = (locale: Locale): Journey => ({
  name: `erased, ${locale}`,
  async run(stage) {
    const clew = await stage.startClew()
    const browser = { locale: locale === 'el' ? 'el-GR' : 'en-GB' }
    const agents = [await sitDownAt(stage, clew, locale), await sitDownAt(stage, clew, locale)] as const
    const [, polling] = agents
    await polling.page.route(/\/api\/v1\/stream/, (route) => route.abort())
    await polling.page.reload()

    stage.step('a person writes, and agents open it and begin to answer')
    const { context, watch } = await stage.visit(browser)
    watch.allow(/status of 401 /)
    const page = await context.newPage()
    await page.goto(`${clew.url}/${locale}`)
    await page.evaluate(
      (email) => (window as never as { Clew(...call: unknown[]): void }).Clew('boot', { email }),
      address,
    )
    const bubble = bubbleOn(page, locale)
    await bubble.open()
    await bubble.write(question)
    for (const agent of agents) await openAndDraft(agent, locale)

    stage.step('they are erased')
    const { api } = await visitAs(stage, { clew, locale })
    await eventually('the address is known', async () => (await found(api)) > 0)
    await api('post', '/console/erasures', { address, confirm: `erase ${address}` })
    for (const agent of agents) await sawItGo(agent, locale)

    stage.step('the bubble is as at the start, says so, and takes a new question')
    const { widget } = wordsOf(locale)
    await bubble.said(widget('widget.conversation_gone')).waitFor({ timeout: 60_000 })
    await eventually('nothing of it is shown', async () => (await bubble.log.getByText(question).count()) === 0)
    await bubble.write('My upload fails with 413')
    await eventually(
      'it is stored',
      async () => (await page.evaluate(() => localStorage.getItem('clew:pending'))) === null,
    )
  },
})

/** What lies open asks once more for what is gone, and says who looked at it. */
async function sitDownAt(stage: Stage, clew: Clew, locale: Locale): Promise<Workspace> {
  const viewport = { width: 1280, height: 800 }
  const { context, watch } = await stage.visit({ viewport, locale: locale === 'el' ? 'el-GR' : 'en-GB' })
  for (const known of [nobodyYet, /status of 404 .*\/conversations\//, /ERR_FAILED .*\/stream/]) watch.allow(known)
  const agent = workspaceOn(await context.newPage(), clew.url, locale)
  await agent.signIn()
  return agent
}

type Api = Awaited<ReturnType<typeof visitAs>>['api']

async function found(api: Api): Promise<number> {
  const preview = await api('post', '/console/erasures/preview', { address }).catch(() => ({ conversations: 0 }))
  return (preview as { conversations: number }).conversations
}

async function openAndDraft({ page, thread, item }: Workspace, locale: Locale): Promise<void> {
  const { workspace: t } = wordsOf(locale)
  await item(question).click()
  await thread
    .getByRole('button', { name: new RegExp(`^${t('workspace.reply')}`) })
    .first()
    .click()
  await thread.locator('textarea').fill('We look into it, Vera')
  await eventually('the draft is kept', async () => (await kept(page)).includes('Vera'))
}

async function sawItGo({ page, thread, item }: Workspace, locale: Locale): Promise<void> {
  const { workspace: t } = wordsOf(locale)
  await thread.getByRole('heading', { name: t('workspace.thread_erased') }).waitFor({ timeout: 60_000 })
  await eventually('it is in no list', async () => (await item(question).count()) === 0)
  await eventually('nor is the draft kept', async () => !(await kept(page)).includes('Vera'))
}

const kept = (page: Workspace['page']): Promise<string> => page.evaluate(() => JSON.stringify({ ...localStorage }))

export const erasedEn: Journey = erasedIn('en')
export const erasedEl: Journey = erasedIn('el')
