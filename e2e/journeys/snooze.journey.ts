import type { Locale } from '@clew/i18n'
import { assertNone, type Faults, inspect } from '../harness/axe.ts'
import { type Clew, owner } from '../harness/clew.ts'
import { askQuestion } from '../harness/customer.ts'
import { keyboardOn } from '../harness/keyboard.ts'
import type { Journey, Stage } from '../harness/stage.ts'
import { eventually } from '../harness/wait.ts'
import { wordsOf } from '../harness/words.ts'
import { sitDown, type Workspace } from '../screens/workspace.ts'

const questions = ['The export never ends', 'The seats are not there'] as const
const zone = 'Europe/Athens'

/** With the keyboard alone an agent puts a conversation off, finds it again among those that sleep, and has it back. */
export const snooze: Journey = {
  name: 'snooze',
  async run(stage) {
    const clew = await stage.startClew()
    for (const body of questions) await askQuestion({ clew, body, locale: 'en', forPerson: true })
    const faults: Faults = new Map()
    for (const locale of ['en', 'el'] as const) await putsOff(stage, { clew, locale, faults })
    assertNone(faults)
  },
}

const said = { en: 'tomorrow 9', el: 'αύριο 9' } as const

type Scene = { clew: Clew; locale: Locale; faults: Faults }

async function putsOff(stage: Stage, { clew, locale, faults }: Scene): Promise<void> {
  const { workspace: w } = wordsOf(locale)
  const agent = await sitDown(stage, clew, { timezoneId: zone, locale: locale === 'el' ? 'el-GR' : 'en-GB' })
  const { page, item } = agent
  await opens(agent, w('workspace.snooze'))

  stage.step(`what was typed is shown as a time before anything happens (${locale})`)
  await page.keyboard.press('z')
  const dialog = page.getByRole('dialog', { name: w('workspace.snooze_title') })
  await dialog.waitFor()
  const understood = dialog.getByRole('status')
  await page.keyboard.type('soon')
  await page.keyboard.press('Enter')
  await understood.getByText(w('workspace.snooze_unknown')).waitFor()
  await dialog.getByRole('textbox').fill('')
  await page.keyboard.type(said[locale])
  await understood.getByText(/09:00/).waitFor()
  await inspect(page, `snooze, ${locale}`, faults)

  stage.step(`it leaves the list, and can be taken back (${locale})`)
  await dialog.getByRole('textbox').press('Enter')
  await item(/The export/).waitFor({ state: 'detached' })
  await item(/The seats/).waitFor()
  const toast = page.getByRole('status').locator('p').filter({ hasText: /09:00/ })
  await toast.getByRole('button', { name: w('workspace.undo') }).click()
  await item(/The export/).waitFor()

  stage.step(`one of the times offered does the same (${locale})`)
  await opens(agent, w('workspace.snooze'))
  await page.keyboard.press('z')
  const keys = keyboardOn(page)
  await keys.use(dialog.getByRole('button', { name: new RegExp(`^${w('workspace.snooze_in_an_hour')}`) }))
  await item(/The export/).waitFor({ state: 'detached' })

  await wakes(stage, agent, { locale, faults })
}

/** The keys are there with the buttons; the title is sooner. */
async function opens({ item, thread }: Workspace, name: string): Promise<void> {
  await item(/The export/).click()
  await thread.getByRole('button', { name }).waitFor()
}

async function wakes(
  stage: Stage,
  { page, thread, queue, item }: Workspace,
  { locale, faults }: Pick<Scene, 'locale' | 'faults'>,
): Promise<void> {
  const { workspace: w } = wordsOf(locale)
  stage.step(`what sleeps is in a view of its own, with its time (${locale})`)
  await queue.getByLabel(w('workspace.queue_show')).selectOption('snoozed')
  await queue
    .getByText(w('workspace.view_with_count', { view: w('workspace.view_snoozed'), count: 1 }))
    .waitFor({ state: 'attached' })
  const until = w('workspace.snoozed_until', { until: '' }).trim()
  await item(/The export/)
    .getByText(until)
    .waitFor()
  await item(/The export/).click()
  await thread.getByRole('banner').or(thread.locator('header')).getByText(until).waitFor()
  await inspect(page, `snoozed, ${locale}`, faults)

  stage.step(`it is had back before its time, and the timeline says by whom (${locale})`)
  await thread.getByRole('button', { name: w('workspace.wake_now') }).press('Enter')
  await thread.getByText(w('workspace.wake_now')).waitFor({ state: 'detached' })
  await queue.getByText(w('workspace.queue_empty_snoozed')).waitFor()
  const [said = ''] = w('workspace.activity_woken_by', { name: owner.name, by: '', until: '' }).split(owner.name)
  await thread
    .locator('ol')
    .getByText(said + owner.name)
    .first()
    .waitFor()
  await queue.getByLabel(w('workspace.queue_show')).selectOption('open')
  await eventually('it is back in the list', () => item(/The export/).isVisible())
}
