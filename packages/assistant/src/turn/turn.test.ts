import { readFileSync } from 'node:fs'
import path from 'node:path'
import { slotsOf } from '@clew/flows'
import { currentValues, type Fact } from '@clew/intake'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isSilent } from '../dialogue/states.ts'
import { buttons, conversation, reasonOf, spoken } from '../testing/conversation.ts'
import { testKnowledge } from '../testing/knowledge.ts'
import { parsePhrases } from '../training-phrases.ts'
import { parseChoice } from './choice.ts'
import { ownQuestions, saidFor } from './read-words.ts'
import type { Step } from './step.ts'

const knowledge = testKnowledge()

test('a question is answered with the words of an article and its source', async () => {
  const { say } = conversation()
  const step = await say('Where can I find the request id of an answer?')
  expect(step.did).toMatchObject({ action: 'answer', slugs: ['finding-request-ids'] })
  expect(step.sayings[0]?.quote).toMatchObject({ slug: 'finding-request-ids', updatedOn: '2026-11-01' })
  expect(spoken(step)).toContain('The request id stands in the headers')
  expect(buttons(step)).toContain('person')
})

test('a problem starts its flow, and what the person has said already is not asked', async () => {
  const { say } = conversation()
  const step = await say('My file will not upload in Firefox')
  expect(step.did).toMatchObject({ action: 'run-flow', flowId: 'upload-failure' })
  expect(spoken(step)).toContain('Reload the page')
  expect(spoken(step)).not.toContain('Which browser')
})

test('a flow takes typed words for its buttons, and ends in a settled matter', async () => {
  const { say } = conversation()
  await say('my file will not upload, I use Chrome')
  expect(spoken(await say('no, it still does not work'))).toContain('private window')
  const done = await say('yes, that fixed it, thanks!')
  expect(done.effects).toContainEqual({ type: 'settle', tier: 'confirmed' })
  expect(done.dialogue.state).toBe('resolved')
})

test('a flow that helps nothing asks for what is missing and calls a person', async () => {
  const { say, press } = conversation()
  await say('my file will not upload, I use Chrome')
  await press('flow:upload-failure:reload:still-fails')
  let step = await press('flow:upload-failure:private:still-fails')
  const asked: string[] = []
  for (let left = 5; left > 0 && reasonOf(step) === undefined; left -= 1) {
    asked.push(...step.did.ask)
    step = await press('skip')
  }
  expect(reasonOf(step)).toBe('flow_exhausted')
  expect(asked.length).toBeGreaterThan(0)
  expect(new Set(asked).size).toBe(asked.length)
})

test('a question in the middle of a flow is answered, and the open step is said again', async () => {
  const { say } = conversation()
  await say('my file will not upload, I use Chrome')
  const step = await say('Where do I find my invoices by the way?')
  expect(step.did.slugs).toEqual(['billing'])
  expect(spoken(step)).toContain('Reload the page')
})

test.each([
  ['I want to talk to a human', 'asked'],
  ['A person please. Our API calls answer 429 too many requests', 'asked'],
  ['Θέλω να μιλήσω με άνθρωπο', 'asked'],
  ['8elo na miliso me anthropo', 'asked'],
  ['I will take legal action, my lawyer writes to you tomorrow', 'legal'],
  ['You charged me twice, I want my money back', 'dispute'],
  ['Με χρεώσατε δύο φορές, θέλω τα χρήματά μου πίσω', 'dispute'],
  ['My account was hacked and somebody changed my password', 'recovery'],
  ['I want to kill myself', 'danger'],
])('%j goes to a person at once', async (text, reason) => {
  const step = await conversation().say(text)
  expect(reasonOf(step)).toBe(reason)
  expect(step.dialogue.state).toBe('handover_queued')
})

test('whoever says that no person is needed gets none', async () => {
  const { say } = conversation()
  await say('my file will not upload, I use Chrome')
  expect(reasonOf(await say('no thanks, I need no person, just tell me the next step'))).toBeUndefined()
})

