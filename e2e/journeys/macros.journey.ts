import assert from 'node:assert/strict'
import type { Locale } from '@clew/i18n'
import type { Locator } from 'playwright-core'
import { assertNone, type Faults, inspect } from '../harness/axe.ts'
import type { Clew } from '../harness/clew.ts'
import { askQuestion, browserLocale } from '../harness/customer.ts'
import { type Keyboard, keyboardOn } from '../harness/keyboard.ts'
import type { Journey, Stage } from '../harness/stage.ts'
import { eventually } from '../harness/wait.ts'
import { type Words, wordsOf } from '../harness/words.ts'
import { sitDown, type Workspace } from '../screens/workspace.ts'

const questions = {
  en: ['The export fails every morning', 'The seats that we bought are missing'],
  el: ['Η εξαγωγή αποτυγχάνει κάθε πρωί', 'Οι θέσεις που αγοράσαμε λείπουν'],
} as const

/** With keys alone: a lead saves a reply, and agents put it into theirs. */
export const macros: Journey = { name: 'macros', run: (stage) => play(stage, 'en') }
export const macrosEl: Journey = { name: 'macros-el', run: (stage) => play(stage, 'el') }

type Scene = {
  stage: Stage
  clew: Clew
  locale: Locale
  words: Words
  agent: Workspace
  keys: Keyboard
  faults: Faults
  text: Locator
  find: Locator
}

async function play(stage: Stage, locale: Locale): Promise<void> {
  const clew = await stage.startClew()
  for (const body of questions[locale]) await askQuestion({ clew, body, locale, forPerson: true })
  const agent = await sitDown(stage, clew, { locale: browserLocale[locale] })
  const words = wordsOf(locale)
  const keys = keyboardOn(agent.page)
  const faults: Faults = new Map()
  const text = agent.thread.locator('textarea')
  const find = agent.thread.getByRole('combobox', { name: words.macros('macros.find') })
  const scene: Scene = { stage, clew, locale, words, agent, keys, faults, text, find }
  await savesOne(scene)
  await replies(scene)
  await fillsIn(scene)
  await resolves(scene)
  await deletes(scene)
  assertNone(faults)
}

const ours = {
  en: {
    name: 'Plan and seats',
    wrong: 'Hello {{first}},',
    body: 'Hello {{contact.name}}, {{agent.name}} looks at {{conversation.number}}.',
  },
  el: {
    name: 'Πρόγραμμα και θέσεις',
    wrong: 'Γεια {{όνομα}},',
    body: 'Γεια σας {{contact.name}}, το {{conversation.number}} το έχει: {{agent.name}}.',
  },
} as const

async function savesOne({ stage, clew, locale, words: { macros: t }, agent, keys, faults }: Scene): Promise<void> {
  const { page } = agent
  stage.step('a lead writes a macro, and is told what cannot be filled in')
  await keys.open(`${clew.url}/app/settings/macros`)
  await keys.use(page.getByRole('link', { name: t('macros.new') }))
  await keys.write(page.getByLabel(t('macros.name'), { exact: true }), ours[locale].name)
  const body = page.getByLabel(t(`macros.body_${locale}`))
  await keys.write(body, ours[locale].wrong)
  await page.getByRole('alert').filter({ hasText: '{{case.request_id}}' }).waitFor()
  await inspect(page, `a macro that cannot be saved, ${locale}`, faults)

  stage.step('what is not saved is not lost by another page')
  await keys.use(page.getByRole('link', { name: 'Resolved' }))
  const leave = page.getByRole('dialog', { name: t('macros.leave_title') })
  await leave.waitFor()
  await keys.press('Escape')
  await leave.waitFor({ state: 'hidden' })
  assert.equal(await body.inputValue(), ours[locale].wrong)

  stage.step('as it is filled in it is shown, and saved')
  await keys.write(body, ours[locale].body)
  await page.getByRole('figure').getByText(t('macros.example_name')).first().waitFor()
  await page.getByRole('figure').getByText('C-1042').waitFor()
  await keys.write(page.getByLabel(t('macros.tags'), { exact: true }), 'seats')
  await keys.press('Control+s')
  await page.getByRole('link', { name: ours[locale].name }).waitFor()
  await page.getByText(t('macros.saved', { name: ours[locale].name })).waitFor()
  await inspect(page, `a macro, ${locale}`, faults)
}

async function openList({ agent: { page }, keys, text, find }: Scene): Promise<void> {
  await text.waitFor()
  const isThere = () => text.evaluate((each) => each === document.activeElement)
  if (!(await isThere())) await page.keyboard.press('r')
  await eventually('the reply has the focus', isThere)
  await keys.press('/')
  await find.waitFor()
  assert.equal(await text.inputValue(), '/')
}

