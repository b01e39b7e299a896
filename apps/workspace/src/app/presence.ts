import type { RealtimeSignal } from '@clew/contract/realtime'
import { now } from './clock.ts'
import { createStore, usePart } from './store.ts'

export type Looking = Extract<RealtimeSignal, { type: 'presence' }>['agents'][number]
export type Around = {
  readonly agents: readonly Looking[]
  readonly contactTypes: boolean
  readonly assistantWorks: boolean
}

const nobody: Around = { agents: [], contactTypes: false, assistantWorks: false }
const around = createStore<ReadonlyMap<string, Around>>(new Map())
const forgetAt = new Map<string, number>()

// An agent says every 20 s that they are still here; typing is said while it lasts.
const agentsStayMs = 50_000
const typingStaysMs = 7000
const workingStaysMs = 20_000

/** Takes a passing signal; each is forgotten by itself when it is not repeated. */
export function noteSignal(signal: RealtimeSignal): void {
  switch (signal.type) {
    case 'presence':
      return put(signal.conversationId, { agents: signal.agents }, agentsStayMs)
    case 'contact_typing':
      return put(signal.conversationId, { contactTypes: true }, typingStaysMs)
    case 'assistant_working':
      return put(signal.conversationId, { assistantWorks: true }, workingStaysMs)
    case 'agent_typing':
    case 'status_changed':
      // Presence already tells the team; and of the service the feed has told.
      return undefined
  }
}

function put(id: string, change: Partial<Around>, staysMs: number): void {
  set(id, change)
  for (const part of Object.keys(change)) forgetLater(id, part as keyof Around, staysMs)
}

function forgetLater(id: string, part: keyof Around, staysMs: number): void {
  const place = `${id} ${part}`
  const until = now() + staysMs
  forgetAt.set(place, until)
  setTimeout(() => {
    if (forgetAt.get(place) === until) set(id, { [part]: nobody[part] })
  }, staysMs)
}

const set = (id: string, change: Partial<Around>): void =>
  around.update((all) => new Map(all).set(id, { ...(all.get(id) ?? nobody), ...change }))

/** The contact's message or the assistant's answer has come: it is no longer being written. */
export const writingEnded = (id: string): void => {
  if (around.get().has(id)) set(id, { contactTypes: false, assistantWorks: false })
}

export const useAround = (id: string): Around => usePart(around, (all) => all.get(id) ?? nobody)
