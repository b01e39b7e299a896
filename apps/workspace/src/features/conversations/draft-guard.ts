import type { Message } from '@clew/contract/conversations'

/** What others said or did in this conversation after the draft was begun. */
export function arrivalsSince(messages: readonly Message[], begunAtSeq: number, me: string): Message[] {
  return messages.filter((message) => message.seq > begunAtSeq && message.author.id !== me)
}

export type SendCheck = { readonly hold: false } | { readonly hold: true; readonly arrivals: readonly Message[] }

export type DraftBegin = {
  /** The last message that was there when the first letter was typed. */
  readonly begunAtSeq: number
  /** The last message the author has been asked about; each arrival is shown once. */
  readonly askedAtSeq?: number | undefined
}

/** Holds a reply once when something arrived since it was begun. A note goes to the team and is never held. */
export function checkBeforeSend(
  draft: DraftBegin & { readonly kind: 'message' | 'note' },
  messages: readonly Message[],
  me: string,
): SendCheck {
  if (draft.kind === 'note') return { hold: false }
  const arrivals = arrivalsSince(messages, Math.max(draft.begunAtSeq, draft.askedAtSeq ?? 0), me)
  return arrivals.length === 0 ? { hold: false } : { hold: true, arrivals }
}