test('a secret is answered by a warning first, and the matter goes on', async () => {
  const step = await conversation().say('My file will not upload in Chrome. My password is hunter2-Secret')
  expect(step.did).toMatchObject({ action: 'warn-about-secret', flowId: 'upload-failure' })
  expect(step.sayings[0]?.body).toContain('password')
  expect(spoken(step)).toContain('Reload the page')
  expect(JSON.stringify(step)).not.toContain('hunter2')
})

test('a known incident is the answer, and can be followed', async () => {
  const incident = {
    id: 'inc1',
    title: 'Uploads fail',
    text: 'We are working on it.',
    startedAt: '2026-11-24T07:00:00Z',
  }
  const { say, press } = conversation('en', testKnowledge(incident))
  const step = await say('uploads fail for me since this morning')
  expect(spoken(step)).toContain('Uploads fail')
  expect(buttons(step)).toContain('follow:inc1')
  expect((await press('follow:inc1')).effects).toEqual([{ type: 'follow_incident', incidentId: 'inc1' }])
})

test('outside the hours it says when the team is back', async () => {
  const { say, team } = conversation()
  Object.assign(team, { isOpen: false, opensLine: 'People are back Monday 09:00' })
  expect(spoken(await say('I want to talk to a human'))).toContain('People are back Monday 09:00')
})

test('once a person has the conversation the assistant is silent', async () => {
  const { say } = conversation()
  await say('I want to talk to a human')
  expect(await say('are you there?')).toMatchObject({ sayings: [], effects: [] })
})

test.each(['greeting', 'triage', 'confirming', 'resolved'] as const)(
  'a button of a flow that is gone does no harm in %s',
  async (state) => {
    const { press, standing } = conversation()
    standing().dialogue.state = state
    const step = await press('flow:no-such-flow:a:b')
    expect(step.sayings.length).toBeGreaterThan(0)
  },
)

const disturbance = { id: 'inc1', title: 'Uploads fail', text: 'We look at it.', startedAt: '2026-11-24T07:00:00Z' }

test('an incident is told once; whoever says that it is something else is listened to', async () => {
  const { say, press, standing } = conversation('en', testKnowledge(disturbance))
  await say('uploads fail for me since this morning')
  await press('other')
  const step = await say('my file upload stops with an error that it is too large')
  expect(spoken(step)).not.toContain('This is known')
  expect(step.did.flowId).toBe('upload-failure')
  expect(standing().dialogue.incidentId).toBeUndefined()
})

test('an incident that was told is told again to whoever asks about it', async () => {
  const { say } = conversation('en', testKnowledge(disturbance))
  await say('uploads fail for me since this morning')
  expect(spoken(await say('when will the uploads work again?'))).toContain('This is known')
})

test('a yes to something else than the offer of a person calls none', async () => {
  const { say } = conversation()
  expect(spoken(await say('Do you have an office in Thessaloniki where I can visit you?'))).toContain('Shall a person')
  await say('ok, where can I find a request id?')
  const step = await say('yes great, that helped')
  expect(reasonOf(step)).toBeUndefined()
  expect(step.effects).toContainEqual({ type: 'settle', tier: 'confirmed' })
})

test('a yes to the offer of a person calls one, a no calls none', async () => {
  const asked = 'Do you have an office in Thessaloniki where I can visit you?'
  const willing = conversation()
  await willing.say(asked)
  expect(reasonOf(await willing.say('yes please'))).toBe('asked')
  const declining = conversation()
  await declining.say(asked)
  const step = await declining.say('no')
  expect(reasonOf(step)).toBeUndefined()
  expect(step.dialogue).toMatchObject({ pending: undefined, offeredPerson: false, unsure: 0 })
})

test.each(['ok', 'okay', 'εντάξει', 'will do'])('%j says that a step was read, not that it helped', async (text) => {
  const { say } = conversation()
  await say('my file will not upload, I use Chrome')
  const step = await say(text)
  expect(step.effects.some(({ type }) => type === 'settle')).toBe(false)
  expect(step.dialogue.run).toMatchObject({ state: 'running', currentStepId: 'reload' })
})

test('"ok" after an answer settles nothing', async () => {
  const { say } = conversation()
  await say('Where can I find the request id of an answer?')
  expect((await say('ok')).effects).toEqual([])
})

