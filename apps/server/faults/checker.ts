import type { Operation, SeenMessage, StoredMessage, View } from './history.ts'

export type Verdict = {
  /** Acknowledged, and not in the database or not on every screen. */
  lost: string[]
  /** The same message twice, in the database or on a screen. */
  duplicated: string[]
  /** A gap in the numbers, a client's words out of order, a screen that shows another order than what is stored. */
  disordered: string[]
  /** Never acknowledged, though the server was well again. */
  stuck: string[]
  /** Refused, although nothing was wrong with it. */
  refused: string[]
}

export type Evidence = {
  operations: readonly Operation[]
  stored: readonly StoredMessage[]
  /** What is stored once nobody looks any more: the assistant may have gone on since. The same when absent. */
  storedAtEnd?: readonly StoredMessage[]
  views: readonly View[]
}

/** Compares what was promised, what is stored and what was shown. */
export function judge({ operations, stored, storedAtEnd = stored, views }: Evidence): Verdict {
  const verdict: Verdict = { lost: [], duplicated: [], disordered: [], stuck: [], refused: [] }
  judgeStored(stored, verdict)
  judgeOperations(operations, stored, verdict)
  for (const view of views) judgeView(view, { stored, storedAtEnd }, verdict)
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

/** What a screen shows must be what is stored for it, message by message. */
function judgeView(
  view: View,
  { stored, storedAtEnd }: Required<Pick<Evidence, 'stored' | 'storedAtEnd'>>,
  verdict: Verdict,
): void {
  const dueOf = groupBy(
    stored.filter((each) => mayShow(view, each)),
    (each) => each.conversationId,
  )
  const mayBeShown = new Set(storedAtEnd.filter((each) => mayShow(view, each)).map(({ id }) => id))
  for (const conversationId of new Set([...dueOf.keys(), ...view.shown.keys()])) {
    const due = [...(dueOf.get(conversationId) ?? [])].sort((a, b) => a.seq - b.seq)
    judgeScreen(view.reader, { shown: view.shown.get(conversationId) ?? [], due, mayBeShown }, verdict)
  }
}

const mayShow = (view: View, message: StoredMessage): boolean =>
  view.contactId === undefined || (message.contactId === view.contactId && !message.internal)

function judgeScreen(
  reader: string,
  {
    shown,
    due,
    mayBeShown,
  }: { shown: readonly SeenMessage[]; due: readonly StoredMessage[]; mayBeShown: ReadonlySet<string> },
  verdict: Verdict,
): void {
  const times = new Map<string, number>()
  for (const { id } of shown) times.set(id, (times.get(id) ?? 0) + 1)
  const known = new Set(due.map(({ id }) => id))
  for (const { id, seq } of due) if (!times.has(id)) verdict.lost.push(`${reader} does not see ${id}, number ${seq}`)
  for (const [id, count] of times) {
    if (count > 1) verdict.duplicated.push(`${reader} sees ${id} ${count} times`)
    if (!mayBeShown.has(id)) verdict.duplicated.push(`${reader} sees ${id}, which is not theirs or not stored`)
  }
  const wanted = due.filter(({ id }) => times.has(id))
  const misplaced = shown
    .filter(({ id }) => known.has(id))
    .find(({ id, seq }, i) => wanted[i]?.id !== id || wanted[i]?.seq !== seq)
  if (misplaced) verdict.disordered.push(`${reader} sees ${misplaced.id} at number ${misplaced.seq}, out of order`)
}

/** How the news came: told again though known, and a later message before an earlier one. Screens put both right. */
export function tellings(views: readonly View[]): { told: number; again: number; early: number } {
  const sum = { told: 0, again: 0, early: 0 }
  for (const { told } of views) {
    const last = new Map<string, number>()
    const known = new Set<string>()
    for (const { id, conversationId, seq } of told) {
      sum.told += 1
      if (known.has(id)) sum.again += 1
      else if (seq < (last.get(conversationId) ?? 0)) sum.early += 1
      known.add(id)
      last.set(conversationId, Math.max(seq, last.get(conversationId) ?? 0))
    }
  }
  return sum
}

export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}
