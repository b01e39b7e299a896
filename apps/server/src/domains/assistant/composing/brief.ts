import {
  type Bench,
  createDesk,
  createTokens,
  type Desk,
  fenceWith,
  type Heard,
  systemPrompt,
  type Turn,
  turnPrompt,
} from '@clew/assistant'
import { maskSecretsInMessage } from '@clew/redact'
import type { TxCtx } from '../../../platform/ctx.ts'
import { getListed, listMessages, type MessageRow } from '../../conversations/index.ts'
import { openIncidents, textIn } from '../../status/index.ts'
import type { About, AssistantParts } from '../parts.ts'
import type { Pending } from '../repository.ts'

type Stored = Pick<Pending, 'did'>

/** Everything a model is given for one turn, with all that is secret or personal taken out. */
export type Brief = {
  system: string
  prompt: string
  desk: Desk
  bench: Bench
  stored: Stored
  /** Takes out what may not leave the house. */
  hide: (text: string) => string
}

const remembered = 40
const heardMessages = 10
const longestHeard = 1500

export async function briefFor(
  tx: TxCtx,
  about: About,
  { turn, stored }: { turn: Turn; stored: Pending },
): Promise<Brief> {
  const { conversation, message, parts } = about
  const after = Math.max(0, message.seq - remembered)
  const before = (await listMessages(tx, conversation.id, { after, limit: remembered })).filter(
    ({ seq, kind, internal }) => seq < message.seq && kind === 'message' && !internal,
  )
  return briefOfTurn(turn, {
    stored,
    names: await namesOf(tx, about, before),
    heard: before.slice(-heardMessages).flatMap(heardOf),
    said: [...before, message].flatMap(({ authorType, body }) => (authorType === 'contact' ? [body] : [])).join('\n'),
    markId: tx.ids.next(),
    parts,
  })
}

type Around = {
  stored: Stored
  /** Of the people in the conversation. */
  names: readonly string[]
  heard: readonly Heard[]
  /** All that the contact wrote. */
  said: string
  markId: string
  parts: Pick<AssistantParts, 'status' | 'composing'>
}

/** The same for a turn of any conversation, one that is only tried out as well. */
export function briefOfTurn(turn: Turn, { stored, names, heard, said, markId, parts }: Around): Brief {
  const tokens = createTokens(names)
  const mark = newMark(markId)
  const fence = fenceWith(mark)
  const desk = createDesk({ turn, incidents: knownIncidents(parts, turn), fence })
  const hide = (text: string): string => tokens.hide(maskSecretsInMessage(text).text)
  const found = firstFound(turn, { desk, stored })
  return {
    system: systemPrompt(turn, mark),
    prompt: hide(turnPrompt(turn, { heard, found, fence })),
    desk,
    stored,
    hide,
    bench: {
      turn,
      desk,
      hosts: parts.composing.hosts(),
      said,
      restore: tokens.restore,
    },
  }
}

/** The part of an id that is left to chance, in letters: nobody can guess it, and it looks like nothing else. */
const newMark = (id: string): string =>
  id
    .replaceAll('-', '')
    .slice(-16)
    .replace(/./g, (digit) => 'bcdfghjkmnpqrstv'[Number.parseInt(digit, 16)] ?? '')

const heardOf = ({ authorType, body }: MessageRow): Heard[] =>
  authorType === 'system' || body === '' ? [] : [{ by: authorType, text: body.slice(0, longestHeard) }]

/** A name cannot be told by its shape, so those of everybody here are looked up. */
async function namesOf(tx: TxCtx, { conversation }: About, before: readonly MessageRow[]): Promise<string[]> {
  const listed = await getListed(tx, conversation.id)
  return [listed?.contactName, listed?.assigneeName, ...before.map(({ authorName }) => authorName)].filter(
    (name) => name !== undefined,
  )
}

const knownIncidents = (parts: Around['parts'], { locale }: Turn) =>
  openIncidents(parts.status().incidents).map((incident) => ({
    id: incident.id,
    title: textIn(incident.titles, locale).text,
    text: incident.updates[0] ? textIn(incident.updates[0].bodies, locale).text : '',
    startedAt: incident.startedAt.toISOString(),
  }))

/** What the rules would quote, and what else fits: mostly the model needs to look up nothing more. */
function firstFound(turn: Turn, { desk, stored }: { desk: Desk; stored: Stored }): string {
  const found = desk.searchHelp({ query: turn.text, locale: turn.locale })
  const [slug] = stored.did.slugs
  const isThere = [...desk.evidence.values()].some((each) => each.slug === slug)
  return slug === undefined || isThere ? found : `${desk.getArticle({ slug })}\n${found}`
}
