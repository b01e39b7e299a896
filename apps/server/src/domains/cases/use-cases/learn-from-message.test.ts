import { randomUUID } from 'node:crypto'
import type { Case } from '@clew/contract/cases'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '../../../testkit/world.ts'
import { startConversation } from '../../conversations/index.ts'
import { sendAgentMessage } from '../../conversations/use-cases/send-agent-message.ts'
import { sendContactMessage } from '../../conversations/use-cases/send-contact-message.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const words = (body: string) => ({ clientMessageId: randomUUID(), body, fileIds: [] })

/** What the case says after an agent has asked and the contact has answered in a word. */
async function answered(question: string | undefined, answer: string): Promise<Case> {
  const ann = await world.contact()
  const agent = await world.agent()
  const { started } = await startConversation(ann.ctx, {
    clientConversationId: randomUUID(),
    ...words('Something does not work as it should'),
    locale: 'en',
    timeZone: 'Europe/Athens',
  })
  const { id } = started.conversation
  await world.settle()
  if (question !== undefined) await sendAgentMessage(agent.ctx, id, { ...words(question), kind: 'message' })
  await sendContactMessage(ann.ctx, id, words(answer))
  await world.settle()
  const url = `/api/v1/widget/conversations/${id}`
  return (await world.app.inject({ url, headers: ann.headers })).json<{ case: Case }>().case
}
const valueOf = ({ facts }: Case, field: string) => facts.find((each) => each.field === field)?.value

test('a word alone is understood by the question before it', async () => {
  expect(valueOf(await answered('Which plan are you on?', 'plus'), 'account')).toMatchObject({ plan: 'plus' })
})

test('without a question the same word is no fact', async () => {
  expect(valueOf(await answered(undefined, 'plus'), 'account')).toBeUndefined()
})
