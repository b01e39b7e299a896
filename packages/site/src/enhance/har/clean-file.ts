import {
  analyse,
  blobOf,
  blobShelf,
  blobSource,
  type Capture,
  type CaptureEntry,
  HarError,
  type HarValidation,
  readCaptureOf,
  type SanitisePhase,
  type SanitiseRule,
  sanitiseHar,
  validateHar,
} from '@clew/har'
import { GunzipError, gunzip, isGzipped, refuseZip } from '@clew/har/gunzip'
import { entriesOfCapture, isFailing, splitAtPlaceholders } from '@clew/har/waterfall'
import { ticks } from '../clock.ts'
import type { CleanCapture, CleaningChoice, CleaningProgress, CleaningStage, FailureCode, Sample } from './messages.ts'

/** The reader's choice with the operator's own rules. */
export type Cleaning = CleaningChoice & { readonly rules: readonly SanitiseRule[] }

interface Listeners {
  onProgress(progress: CleaningProgress): void
  /** What is wrong with the file, known before the cleaning is over or fails. */
  onChecked(validation: HarValidation): void
}

/** From a file, packed by gzip or not, to a clean copy and what it tells. The file is read in parts, and the copy is left to the browser to keep. */
export async function cleanFile(
  file: Blob,
  { policy, keepBodiesOf, rules }: Cleaning,
  { onProgress, onChecked }: Listeners,
): Promise<CleanCapture> {
  const begun = ticks()
  await refuseZip(file)
  const isPacked = await isGzipped(file)
  const tell = teller(isPacked ? packedParts : parts, onProgress)
  const plain = isPacked
    ? await gunzip(file, { onProgress: (bytesDone) => tell('unpack', { bytesDone, bytesTotal: file.size }) })
    : file
  const bytesTotal = plain.size
  const validation = await validateHar(blobSource(plain), {
    maxProblems: 60,
    maxOfOneKind: 2,
    onProgress: ({ bytesDone, entriesDone }) => tell('check', { bytesDone, bytesTotal, entriesDone }),
  })
  onChecked(validation)
  const { chunks, report } = sanitiseHar(blobSource(plain), {
    policy,
    keepBodiesOf,
    rules,
    makeShelf: blobShelf,
    onProgress: ({ phase, bytesDone, entriesDone, removedSoFar }) =>
      tell(stageOf[phase], { bytesDone, bytesTotal, entriesDone, removed: removedSoFar }),
  })
  const clean = await blobOf(chunks)
  const told = await report
  const seconds = (ticks() - begun) / 1000
  tell('read', { bytesDone: bytesTotal, bytesTotal, entriesDone: told.entries, removed: told.removedTotal })
  return { clean, report: told, validation, seconds, ...(await readFindings(clean)) }
}

async function readFindings(clean: Blob) {
  const capture = await readCaptureOf(blobSource(clean))
  const { findings, undecidable, summary } = analyse(capture)
  const rows = entriesOfCapture(capture)
  return {
    findings,
    undecidable,
    spans: capture.entries.map(({ span }) => span),
    rows,
    sample: sampleOf(capture),
    exporter: capture.browser || capture.creator,
    startedAt: summary.startedAt,
    spanMs: summary.spanMs,
    failing: rows.filter(isFailing).length,
  }
}

const stageOf: Readonly<Record<SanitisePhase, CleaningStage>> = { harvest: 'learn', sanitise: 'clean', verify: 'clean' }

/** Which part of the whole each stage begins at and takes. */
type Parts = Readonly<Record<CleaningStage, readonly [from: number, length: number]>>
const parts: Parts = {
  unpack: [0, 0],
  check: [0, 0.2],
  learn: [0.2, 0.4],
  clean: [0.6, 0.35],
  read: [0.95, 0.05],
}

const packedParts: Parts = { ...parts, unpack: [0, 0.1], check: [0.1, 0.15], learn: [0.25, 0.35] }

type Done = Pick<CleaningProgress, 'bytesDone' | 'bytesTotal'> & { entriesDone?: number; removed?: number }

/** Tells at most every 50 ms, each stage at least once, and never less than before. */
function teller(of: Parts, onProgress: Listeners['onProgress']) {
  let last = { at: 0, stage: '', share: 0 }
  return (stage: CleaningStage, { bytesDone, bytesTotal, entriesDone = 0, removed = 0 }: Done) => {
    const now = ticks()
    if (stage === last.stage && now - last.at < 50) return
    const [from, length] = of[stage]
    const share = Math.max(last.share, from + length * (bytesTotal === 0 ? 1 : Math.min(1, bytesDone / bytesTotal)))
    last = { at: now, stage, share }
    onProgress({ stage, bytesDone, bytesTotal, entriesDone, removed, share })
  }
}

const sampleHeaders = 7
/** Enough to find one that shows something; the rest would only be more of it. */
const sampledEntries = 400
const telling = /^(?:host|referer|origin|content-(?:type|length)|x-.*(?:id|version)|traceparent)$/

/** The request that shows the most of what was done; of two that show as much, the one that failed. */
function sampleOf({ entries }: Capture): Sample | undefined {
  let best: { entry: CaptureEntry; marks: number } | undefined
  for (const entry of entries.slice(0, sampledEntries)) {
    const marks = [...entry.requestHeaders.values()].filter(isMarked).length + Number(isMarked(entry.path))
    const worth = marks === 0 ? 0 : marks + (entry.status === 0 || entry.status >= 400 ? 0.5 : 0)
    if (worth > (best?.marks ?? 0)) best = { entry, marks: worth }
  }
  return best && writeSample(best.entry)
}

function writeSample({ method, path, requestHeaders }: CaptureEntry): Sample {
  // HTTP/2 says the address again as headers of its own.
  const headers = Array.from(requestHeaders, ([name, value]) => ({ name, value })).filter(
    ({ name }) => !name.startsWith(':'),
  )
  const marked = headers.filter(({ value }) => isMarked(value))
  const rest = headers.filter(({ name, value }) => telling.test(name) && !isMarked(value))
  const shown = [...marked, ...rest].slice(0, sampleHeaders)
  return {
    line: `${method} ${shortened(path)}`,
    headers: shown.map(({ name, value }) => ({ name: shortened(name), value: shortened(value) })),
  }
}

const mostLetters = 160

/** As much of a text as one wants to read, with no mark cut in two. */
function shortened(text: string): string {
  if (text.length <= mostLetters) return text
  let short = ''
  for (const part of splitAtPlaceholders(text)) {
    if (part.isPlaceholder && short.length + part.text.length > mostLetters) break
    short += part.text.slice(0, mostLetters - short.length)
    if (short.length >= mostLetters) break
  }
  return `${short}…`
}

const isMarked = (text: string): boolean => splitAtPlaceholders(text).some(({ isPlaceholder }) => isPlaceholder)

/** Says what went wrong as the page knows it. */
export function failureOf(error: unknown, validation: HarValidation | undefined) {
  return { type: 'failed', code: codeOf(error), validation } as const
}

function codeOf(error: unknown): FailureCode {
  if (error instanceof HarError || error instanceof GunzipError) return error.code
  // The file was moved, changed or unplugged after it was chosen.
  if (error instanceof DOMException && /NotReadable|NotFound/.test(error.name)) return 'unreadable'
  if (error instanceof RangeError || (error instanceof DOMException && error.name === 'QuotaExceededError'))
    return 'memory'
  return 'failed'
}
