import type { Finding } from '@clew/contract/captures'
import { analyse, type Capture, readCapture } from '@clew/har'

const pieceBytes = 4 << 20
const newline = 0x0a
const encoder = new TextEncoder()
const [before, after] = [encoder.encode('{"log":{"entries":['), encoder.encode(']}}')]

/** What the safe copy shows. Only the safe copy is read, so that what we say here is what an agent will see. */
export async function analyseSafeCopy(safe: Blob): Promise<Finding[]> {
  return analyse(await readSafeCopy(safe)).findings
}

/**
 * Reads the copy piece by piece, since all of it at once may be more than a tab may hold. The sanitiser writes the head
 * on the first line and each entry on a line of its own.
 */
export async function readSafeCopy(safe: Blob): Promise<Capture> {
  let capture: Capture | undefined
  let rest = new Uint8Array()
  for (let at = 0; at < safe.size; at += pieceBytes) {
    const piece = await safe.slice(at, at + pieceBytes).arrayBuffer()
    const bytes = joined(rest, new Uint8Array(piece))
    const end = bytes.lastIndexOf(newline) + 1
    capture = withLines(capture, bytes.subarray(0, end))
    rest = bytes.slice(end)
  }
  return capture ?? readCapture(joined(before, after))
}

/** What is read so far, with the lines that follow. */
function withLines(capture: Capture | undefined, lines: Uint8Array): Capture | undefined {
  if (lines.length === 0) return capture
  const body = lines.subarray(0, lines.lastIndexOf(0x7d) + 1)
  const isLast = endsLog(body)
  const entries = isLast ? body.subarray(0, body.length - after.length) : body
  const part = readCapture(capture === undefined ? joined(entries, after) : joined(before, entries, after))
  if (capture === undefined) return part
  const first = capture.entries.length
  return {
    ...capture,
    entries: [...capture.entries, ...part.entries.map((entry) => ({ ...entry, index: entry.index + first }))],
    isSanitised: capture.isSanitised || part.isSanitised,
    lacksCredentials: capture.lacksCredentials && part.lacksCredentials,
  }
}

/** The last line of the file closes the log; it holds nothing else. */
const endsLog = (bytes: Uint8Array): boolean =>
  bytes.length > after.length &&
  bytes.at(-after.length - 1) === newline &&
  after.every((byte, at) => bytes[bytes.length - after.length + at] === byte)

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
