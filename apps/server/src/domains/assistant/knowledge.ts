import type { Knowledge, KnownIncident } from '@clew/assistant'
import type { Locale } from '@clew/contract/primitives'
import type { PlaceholderValues } from '@clew/flows'
import type { TxCtx } from '../../platform/ctx.ts'
import { incidentFor, type StatusSnapshot, textIn } from '../status/index.ts'
import { lookFor, lookWithout, megabytes } from './flow-looks.ts'
import type { About, FlowSettings, SharedParts } from './parts.ts'

/** Everything the assistant may rest an answer on in one conversation. */
export function knowledgeFor(tx: TxCtx, about: About): Knowledge {
  const { conversation, message, parts } = about
  const look = lookFor(tx, { conversation, symptom: message.body, parts })
  return { ...sharedKnowledge(parts, String(conversation.number)), look }
}

/** The same without a conversation: nothing is known of files and recordings. */
export function sharedKnowledge(parts: SharedParts, reference: string): Knowledge {
  return {
    brand: parts.flowSettings().brand,
    library: parts.library(),
    flows: parts.flows(),
    flowValues: flowValues(parts.flowSettings(), reference),
    look: lookWithout(parts.flowSettings()),
    route: parts.router().route,
    incidentFor: ({ text, at, locale }) => knownIncident(parts.status(), { text, at, locale }),
  }
}

function flowValues(settings: FlowSettings, reference: string): PlaceholderValues {
  return {
    brand: settings.brand,
    appHost: settings.appHost,
    supportEmail: settings.supportEmail,
    uploadLimit: megabytes(settings.uploadLimitBytes),
    captureLimit: megabytes(settings.captureLimitBytes),
    reference,
    statusUrl: { en: `${settings.baseUrl}/en/status`, el: `${settings.baseUrl}/el/status` },
  }
}

function knownIncident(
  snapshot: StatusSnapshot,
  { text, at, locale }: { text: string; at: Date | undefined; locale: Locale },
): KnownIncident | undefined {
  const match = incidentFor(snapshot, { symptom: text, at })
  if (!match) return undefined
  const { incident } = match
  const [update] = incident.updates
  return {
    id: incident.id,
    title: textIn(incident.titles, locale).text,
    text: update ? textIn(update.bodies, locale).text : '',
    startedAt: incident.startedAt.toISOString(),
  }
}