test('whoever forgets about it because it works has said that it works', async () => {
  const { say } = conversation()
  await say('my file will not upload, I use Chrome')
  expect((await say('never mind, it works now, thanks')).effects).toContainEqual({ type: 'settle', tier: 'confirmed' })
})

/** Through the whole flow, to the first question before a person is called. */
async function exhausted() {
  const talk = conversation()
  await talk.say('my file will not upload, I use Chrome')
  await talk.press('flow:upload-failure:reload:still-fails')
  const step = await talk.press('flow:upload-failure:private:still-fails')
  expect(step.dialogue.open).toBeDefined()
  return { ...talk, step }
}

test('to words that only bring a recording nothing is said: what it shows is the answer', async () => {
  const step = await conversation().press('recording')
  expect(step.sayings).toEqual([])
  // Known as a choice: the words beside it are not read.
  expect(parseChoice('recording')).toEqual({ type: 'recording' })
})

test('a button pressed twice asks nothing new and ends nothing twice', async () => {
  const { press, step } = await exhausted()
  const again = await press('flow:upload-failure:private:still-fails')
  expect(again.effects).toEqual([])
  expect(again.dialogue).toMatchObject({ open: step.dialogue.open, asked: step.dialogue.asked })
})

test('what is not wanted any longer is asked no further', async () => {
  const { say } = await exhausted()
  const step = await say('never mind')
  expect(reasonOf(step)).toBeUndefined()
  expect(step.dialogue).toMatchObject({ open: undefined, pending: undefined })
})

test('what works again in the middle of the questions is settled', async () => {
  const { say } = await exhausted()
  const step = await say('it works now, thanks')
  expect(step.effects).toEqual([{ type: 'settle', tier: 'confirmed' }])
  expect(step.dialogue.pending).toBeUndefined()
})

test('of two flows that were begun, neither is lost by going back and forth', async () => {
  const { say, press } = conversation()
  await say('my file will not upload, I use Chrome')
  await press('flow:upload-failure:reload:still-fails')
  expect((await press('flow:api-error')).dialogue.paused).toMatchObject({ flowId: 'upload-failure' })
  await press('flow:api-error:slow:still-fails')
  const back = await press('flow:upload-failure')
  expect(back.dialogue.run).toMatchObject({ flowId: 'upload-failure', currentStepId: 'private' })
  expect(back.dialogue.paused).toMatchObject({ flowId: 'api-error', currentStepId: 'log' })
})

test.each(['flow:no-such-flow', 'flow:no-such-flow:a:b', 'article:no-such-article', 'skip'])(
  'the button %j of another time puts the open step at hand again',
  async (id) => {
    const { say, press } = conversation()
    await say('my file will not upload, I use Chrome')
    const step = await press(id)
    expect(buttons(step)).toContain('flow:upload-failure:reload:still-fails')
  },
)

test('a greeting in the middle of the checks goes on with them', async () => {
  const { say } = conversation()
  await say('my file will not upload, I use Chrome')
  expect(spoken(await say('hello?'))).toContain('Reload the page')
})

test('a word in Latin letters does not turn a Greek conversation into an English one', async () => {
  const { say } = conversation()
  await say('Δεν ανεβαίνει το αρχείο μου')
  expect(spoken(await say('Chrome 141'))).toContain('Ανανεώστε')
  expect(spoken(await say('ok'))).toContain('Ανανεώστε')
})

test('what is remembered stays small, however much is said', async () => {
  const { say, standing } = conversation()
  for (const text of ['blue 7 ', 'where is my invoice ', 'it fails ', 'Chrome on Windows ', 'λάθος '])
    await say(text.repeat(400))
  expect(JSON.stringify(standing().dialogue).length).toBeLessThan(8000)
})

const folder = path.join(import.meta.dirname, '../../training')
const phrases = ['en', 'el', 'greeklish'].flatMap((language) =>
  parsePhrases(readFileSync(path.join(folder, `phrases.${language}.txt`), 'utf8')).map(({ text }) => text),
)

