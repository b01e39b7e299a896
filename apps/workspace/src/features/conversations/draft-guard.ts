import type { Activity, Message } from '@clew/contract/conversations'

type Me = { readonly id: string; readonly name: string }

/** What others said or did in this conversation after the draft was begun. */
function arrivalsSince(messages: readonly Message[], begunAtSeq: number, me: Me): Message[] {
  return messages.filter((message) => message.seq > begunAtSeq && !isMine(message, me))
}

/** What happened carries a name and no id. A colleague of the same name goes unnoticed in the worst case. */
const isMine = ({ author, activity }: Message, me: Me): boolean =>
  author.id === me.id || (activity !== undefined && doerOf(activity) === me.name)

function doerOf(activity: Activity): string | undefined {
  if (activity.type === 'took_over') return activity.agentName
  return 'byName' in activity ? activity.byName : undefined
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
  me: Me,
): SendCheck {
  if (draft.kind === 'note') return { hold: false }
  const arrivals = arrivalsSince(messages, Math.max(draft.begunAtSeq, draft.askedAtSeq ?? 0), me)
  return arrivals.length === 0 ? { hold: false } : { hold: true, arrivals }
}
