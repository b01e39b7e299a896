import type { AssistantAction } from '@clew/contract/assistant'
import type { Extracted } from '@clew/intake'
import type { Locale } from '@clew/text'

/** What the assistant did about one message, in the words of the evaluation door. */
export type Action = AssistantAction

export type HistoryLine = { from: 'contact' | 'assistant' | 'agent'; text: string }

/** One line of a file of labelled messages; see its README. */
export type Labelled = {
  id: string
  locale: Locale
  language: 'en' | 'el' | 'greeklish'
  tags: string[]
  context: { now: string; timeZone?: string; history?: HistoryLine[] }
  message: string
  expect: {
    action: Action | Action[]
    flow: string | null | (string | null)[]
    handoff: boolean | null
    extracted: Extracted
    optional?: string[]
    articles: string[]
    ask?: string[]
    neverSay?: string[]
    neverAsk?: string[]
  }
}

/** What came back for it. */
export type Outcome = {
  action: Action
  flow: string | undefined
  ask: readonly string[]
  extracted: Extracted
  articles: readonly string[]
  handoff: boolean
  reply: string
  handoffSummary: string
  language: Locale
  confidence: number
  latencyMs: number
}

/** @throws naming the line that cannot be read. */
export function parseLabelled(text: string): Labelled[] {
  return text
    .split('\n')
    .map((line, place) => ({ line, place }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, place }) => {
      try {
        return JSON.parse(line) as Labelled
      } catch (cause) {
        throw new Error(`line ${place + 1} is no JSON`, { cause })
      }
    })
}
