import type { Attachment } from '@clew/contract/conversations'
import { now } from '../../app/clock.ts'
import { followOtherTabs, keep, readKept } from '../../app/preferences.ts'
import { createStore, usePart } from '../../app/store.ts'
import type { Extras } from './macro-draft.ts'

export type Kind = 'message' | 'note'

export type Draft = {
  readonly kind: Kind
  readonly message: string
  readonly note: string
  readonly files: readonly Attachment[]
  /** What the macros in the reply bring along. */
  readonly extras?: Extras | undefined
  /** The conversation's last message when the text was begun; see draft-guard. */
  readonly begunAtSeq: number
  readonly askedAtSeq?: number
  readonly savedAt?: number
}

const empty: Draft = { kind: 'message', message: '', note: '', files: [], begunAtSeq: 0 }
const drafts = createStore<ReadonlyMap<string, Draft>>(new Map())
const prefix = 'clew:draft:'
const keyOf = (conversationId: string) => `${prefix}${conversationId}`

/** A draft is kept in this browser at every letter, so that neither a reload nor an expired session loses it. */
export const useDraft = (conversationId: string): Draft => usePart(drafts, () => draftOf(conversationId))

export function draftOf(conversationId: string): Draft {
  const held = drafts.get().get(conversationId)
  if (held !== undefined) return held
  const read = readDraft(readKept(keyOf(conversationId)))
  // Reading fills the memory without telling anyone: nothing has changed.
  ;(drafts.get() as Map<string, Draft>).set(conversationId, read)
  return read
}

export function changeDraft(conversationId: string, change: Partial<Draft>): void {
  const before = draftOf(conversationId)
  const after = { ...before, ...change }
  const hasContent = after.message !== '' || after.note !== '' || after.files.length > 0
  const kept = keep(keyOf(conversationId), hasContent ? JSON.stringify({ ...after, savedAt: now() }) : undefined)
  const { savedAt: _before, ...rest } = after
  const next: Draft = kept && hasContent ? { ...rest, savedAt: now() } : rest
  drafts.update((all) => new Map(all).set(conversationId, next))
}

/** Changes the text of the open side; a text begun now remembers what had been said until now. */
export function writeDraft(conversationId: string, text: string, lastSeq: number): void {
  const draft = draftOf(conversationId)
  const begins = draft[draft.kind] === '' && text !== ''
  // With the last letter of a reply goes what came with it.
  const ends = draft.kind === 'message' && text === ''
  changeDraft(conversationId, {
    [draft.kind]: text,
    ...(begins ? { begunAtSeq: lastSeq, askedAtSeq: lastSeq } : {}),
    ...(ends ? { extras: undefined } : {}),
  })
}

/** Puts a sentence at the end of the reply, after what is there. */
export function insertIntoReply(conversationId: string, sentence: string, lastSeq: number): void {
  const before = draftOf(conversationId).message.trimEnd()
  changeDraft(conversationId, {
    kind: 'message',
    message: before === '' ? sentence : `${before}\n\n${sentence}`,
    ...(before === '' ? { begunAtSeq: lastSeq, askedAtSeq: lastSeq } : {}),
  })
}

export function clearDraft(conversationId: string): void {
  const draft = draftOf(conversationId)
  const extras = draft.kind === 'message' ? undefined : draft.extras
  changeDraft(conversationId, { [draft.kind]: '', files: [], extras })
}

/** Two tabs hold one draft: what is written in the other stands here too, and what was sent there is gone here. */
export const followDrafts = (): (() => void) =>
  followOtherTabs(prefix, (key, value) => {
    const id = key.slice(prefix.length)
    const held = drafts.get().get(id)
    // Whether one replies or notes is each tab's own.
    if (held !== undefined) drafts.update((all) => new Map(all).set(id, { ...readDraft(value), kind: held.kind }))
  })

function readDraft(text: string | undefined): Draft {
  if (text === undefined) return empty
  try {
    return { ...empty, ...(JSON.parse(text) as Partial<Draft>) }
  } catch {
    return empty
  }
}
