import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { type Faults, inspect } from '../harness/axe.ts'
import type { Clew } from '../harness/clew.ts'
import type { Journey, Stage } from '../harness/stage.ts'
import { wordsOf } from '../harness/words.ts'
import { bubbleOn } from '../screens/bubble.ts'
import { sitDown } from '../screens/workspace.ts'

const { learning: t, feedback, assistant, workspace } = wordsOf('en')
const question = 'Where do I find a request id?'
const areas = ['gaps', 'resolution', 'wrong-answers', 'playground'] as const
type Area = (typeof areas)[number]

/** An answer that did not help is told why, is seen by the team, and becomes a test. */
export const learning: Journey = {
  name: 'learning',
  async run(stage) {
    const clew = await stage.startClew()
    await complain(stage, clew)
    const { page } = await sitDown(stage, clew)
    await lookAtGaps(stage, clew, page)
    await markAsWrong(stage, clew, page)
    await tryItOut(stage, clew, page)
    await noFaults(stage, clew, page)
  },
}

const open = async (page: Page, clew: Clew, area: Area) => {
  await page.goto(`${clew.url}/app/assistant/${area}`)
  await page.getByRole('heading', { level: 1, name: t(nameOf[area]) }).waitFor()
}

const nameOf = {
  gaps: 'learning.gaps',
  resolution: 'learning.resolution',
  'wrong-answers': 'learning.wrong_answers',
  playground: 'learning.playground',
} as const

async function complain(stage: Stage, clew: Clew): Promise<void> {
  stage.step('a visitor is still stuck, and says why in one tap')
  const { context } = await stage.visit()
  const page = await context.newPage()
  await page.goto(`${clew.url}/en`)
  const bubble = bubbleOn(page, 'en')
  await bubble.open()
  await bubble.write(question)
  await page.getByRole('button', { name: assistant('assistant.reply_still_stuck') }).click()
  await page.getByRole('button', { name: feedback('feedback.not_clear') }).click()
  await page.getByText(feedback('feedback.thanks')).waitFor()
}

async function lookAtGaps(stage: Stage, clew: Clew, page: Page): Promise<void> {
  stage.step('the team sees the question, how often, and why')
  await open(page, clew, 'gaps')
  await page.getByRole('link', { name: question }).waitFor()
  await page.getByText(t('learning.reason_not_clear', { count: 1 })).waitFor()

  stage.step('an article begins with the questions')
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page
      .getByRole('button', { name: t('learning.start_article') })
      .first()
      .click(),
  ])
  const draft = await readFile(await file.path(), 'utf8')
  assert.match(draft, /^---\ntitle: Where do I find a request id\?\n/)

  stage.step('how questions ended, in numbers')
  await open(page, clew, 'resolution')
  await page.getByRole('heading', { name: t('learning.by_week') }).waitFor()
}

async function markAsWrong(stage: Stage, clew: Clew, page: Page): Promise<void> {
  stage.step('in the conversation one key says what would have been right')
  await open(page, clew, 'gaps')
  await page.getByRole('link', { name: question }).click()
  await page
    .getByRole('button', { name: workspace('workspace.wrong_answer') })
    .first()
    .waitFor()
  await page.keyboard.press('x')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t('learning.dialog_action')).selectOption('run-flow')
  await dialog.getByLabel(t('learning.dialog_flow')).selectOption('upload-failure')
  await dialog.getByRole('button', { name: t('learning.dialog_save'), exact: true }).click()
  await page.getByText(t('learning.dialog_saved')).waitFor()

  stage.step('it is run like the bubble, and is still wrong')
  await open(page, clew, 'wrong-answers')
  await page.getByRole('button', { name: t('learning.run') }).click()
  await page.getByText(t('learning.run_result', { passed: 0, all: 1 })).waitFor()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: t('learning.jsonl') }).click(),
  ])
  const line = JSON.parse(await readFile(await file.path(), 'utf8'))
  assert.equal(line.expect.flow, 'upload-failure')
}

async function tryItOut(stage: Stage, clew: Clew, page: Page): Promise<void> {
  stage.step('the playground tells how an answer comes about')
  await open(page, clew, 'playground')
  await page.getByLabel(t('learning.field_message')).fill('Uploads fail in Firefox on Windows since 10:15 today')
  await page.getByRole('button', { name: t('learning.try'), exact: true }).click()
  await page.getByRole('heading', { name: t('learning.trace') }).waitFor()
  await page
    .getByText(t('learning.from_words', { quote: 'Firefox' }))
    .first()
    .waitFor()
}

async function noFaults(stage: Stage, clew: Clew, page: Page): Promise<void> {
  const faults: Faults = new Map()
  for (const area of areas) {
    stage.step(`no fault on ${area}`)
    await open(page, clew, area)
    await inspect(page, area, faults)
  }
  assert.deepEqual([...faults], [])
}