async function replies(scene: Scene): Promise<void> {
  const { stage, clew, locale, words, agent, keys, faults, text, find } = scene
  const { page, thread, item } = agent
  stage.step('a slash opens the list, and Esc leaves the slash')
  await page.goto(`${clew.url}/app`)
  await item(questions[locale][0]).click()
  await openList(scene)
  await thread.getByRole('option').first().waitFor()
  await inspect(page, `the list of macros, ${locale}`, faults)
  await keys.press('Escape')
  await find.waitFor({ state: 'hidden' })
  assert.equal(await text.inputValue(), '/')
  await page.keyboard.type('x')
  assert.equal(await text.inputValue(), '/x', 'the letters go on in the reply')
  await keys.press('Control+A')
  await keys.press('Delete')

  stage.step('words of the text find it whatever their accents, and it shows filled in before it is taken')
  await keys.press('/')
  await find.waitFor()
  await page.keyboard.type(locale === 'el' ? 'ΘΕΣΕΙΣ' : 'SEATS pl')
  await thread.getByRole('option', { selected: true }).filter({ hasText: ours[locale].name }).waitFor()
  const greeting = locale === 'el' ? 'Γεια σας, το C-' : 'Hello, '
  await thread.getByRole('group', { name: ours[locale].name }).getByText(greeting).waitFor()
  await keys.press('Enter')
  await eventually('the reply holds the text', async () => (await text.inputValue()).startsWith(greeting))
  assert.ok(!(await text.inputValue()).includes('{{'), await text.inputValue())

  stage.step('what comes with it is said, and comes when it is sent')
  await thread.getByText(words.workspace('workspace.macro_adds_tag', { tag: 'seats' })).waitFor()
  assert.equal(
    await thread.getByRole('link', { name: words.workspace('workspace.tag_show', { tag: 'seats' }) }).count(),
    0,
  )
  await text.press('Control+Enter')
  await thread.getByRole('link', { name: words.workspace('workspace.tag_show', { tag: 'seats' }) }).waitFor()
}

async function fillsIn(scene: Scene): Promise<void> {
  const { stage, locale, words, agent, keys, faults, text } = scene
  const { page, thread } = agent
  stage.step('what nobody knows is asked for before it goes')
  await openList(scene)
  await page.keyboard.type('at your request')
  await thread.getByRole('option', { selected: true }).filter({ hasText: 'We are looking at your request' }).waitFor()
  await keys.press('Enter')
  await eventually('the text is there', async () => (await text.inputValue()).includes('{{case.request_id}}'))
  await keys.press('Control+Enter')
  const missing = words.workspace('workspace.macro_what_case_request_id')
  await thread.getByRole('alert').filter({ hasText: missing }).waitFor()
  await inspect(page, `a reply with a gap, ${locale}`, faults)
  await page.keyboard.insertText('req_7Kp2')
  const sent = await text.inputValue()
  assert.match(sent, /req_7Kp2/)
  assert.ok(!sent.includes('{{'), sent)
  await keys.press('Control+Enter')
  await eventually('the reply has gone', async () => (await text.inputValue()) === '')
}

async function resolves(scene: Scene): Promise<void> {
  const { stage, locale, words, agent, keys, text } = scene
  const { page, thread, item } = agent
  stage.step('one that resolves says so on the button, and the other way stays open')
  await item(questions[locale][1]).click()
  await openList(scene)
  await page.keyboard.type('resolved')
  await thread.getByRole('option', { selected: true }).filter({ hasText: 'Resolved' }).waitFor()
  await keys.press('Enter')
  await eventually('the text is there', async () => (await text.inputValue()).length > 10)
  await thread.locator('button[type=submit]', { hasText: words.workspace('workspace.send_and_resolve') }).waitFor()
  await keys.press('Control+Enter')
  await item(questions[locale][1]).waitFor({ state: 'hidden' })
  await page.getByText(words.workspace('workspace.undo')).first().waitFor()
}

async function deletes({ stage, clew, locale, words: { macros: t }, agent: { page }, keys }: Scene): Promise<void> {
  stage.step('a deleted macro is gone, and comes back by one press')
  await keys.open(`${clew.url}/app/settings/macros`)
  const ourOwn = page.getByRole('link', { name: ours[locale].name })
  await keys.use(ourOwn)
  await keys.use(page.getByRole('button', { name: t('macros.delete') }))
  await ourOwn.waitFor({ state: 'detached' })
  await keys.use(page.getByRole('button', { name: t('macros.undo') }))
  await ourOwn.waitFor()
}
