import type { CheckResult, Look } from '@clew/flows'
import type { TxCtx } from '../../platform/ctx.ts'
import { listContacts } from '../contacts/index.ts'
import { listMessages } from '../conversations/index.ts'
import { listCaptures } from '../har/index.ts'
import {
  type ComponentRow,
  type IncidentRow,
  incidentFor,
  openIncidents,
  type StatusSnapshot,
  stateOf,
  textIn,
} from '../status/index.ts'
import type { About, AssistantParts, FlowSettings } from './parts.ts'

type Found = Omit<CheckResult, 'stepId'>
const unknown: Found = { outcome: 'unknown' }

type Place = {
  conversation: Pick<About['conversation'], 'id' | 'contactId'>
  /** What the contact says is wrong. */
  symptom: string
  parts: Pick<AssistantParts, 'status' | 'flowSettings' | 'membership'>
}

/** Looks up for a flow what the product can know by itself. */
export const lookFor =
  (tx: TxCtx, { conversation, symptom, parts }: Place): Look =>
  async ({ check, params, saidBytes }) => {
    const component = typeof params['component'] === 'string' ? params['component'] : undefined
    switch (check) {
      case 'incident-open':
        return openIncident(parts.status(), { component, symptom, baseUrl: parts.flowSettings().baseUrl })
      case 'component-status':
        return componentState(parts.status(), component)
      case 'har-finding':
        return finding(tx, conversation.id, params['rules'])
      case 'attachment-size':
        return attachmentSize(tx, conversation.id, {
          limitBytes: limitOf(params['overBytes'], parts.flowSettings()),
          saidBytes,
        })
      case 'membership':
        return membershipOf(tx, { conversation, parts })
      default:
        return unknown
    }
  }

/** Of a part that is named, its incident; else the one that the words are about, or the worst there is. */
function openIncident(
  snapshot: StatusSnapshot,
  { component, symptom, baseUrl }: { component: string | undefined; symptom: string; baseUrl: string },
): Found {
  const incident = component
    ? incidentFor(snapshot, { component })?.incident
    : (incidentFor(snapshot, { symptom })?.incident ?? openIncidents(snapshot.incidents)[0])
  if (!incident) return { outcome: 'none' }
  const url = (locale: 'en' | 'el') => `${baseUrl}/${locale}/status`
  return {
    outcome: 'open',
    values: {
      incident: inBoth(incident.titles),
      incidentUpdate: inBoth(lastUpdate(incident)),
      incidentUrl: { en: url('en'), el: url('el') },
    },
  }
}

const lastUpdate = ({ updates }: IncidentRow) => updates[0]?.bodies ?? { en: '', el: '' }

const inBoth = (text: { en: string; el: string }) => ({ en: textIn(text, 'en').text, el: textIn(text, 'el').text })

const severity = { ok: 0, maintenance: 1, degraded: 2, partial: 3, major: 4 } as const
const outcomes = {
  ok: 'works',
  maintenance: 'maintenance',
  degraded: 'degraded',
  partial: 'down',
  major: 'down',
} as const

function componentState({ components }: StatusSnapshot, slug: string | undefined): Found {
  const meant = components.filter((each) => !each.isGroup && (slug === undefined || each.slug === slug))
  const rank = ({ status }: ComponentRow): number => severity[stateOf(status)]
  const worst = meant.reduce<ComponentRow | undefined>((a, b) => (a && rank(a) >= rank(b) ? a : b), undefined)
  return worst ? { outcome: outcomes[stateOf(worst.status)], values: { component: inBoth(worst.names) } } : unknown
}

async function finding(tx: TxCtx, conversationId: About['conversation']['id'], rules: unknown): Promise<Found> {
  const read = (await listCaptures(tx, conversationId)).filter(({ state }) => state === 'analysed')
  if (read.length === 0 || !Array.isArray(rules)) return unknown
  const found = read.flatMap(({ findings }) => findings).find(({ rule }) => rules.includes(rule))
  return found ? { outcome: 'found', values: { finding: found.message.customer } } : { outcome: 'none' }
}

