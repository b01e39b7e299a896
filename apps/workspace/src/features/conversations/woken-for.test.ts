import { conversation } from '@clew/client/samples'
import type { Activity, Conversation, Message } from '@clew/contract/conversations'
import type { RealtimeEvent } from '@clew/contract/realtime'
import { expect, test } from 'vitest'
import { wokenFor } from './woken-for.ts'

type Agent = NonNullable<Conversation['assignee']>
const agent = (n: number) => ({ id: `00000009-0000-7000-8000-00000000000${n}`, name: `Agent ${n}` }) as Agent
const [maria, nikos] = [agent(1), agent(2)]

const told = (activity: Activity, assignee?: Agent): RealtimeEvent['change'] => ({
  type: 'message',
  message: { activity } as Message,
  conversation: conversation({ handling: 'agent', ...(assignee ? { assignee } : {}) }),
})
const woken = (byName?: string): Activity => ({
  type: 'woken',
  ...(byName === undefined ? {} : { byName }),
  snoozed: { until: '2026-11-25T07:00:00.000Z', by: maria },
})

test.each([
  ['whoever has it', told(woken(), nikos), nikos, true],
  ['not who put it off for a colleague', told(woken(), nikos), maria, false],
  ['who put it off, where nobody has it', told(woken()), maria, true],
  ['nobody else, where nobody has it', told(woken()), nikos, false],
  ['nobody, where somebody woke it by hand', told(woken('Nikos'), maria), maria, false],
  ['nobody, where something else happened', told({ type: 'reopened' }, maria), maria, false],
] as const)('that a conversation woke is told to %s', (_who, change, { id }, isTold) => {
  expect(wokenFor(change, id) !== undefined).toBe(isTold)
})
