import type { RequestRecord } from '@clew/contract/connectors'
import { maskSecretsInMessage } from '@clew/redact'
import { z } from 'zod'
import type { LookupOutcome } from './model.connector.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is taken out
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** Longer text is cut before it is masked, so that what is masked is what is kept. */
const words = (most: number) =>
  z.string().transform((text) => {
    const cut = text.replace(unseen, '').trim().slice(0, most)
    return maskSecretsInMessage(cut).text.slice(0, most)
  })
const given = <S extends z.ZodType>(schema: S) => schema.nullish().transform((value) => value ?? undefined)

const isWebLink = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)

/** What an answer may say of a request; more than this is not kept. */
const Result = z.object({
  requestId: z.string().max(200),
  found: z.boolean().default(true),
  at: given(z.iso.datetime({ offset: true }).transform((at) => new Date(at).toISOString())),
  method: given(words(16)),
  path: given(words(500)),
  status: given(z.int().min(100).max(599)),
  durationMs: given(z.number().min(0).max(86_400_000)),
  errorCode: given(words(100)),
  errorMessage: given(words(2000)),
  model: given(words(100)),
  organisation: given(words(200)),
  region: given(words(100)),
  notes: given(z.array(words(500)).max(20)),
  links: given(z.array(words(500)).max(10)),
})
const Answer = z.object({ results: z.array(Result).max(50) })

/** Reads what an endpoint or a command answered about one id. It is text from elsewhere, whoever wrote it. */
export function readAnswer(text: string, requestId: string): LookupOutcome {
  const json = parse(text)
  if (json === undefined) return { state: 'failed', failure: 'malformed' }
  const answer = Answer.safeParse(json)
  if (!answer.success) return { state: 'failed', failure: 'wrong_shape' }
  const result = answer.data.results.find((each) => each.requestId === requestId)
  return result?.found === true ? { state: 'found', record: recordOf(result) } : { state: 'not_found' }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function recordOf({ requestId: _id, found: _found, notes, links, ...rest }: z.output<typeof Result>): RequestRecord {
  const told = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined && value !== ''))
  return {
    ...told,
    notes: (notes ?? []).filter((note) => note !== ''),
    links: (links ?? []).filter(isWebLink),
  }
}
