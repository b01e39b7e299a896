import type { Locale } from '@clew/i18n'
import type { BrowserContextOptions, Locator, Page } from 'playwright-core'
import type { Clew } from '../harness/clew.ts'
import { owner } from '../harness/clew.ts'
import type { Stage } from '../harness/stage.ts'
import { wordsOf } from '../harness/words.ts'

export type Workspace = ReturnType<typeof workspaceOn>

/** An agent with a browser of their own, signed in and looking at the inbox. */
export async function sitDown(stage: Stage, clew: Clew, options: BrowserContextOptions = {}): Promise<Workspace> {
  const { context, watch } = await stage.visit({ viewport: { width: 1280, height: 800 }, ...options })
  watch.allow(nobodyYet)
  const workspace = workspaceOn(await context.newPage(), clew.url, options.locale === 'el-GR' ? 'el' : 'en')
  await workspace.signIn()
  return workspace
}

/** The workspace asks who is here; before signing in the answer is 401, which Chromium's console calls an error. */
export const nobodyYet = /status of 401 .*\/api\/v1\/session/

/** The agents' workspace, as an agent uses it. */
export function workspaceOn(page: Page, clewUrl: string, locale: Locale = 'en') {
  const { workspace: t } = wordsOf(locale)
  const thread = page.locator('[data-is=thread]')
  const facts = page.locator('[data-is=facts]')
  const queue = page.locator('[data-is=queue]')
  const press = (name: string | RegExp, within: Locator = thread) =>
    within.getByRole('button', { name }).first().click()

  const write = async (mode: string, text: string) => {
    await press(new RegExp(`^${mode}`))
    await thread.locator('textarea').fill(text)
    await thread.locator('button[type=submit]').click()
  }

  return {
    page,
    thread,
    facts,
    queue,
    press,

    async signIn({ email, password } = owner as { email: string; password: string }) {
      await page.goto(`${clewUrl}/app`)
      await page.getByLabel(t('workspace.email')).fill(email)
      await page.getByRole('button', { name: t('workspace.sign_in_continue') }).click()
      await page.getByLabel(t('workspace.password'), { exact: true }).fill(password)
      await page.getByRole('button', { name: t('workspace.sign_in') }).click()
      await queue.getByRole('heading', { name: t('workspace.inbox') }).waitFor()
    },

    /** A conversation in the list, by its subject. */
    item: (subject: string | RegExp): Locator => queue.getByRole('link').filter({ hasText: subject }),

    reply: (text: string) => write(t('workspace.reply'), text),
    note: (text: string) => write(t('workspace.note'), text),
  }
}
