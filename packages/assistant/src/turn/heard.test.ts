import { expect, test } from 'vitest'
import { buttons, conversation, spoken } from '../testing/conversation.ts'

const start = 'flow:streaming-cut'

test('what was said before a flow began is not asked in it, and can be taken back', async () => {
  const { say, press } = conversation()
  await say('the answer of the API breaks off in my script and I get HTTP 429')
  const step = await press(start)
  const { run } = step.dialogue
  expect(run).toMatchObject({
    currentStepId: 'slow',
    heard: { 'flow.status': { value: '429', quote: expect.stringContaining('HTTP 429') } },
  })
  expect(spoken(step)).toContain('Which status? You said: 429.')
  const back = await press('change:streaming-cut:status')
  expect(back.dialogue.run).toMatchObject({ currentStepId: 'status' })
  expect(buttons(back)).toContain('flow:streaming-cut:status:s5xx')
  const on = await press('flow:streaming-cut:status:s5xx')
  expect(on.dialogue.run).toMatchObject({ currentStepId: 'system', slots: { 'flow.status': '500' } })
})

test('what is said for a later question while another is open is kept for it', async () => {
  const { say, press } = conversation()
  expect((await press(start)).dialogue.run).toMatchObject({ currentStepId: 'where' })
  const step = await say('it is in my script, I get an error 429')
  expect(step.dialogue.run).toMatchObject({
    currentStepId: 'slow',
    slots: { 'flow.where': 'program', 'flow.status': '429' },
  })
})

test("an answer in words of one's own is taken as the reply that it is", async () => {
  const { say, press } = conversation()
  await press(start)
  await press('flow:streaming-cut:where:program')
  const step = await say('503')
  expect(step.dialogue.run).toMatchObject({ currentStepId: 'system', slots: { 'flow.status': '503' } })
})

test('another value at a later step takes the place of the first', async () => {
  const { say, press } = conversation()
  await say('my script gets error 429')
  const before = await press(start)
  expect(before.dialogue.run).toMatchObject({ currentStepId: 'slow' })
  const step = await say('sorry, the API returns 503')
  expect(step.dialogue.run).toMatchObject({ currentStepId: 'system', slots: { 'flow.status': '503' } })
})

test.each(['en', 'el'] as const)('a zone in doubt is asked beside the first step of a flow, in %s', async (locale) => {
  const { say } = conversation(locale)
  const step = await say(
    locale === 'en'
      ? 'my file will not upload, it failed at 10:15 CST, Chrome'
      : 'δεν ανεβαίνει το αρχείο μου, απέτυχε στις 10:15 CST, Chrome',
  )
  expect(step.did).toMatchObject({ action: 'run-flow', ask: expect.arrayContaining(['timestamps.zone']) })
  expect(spoken(step)).toMatch(/time zone|ζώνη ώρας/)
  const after = await say(locale === 'en' ? 'Chicago time' : 'ώρα Ελλάδας')
  expect(after.dialogue.open).toBeUndefined()
  expect(after.dialogue.run).toMatchObject({ flowId: 'upload-failure', state: 'running' })
})
