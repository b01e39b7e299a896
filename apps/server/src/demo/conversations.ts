import { greekWithAssistant } from './conversations.el.assistant.ts'
import { greekClosed } from './conversations.el.closed.ts'
import { greekWithTeam } from './conversations.el.team.ts'
import { englishWithAssistant } from './conversations.en.assistant.ts'
import { englishClosed } from './conversations.en.closed.ts'
import { englishWithTeam } from './conversations.en.team.ts'
import type { Scenario } from './scenario.ts'

/** The demo inbox. */
export const scenarios: readonly Scenario[] = [
  ...englishWithAssistant,
  ...englishWithTeam,
  ...englishClosed,
  ...greekWithAssistant,
  ...greekWithTeam,
  ...greekClosed,
]
