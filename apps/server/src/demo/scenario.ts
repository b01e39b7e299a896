import type { Plan, SetFact } from '@clew/contract/cases'
import type { Locale } from '@clew/contract/primitives'

/** When a conversation began, seen from the moment the demo inbox is filled. Times of day are UTC. */
export type Began = { minutesAgo: number } | { daysAgo: number; at: string }

export type AgentKey = 'eleni' | 'marcus' | 'sofia'

export type CaptureName =
  | 'upload-refused'
  | 'upload-cut'
  | 'session-expired'
  | 'rate-limited'
  | 'service-unavailable'
  | 'sso-no-accounts'
  | 'slow-reports'
  | 'blank-page'

/** What happens next. `after` is in minutes since what happened before. */
export type Beat = ContactBeat | AgentBeat

type ContactBeat = { after: number } & (
  | { does: 'says'; text: string; picture?: string }
  | { does: 'presses'; replyId: string }
  | { does: 'records'; capture: CaptureName }
  | { does: 'fills in'; fact: SetFact }
)

export type AgentBeat = { after: number; agent: AgentKey } & (
  | { does: 'replies' | 'notes'; text: string }
  | { does: 'assigns'; to: AgentKey }
  | { does: 'takes over' | 'resolves' | 'reopens' }
)

export type Scenario = {
  /** Stays the same for ever: it tells whether the conversation is there already. */
  key: string
  contact: { name: string; email: string }
  locale: Locale
  began: Began
  page?: string
  opens: string
  picture?: string
  beats: readonly Beat[]
}

export const minutesAgo = (minutes: number): Began => ({ minutesAgo: minutes })
export const daysAgo = (days: number, at: string): Began => ({ daysAgo: days, at })

/** The contact. */
export const says = (after: number, text: string, picture?: string): Beat => ({
  after,
  does: 'says',
  text,
  ...(picture === undefined ? {} : { picture }),
})
export const presses = (after: number, replyId: string): Beat => ({ after, does: 'presses', replyId })
export const records = (after: number, capture: CaptureName): Beat => ({ after, does: 'records', capture })
export const fillsIn = (after: number, fact: SetFact): Beat => ({ after, does: 'fills in', fact })

/** What the browser tells once the contact has agreed. */
export const browserIs = (value: Extract<SetFact, { field: 'environment' }>['value']): Beat =>
  fillsIn(1, { field: 'environment', value, source: 'browser' })

export const accountIs = (email: string, plan: Plan): Beat => fillsIn(1, { field: 'account', value: { email, plan } })
export const stepsAre = (...items: string[]): Beat => fillsIn(2, { field: 'steps', value: { items } })

/** The team. */
export const replies = (after: number, agent: AgentKey, text: string): Beat => ({ after, does: 'replies', agent, text })
export const notes = (after: number, agent: AgentKey, text: string): Beat => ({ after, does: 'notes', agent, text })
export const assigns = (after: number, agent: AgentKey, to: AgentKey): Beat => ({ after, does: 'assigns', agent, to })
export const takesOver = (after: number, agent: AgentKey): Beat => ({ after, does: 'takes over', agent })
export const resolves = (after: number, agent: AgentKey): Beat => ({ after, does: 'resolves', agent })
export const reopens = (after: number, agent: AgentKey): Beat => ({ after, does: 'reopens', agent })

const minuteMs = 60_000

/** The moment in milliseconds. */
export function startOf(began: Began, now: Date): number {
  if ('minutesAgo' in began) return now.getTime() - began.minutesAgo * minuteMs
  const day = now.toISOString().slice(0, 10)
  return Date.parse(`${day}T${began.at}:00.000Z`) - began.daysAgo * 24 * 60 * minuteMs
}
