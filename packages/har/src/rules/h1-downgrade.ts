import type { CaptureEntry } from '../capture.ts'
import { isFromBrowser, isWebSocket } from '../entry-kinds.ts'
import type { EntryRule } from '../finding.ts'
import type { Scene } from '../scene.ts'

/** An older HTTP than the host offers. */
export const h1Downgrade: EntryRule = {
  id: 'h1-downgrade',
  severity: 'low',
  per: 'host',
  quotesIds: false,
  select: (scene) =>
    hostsInQuestion(scene).flatMap((host) => {
      const entries = scene.byHost.get(host) ?? []
      const plain = entries.filter(isComparable)
      return [...downgraded(plain), ...neverH3(plain, scene)]
    }),
  describe: ([first]) => ({ version: first === undefined ? '' : VERSIONS[first.protocol] }),
  customer: {
    en: 'Your network makes your browser use an older kind of connection to {host}, which is slower.',
    el: 'Το δίκτυό σας αναγκάζει το πρόγραμμα περιήγησής σας να χρησιμοποιεί παλιότερο, πιο αργό είδος σύνδεσης με το {host}.',
  },
  agent: {
    en: '{count} {count?request|requests} to {host} went over {version} though the host offers a newer one: a middlebox, or UDP 443 is blocked.',
    el: '{count} {count?αίτημα προς {host} πήγε|αιτήματα προς {host} πήγαν} με {version} αν και προσφέρεται νεότερο: ενδιάμεση συσκευή ή αποκλεισμένο UDP 443.',
  },
}

function hostsInQuestion(scene: Scene): string[] {
  const own = [...scene.byHost.keys()].filter(scene.isFirstPartyHost)
  return [...new Set([...scene.overH1.map((entry) => entry.host), ...own])]
}

const VERSIONS = { '': '', h1: 'HTTP/1.1', h2: 'HTTP/2', h3: 'HTTP/3' } as const

function isComparable(entry: CaptureEntry): boolean {
  return (
    entry.scheme === 'https' &&
    entry.protocol !== '' &&
    entry.status >= 200 &&
    entry.status < 400 &&
    !isFromBrowser(entry) &&
    !isWebSocket(entry)
  )
}

/** The first request of a host and a preconnected one may differ; half of them differing is a sign. */
function downgraded(entries: readonly CaptureEntry[]): readonly CaptureEntry[] {
  const old = entries.filter((entry) => entry.protocol === 'h1')
  return old.length >= 2 && old.length < entries.length && old.length * 2 >= entries.length - old.length ? old : []
}

const NEW_CONNECTIONS = 3

/** HTTP/3 was offered to one of ours, and connections that were opened afterwards all did without. */
function neverH3(entries: readonly CaptureEntry[], scene: Scene): readonly CaptureEntry[] {
  const first = entries[0]
  if (first === undefined || !scene.isFirstParty(first) || entries.some((entry) => entry.protocol !== 'h2')) return []
  const offer = entries.find((entry) => /\bh3\b/.test(entry.responseHeaders.get('alt-svc') ?? ''))
  if (offer?.startedAt === undefined) return []
  const offeredAt = offer.startedAt + (offer.durationMs ?? 0)
  const opened = entries.filter((entry) => (entry.timings.connect ?? 0) > 0 && (entry.startedAt ?? 0) > offeredAt)
  return opened.length >= NEW_CONNECTIONS ? opened : []
}
