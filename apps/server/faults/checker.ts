import type { Operation, SeenMessage, StoredMessage, View } from './history.ts'

export type Verdict = {
  /** Acknowledged, and not in the database or not with every reader. */
  lost: string[]
  /** The same message twice: in the database, or under two numbers with a reader. */
  duplicated: string[]
  /** A reader told of a later message before an earlier one, a gap in the numbers, a client's words out of order. */
  disordered: string[]
  /** Never acknowledged, though the server was well again. */
  stuck: string[]
  /** Refused, although nothing was wrong with it. */
  refused: string[]
}

export type Evidence = {
  operations: readonly Operation[]
  stored: readonly StoredMessage[]
  views: readonly View[]
}

/** Compares what was promised, what is stored and what was shown. */
export function judge({ operations, stored, views }: Evidence): Verdict {
  const verdict: Verdict = { lost: [], duplicated: [], disordered: [], stuck: [], refused: [] }
  judgeStored(stored, verdict)
  judgeOperations(operations, stored, verdict)
  for (const view of views) judgeView(view, stored, verdict)
  return verdict
}

export const isClean = (verdict: Verdict): boolean => Object.values(verdict).every((problems) => problems.length === 0)

function judgeStored(stored: readonly StoredMessage[], verdict: Verdict): void {
  for (const [conversationId, messages] of groupBy(stored, (each) => each.conversationId)) {
    const numbers = messages.map(({ seq }) => seq).sort((a, b) => a - b)
    const broken = numbers.findIndex((seq, i) => seq !== i + 1)
    if (broken >= 0)
      verdict.disordered.push(`${conversationId} holds number ${numbers[broken]} where ${broken + 1} is due`)
    const sent = messages.filter(({ clientMessageId }) => clientMessageId !== undefined)
    for (const [clientMessageId, copies] of groupBy(sent, (each) => each.clientMessageId ?? ''))
      if (copies.length > 1) verdict.duplicated.push(`${clientMessageId} is stored ${copies.length} times`)
  }
}

function judgeOperations(operations: readonly Operation[], stored: readonly StoredMessage[], verdict: Verdict): void {
  const bySender = new Map(stored.map((each) => [`${each.conversationId} ${each.clientMessageId}`, each]))
  const lastSeq = new Map<string, number>()
  for (const operation of operations) {
    const name = `${operation.clientMessageId} of ${operation.client}`
    if (operation.outcome === 'open') verdict.stuck.push(`${name} was never acknowledged`)
    if (operation.outcome === 'refused') verdict.refused.push(`${name}: ${operation.refusal}`)
    if (operation.outcome !== 'acknowledged') continue
    const row = bySender.get(`${operation.conversationId} ${operation.clientMessageId}`)
    if (!row) {
      verdict.lost.push(`${name} was acknowledged and is not stored`)
      continue
    }
    if (row.id !== operation.stored?.messageId || row.seq !== operation.stored.seq)
      verdict.lost.push(`${name} was acknowledged as number ${operation.stored?.seq} and is number ${row.seq}`)
    const key = `${operation.client} ${operation.conversationId}`
    if (row.seq <= (lastSeq.get(key) ?? 0)) verdict.disordered.push(`${name} is stored before what was said earlier`)
    lastSeq.set(key, row.seq)
  }
}

function judgeView(view: View, stored: readonly StoredMessage[], verdict: Verdict): void {
  const due = stored.filter((each) => mayShow(view, each))
  const dueOf = groupBy(due, (each) => each.conversationId)
  const seenOf = groupBy(view.seen, (each) => each.conversationId)
  for (const conversationId of new Set([...dueOf.keys(), ...seenOf.keys()])) {
    judgeShown(view.reader, { seen: seenOf.get(conversationId) ?? [], due: dueOf.get(conversationId) ?? [] }, verdict)
  }
}

const mayShow = (view: View, message: StoredMessage): boolean =>
  view.contactId === undefined || (message.contactId === view.contactId && !message.internal)

/** A second telling of the same message is harmless and only counted; a second place for it is not. */
function judgeShown(
  reader: string,
  { seen, due }: { seen: readonly SeenMessage[]; due: readonly StoredMessage[] },
  verdict: Verdict,
): void {
  const places = new Map<string, number>()
  let last = 0
  for (const { id, seq } of seen) {
    const known = places.get(id)
    if (known !== undefined && known !== seq)
      verdict.duplicated.push(`${reader} was shown ${id} as ${known} and ${seq}`)
    if (known !== undefined) continue
    if (seq <= last) verdict.disordered.push(`${reader} was told of number ${seq} after ${last}`)
    places.set(id, seq)
    last = Math.max(last, seq)
  }
  for (const message of due) {
    if (!places.has(message.id)) verdict.lost.push(`${reader} was never told of ${message.id}, number ${message.seq}`)
  }
  const stored = new Set(due.map(({ id }) => id))
  for (const id of places.keys())
    if (!stored.has(id)) verdict.duplicated.push(`${reader} was shown ${id}, not theirs or not stored`)
}

/** How often readers were told again what they knew. */
export const countRetold = (views: readonly View[]): number =>
  views.reduce((sum, { seen }) => sum + seen.length - new Set(seen.map(({ id }) => id)).size, 0)

export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}
