import type { RealtimeEvent } from '@clew/contract/realtime'
import { expect, test } from 'vitest'
import { conversation, otherConversationId, snapshot } from './samples.ts'
import { applyTeamEvent, fromTeamSnapshot, type TeamState } from './team-state.ts'

const tagged = (position: string, tags: string[], id = conversation({}).id): RealtimeEvent => ({
  position,
  change: { type: 'tags', tags, conversation: conversation({ id }) },
})

test('the newest tags hold, in whatever order they are heard', () => {
  const start = fromTeamSnapshot(snapshot({ tags: ['billing'] }))
  const events = [tagged('1-101-1', ['billing', 'refund']), tagged('1-102-1', ['refund'])]
  expect(events.reduce<TeamState | undefined>(applyTeamEvent, start)?.tags).toEqual(['refund'])
  expect(events.toReversed().reduce<TeamState | undefined>(applyTeamEvent, start)?.tags).toEqual(['refund'])
  expect(applyTeamEvent(start, tagged('1-103-1', ['other'], otherConversationId(2)))).toBe(start)
})