/** More messages than anyone writes to the assistant. */
const enough = 500

/**
 * What an organisation knows of whoever asks, in one word. It chooses the notes of agents; the person reads none of it.
 */
async function membershipOf(tx: TxCtx, { conversation, parts }: Pick<Place, 'conversation' | 'parts'>): Promise<Found> {
  const about = await signInNameOf(tx, conversation)
  return about === undefined ? unknown : { outcome: await parts.membership(tx, about) }
}

/**
 * What a conversation goes by at sign-in: the reference that its contact was shown and wrote, an address that they
 * wrote, or the one that they left.
 */
export async function signInNameOf(
  tx: TxCtx,
  conversation: Pick<About['conversation'], 'id' | 'contactId'>,
): Promise<string | undefined> {
  const messages = await listMessages(tx, conversation.id, { after: 0, limit: enough })
  const said = messages.filter(({ authorType }) => authorType === 'contact').map(({ body }) => body)
  const written = said.reverse().flatMap((body) => signInNameIn(body) ?? [])
  return written.find((each) => !each.includes('@')) ?? written[0] ?? (await addressOf(tx, conversation.contactId))
}

/** A reference of a sign-in, or an address. */
export const signInNameIn = (text: string): string | undefined =>
  /\bSSO[-\s]?[0-9A-Z]{4}[-\s]?[0-9A-Z]{4}\b/i.exec(text)?.[0] ??
  /[A-Z0-9._%+-]{1,64}@[A-Z0-9-]{1,63}(?:\.[A-Z0-9-]{1,63})+/i.exec(text)?.[0]

const addressOf = async (tx: TxCtx, contactId: About['conversation']['contactId']): Promise<string | undefined> =>
  (await listContacts(tx, [contactId])).get(contactId)?.email

async function attachmentSize(
  tx: TxCtx,
  conversationId: About['conversation']['id'],
  { limitBytes, saidBytes }: { limitBytes: number; saidBytes: number | undefined },
): Promise<Found> {
  const messages = await listMessages(tx, conversationId, { after: 0, limit: enough })
  const attached = messages
    .filter(({ authorType }) => authorType === 'contact')
    .flatMap(({ content }) => content.attachments ?? [])
    // A picture of the message is not the file that would not go through.
    .filter(({ mediaType }) => !mediaType.startsWith('image/'))
  const largest = attached.reduce<(typeof attached)[number] | undefined>(
    (a, b) => (a && a.sizeBytes >= b.sizeBytes ? a : b),
    undefined,
  )
  // What somebody says of their file counts while there is no file to look at.
  if (!largest) return saidSize({ limitBytes, saidBytes })
  const values = { fileName: largest.name, fileSize: megabytes(largest.sizeBytes) }
  return { outcome: largest.sizeBytes > limitBytes ? 'over' : 'under', values }
}

function saidSize({ limitBytes, saidBytes }: { limitBytes: number; saidBytes: number | undefined }): Found {
  if (saidBytes === undefined) return unknown
  return { outcome: saidBytes > limitBytes ? 'over' : 'under', values: { fileSize: megabytes(saidBytes) } }
}

/** Where there is no conversation to look into, only what was said can be known. */
export const lookWithout =
  (settings: FlowSettings): Look =>
  async ({ check, params, saidBytes }) =>
    check === 'attachment-size' ? saidSize({ limitBytes: limitOf(params['overBytes'], settings), saidBytes }) : unknown

function limitOf(overBytes: unknown, { uploadLimitBytes, captureLimitBytes }: FlowSettings): number {
  if (typeof overBytes === 'number') return overBytes
  return overBytes === 'captureLimit' ? captureLimitBytes : uploadLimitBytes
}

/** One digit where it matters. */
export function megabytes(bytes: number): { en: string; el: string } {
  const text = (locale: string) =>
    `${new Intl.NumberFormat(locale, { maximumFractionDigits: bytes < 10_000_000 ? 1 : 0 }).format(bytes / 1_000_000)} MB`
  return { en: text('en'), el: text('el') }
}
