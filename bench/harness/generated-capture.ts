import type { CaptureDetail, CaptureEntry } from '@clew/contract/captures'

const kinds = [
  { media: 'application/json', path: (n: number) => `/v1/workspaces/ws_4HQ9T2/files?limit=50&page=${n}` },
  { media: 'text/javascript', path: (n: number) => `/assets/chunk-${(n * 7919).toString(16)}.js` },
  { media: 'image/webp', path: (n: number) => `/images/thumbnails/2026/11/${n}/cover-large-retina.webp` },
  { media: 'text/css', path: (n: number) => `/assets/theme-${n % 13}.css` },
] as const
const hosts = ['app.northlight.example', 'cdn.northlight.example', 'files.northlight.example', 'telemetry.kyma.example']

/** A long session: pages, scripts, pictures and an API of which some calls fail, in four hosts. */
export function generatedCapture(count: number): CaptureDetail {
  const rows = Array.from({ length: count }, (_, index) => generatedEntry(index))
  const failing = rows.filter(({ status }) => status === 0 || status >= 400).map(({ index }) => index)
  const message = { en: 'The upload was refused on the way.', el: 'Η μεταφόρτωση απορρίφθηκε στη διαδρομή.' }
  const finding = {
    rule: 'too-large',
    severity: 'high',
    entries: failing.slice(0, 50),
    params: {},
    requestIds: [],
    message: { customer: message, agent: message },
  } as const
  return {
    capture: {
      id: '0190c0de-0000-7000-8000-00000000000a',
      conversationId: '0190c0de-0000-7000-8000-00000000000b',
      fileId: '0190c0de-0000-7000-8000-00000000000c',
      name: 'long-session.har',
      sizeBytes: 25_000_000,
      state: 'analysed',
      removedInBrowser: [],
      removedOnServer: [],
      entries: count,
      spanMs: count * 45,
      failing: failing.length,
      findings: [finding],
      undecidable: [],
      createdAt: '2026-11-24T08:00:00.000Z',
    },
    entries: rows,
  } as unknown as CaptureDetail
}

function generatedEntry(index: number): CaptureEntry {
  const kind = kinds[index % 11 === 0 ? 0 : index % kinds.length] ?? kinds[0]
  const chance = (index * 2_654_435_761) % 1000
  const status = statusOf(chance)
  return {
    index,
    startedAt: '2026-11-24T08:00:00.000Z',
    offsetMs: index * 45,
    method: index % 5 === 0 ? 'POST' : 'GET',
    host: hosts[index % hosts.length] ?? '',
    path: kind.path(index),
    status,
    mediaType: kind.media,
    sizeBytes: 300 + chance * 517,
    timings: timingsOf(chance, { isFirst: index % 9 === 0, sendMs: status === 413 ? 4000 : 1 }),
    requestIds: status === 413 ? [`req_${index}`] : [],
    ...(status === 0 ? { error: 'net::ERR_CONNECTION_RESET' } : {}),
  }
}

function statusOf(chance: number): number {
  if (chance < 12) return 413
  if (chance < 20) return 0
  return chance < 60 ? 304 : 200
}

/** `isFirst` opens a connection. */
function timingsOf(chance: number, { isFirst, sendMs }: { isFirst: boolean; sendMs: number }): CaptureEntry['timings'] {
  const blocked = chance % 40
  const [dns, connect, ssl] = isFirst ? [chance % 30, 40 + (chance % 60), 20 + (chance % 30)] : [0, 0, 0]
  const wait = 20 + (chance % 300)
  const receive = chance % 120
  return {
    blocked,
    dns,
    connect,
    ssl,
    send: sendMs,
    wait,
    receive,
    total: blocked + dns + connect + sendMs + wait + receive,
  }
}
