import { z } from 'zod'
import type { Link } from './chain.ts'
import { Checkpoint } from './checkpoint.ts'
import { canonical } from './draft.ts'

/** For whom a file was written. */
const ExportMark = z.object({ exportId: z.string(), requester: z.string(), writtenAt: z.string() })
export type ExportMark = z.infer<typeof ExportMark>

const hex = z.string().regex(/^[0-9a-f]{64}$/)

/** An export that can be checked without us: a line that says what it is, an event a line, what was signed at the end. */
export const ExportLine = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('export'),
    format: z.literal('clew-audit-1'),
    organisation: z.string(),
    exported_at: z.string(),
    is_filtered: z.boolean(),
    first: z.object({ seq: z.int(), prev_hash: hex }),
    public_key: z.string(),
    watermark: ExportMark.optional(),
  }),
  z.object({
    type: z.literal('event'),
    event: z.record(z.string(), z.json()),
    personal: z.record(z.string(), z.object({ salt: z.string(), value: z.string() }).nullable()),
    prev_hash: hex,
    hash: hex,
  }),
  Checkpoint.extend({ type: z.literal('checkpoint') }),
])
export type ExportLine = z.infer<typeof ExportLine>

export const lineOf = (line: ExportLine): string => `${JSON.stringify(line)}\n`

export function eventLine(link: Link): ExportLine {
  return {
    type: 'event',
    event: JSON.parse(link.body),
    personal: Object.fromEntries(
      link.personal.map(({ part, kept }) => [
        part,
        kept ? { salt: kept.salt.toString('hex'), value: kept.value } : null,
      ]),
    ),
    prev_hash: link.prevHash.toString('hex'),
    hash: link.hash.toString('hex'),
  }
}

/** The link that a line was written from. */
export function linkOf(line: Extract<ExportLine, { type: 'event' }>): Link {
  return {
    seq: z.int().catch(0).parse(line.event['seq']),
    body: canonical(line.event),
    prevHash: Buffer.from(line.prev_hash, 'hex'),
    hash: Buffer.from(line.hash, 'hex'),
    personal: Object.entries(line.personal).map(([part, kept]) => ({
      part,
      kept: kept ? { salt: Buffer.from(kept.salt, 'hex'), value: kept.value } : undefined,
    })),
  }
}