/** What somebody may do next: type anything that people type, or press any button that is shown. */
const moves = fc.array(fc.record({ phrase: fc.nat(phrases.length - 1), button: fc.nat(30), types: fc.boolean() }), {
  minLength: 1,
  maxLength: 14,
})
const runs = Number(process.env.CLEW_PROPERTY_RUNS ?? 1000)

test('a thousand conversations: nothing is asked twice or though known, none is left without a way to a person', async () => {
  await fc.assert(
    fc.asyncProperty(moves, fc.constantFrom('en' as const, 'el' as const), async (made, locale) => {
      const { say, press, standing } = conversation(locale)
      const asked = new Set<string>()
      const said: string[] = []
      let shown: string[] = []
      let unhelpful = 0
      for (const { phrase, button, types } of made) {
        const before = standing()
        const isMute = isSilent(before.dialogue.state)
        const id = shown[button % Math.max(1, shown.length)]
        const typed = types || id === undefined ? (phrases[phrase] ?? '') : undefined
        const step = typed === undefined ? await press(id ?? '') : await say(typed)
        if (isMute) {
          expect(step.sayings).toEqual([])
          continue
        }
        remember(said, step, { typed, id })
        checkAsked(step, { asked, facts: standing().facts, said })
        shown = step.sayings.flatMap(({ replies }) => replies.map((reply) => reply.id))
        checkReach(step, shown)
        unhelpful = step.did.action === 'ask' && step.did.ask.includes('problem') ? unhelpful + 1 : 0
        expect(unhelpful).toBeLessThan(4)
      }
    }),
    { numRuns: runs, seed: 7 },
  )
}, 240_000)

/** What was refused is no answer, and what was taken back is none either. */
function remember(
  said: string[],
  { did }: Step,
  { typed, id }: { typed: string | undefined; id: string | undefined },
): void {
  if (typed === undefined && id?.startsWith('change:')) said.length = 0
  if (typed !== undefined && did.action !== 'refuse') said.push(typed)
}

/** Whatever is said, a person, an answer or a polite end is in reach. */
function checkReach(step: Step, shown: readonly string[]): void {
  const isOver = step.effects.some(({ type }) => type === 'hand_over' || type === 'settle')
  expect(step.sayings.length).toBeGreaterThan(0)
  expect(step.sayings.every(({ body }) => body.trim() !== '')).toBe(true)
  expect(isOver || step.did.action === 'answer' || shown.includes('person')).toBe(true)
}

type Told = { asked: Set<string>; facts: readonly Fact[]; said: readonly string[] }

function checkAsked(step: Step, told: Told): void {
  checkFlowAsked(step, told)
  const { asked, facts } = told
  const question = step.dialogue.open
  if (!question || !step.did.ask.some((name) => name.startsWith(question.field))) return
  const key = `${question.field}/${question.part}`
  expect(asked.has(key), `asked twice: ${key}`).toBe(false)
  asked.add(key)
  const known: Readonly<Record<string, object | undefined>> = currentValues(facts.filter(isSure))
  const value = Object.entries(known[question.field] ?? {})
  const parts = question.part === 'all' ? value : value.filter(([part]) => part === question.part)
  expect(parts, `asked though known: ${key}`).toEqual([])
}

const isSure = ({ confidence = 1 }: Fact): boolean => confidence > 0.5

/** A flow asks nothing that the case holds, nor what was said for its own questions, unless it is to be corrected. */
function checkFlowAsked(step: Step, { facts, said }: Told): void {
  const { run } = step.dialogue
  if (step.did.action !== 'run-flow' || run?.state !== 'running') return
  const flow = knowledge.flows.find(run.flowId)
  const open = flow?.steps.find(({ id }) => id === run.currentStepId)
  if (!flow || open?.kind !== 'ask') return
  expect(slotsOf(currentValues(facts))[open.slot], `the flow asked though known: ${open.slot}`).toBeUndefined()
  const own = ownQuestions(flow).find(({ id }) => id === open.id)
  const wasChanged = run.steps.some((record) => record.by === 'person' && record.stepId === open.id && record.corrected)
  const heard =
    own && !wasChanged ? said.map((text) => saidFor(own, text)).findLast((value) => value !== undefined) : undefined
  expect(heard, `the flow asked though said: ${open.slot}`).toBeUndefined()
}
