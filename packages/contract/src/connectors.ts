import { z } from 'zod'
import { Instant } from './primitives.ts'

/** An id of a request, as the product writes it into its own logs. */
export const RequestId = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[\x21-\x7e]+$/, 'must be printable and without spaces')

/** Why a lookup brought nothing. */
export const LookupFailure = z.enum([
  'off',
  'address',
  'unreachable',
  'timeout',
  'too_large',
  'redirect',
  'status',
  'malformed',
  'wrong_shape',
  'command',
  'resting',
  'busy',
])
export type LookupFailure = z.infer<typeof LookupFailure>

const line = z.string().optional()

/** What the product's own logs know of a request. Text from elsewhere: it is shown as text. */
export const RequestRecord = z
  .object({
    at: Instant.optional(),
    method: line,
    path: line,
    status: z.int().optional(),
    durationMs: z.number().optional(),
    errorCode: line,
    errorMessage: line,
    model: line,
    organisation: line,
    region: line,
    notes: z.array(z.string()),
    links: z.array(z.string()),
  })
  .meta({ id: 'RequestRecord' })
export type RequestRecord = z.infer<typeof RequestRecord>

/** One id of a case, and what came of looking it up. `none`: nobody has looked yet. */
export const RequestLookup = z
  .object({
    requestId: z.string(),
    state: z.enum(['none', 'waiting', 'found', 'not_found', 'failed']),
    record: RequestRecord.optional(),
    failure: LookupFailure.optional(),
    status: z.int().optional().meta({ description: 'What the endpoint answered, where that was the failure.' }),
    lookedAt: Instant.optional().meta({ description: 'When the logs were asked.' }),
  })
  .meta({ id: 'RequestLookup' })
export type RequestLookup = z.infer<typeof RequestLookup>

export const RequestLookupList = z
  .object({
    isOn: z.boolean().meta({ description: 'Whether there is a connector to ask.' }),
    lookups: z.array(RequestLookup),
  })
  .meta({ id: 'RequestLookupList' })
export type RequestLookupList = z.infer<typeof RequestLookupList>

export const LookUpRequest = z.strictObject({ requestId: RequestId })
export type LookUpRequest = z.input<typeof LookUpRequest>

/** One call that was made, by whom and why. What was answered is not in it. */
export const LookupCall = z
  .object({
    id: z.uuid(),
    at: Instant,
    requestId: z.string(),
    reason: z.enum(['case', 'again', 'test']),
    agentName: z.string().optional().meta({ description: 'Without it, the product asked by itself.' }),
    outcome: z.union([z.enum(['found', 'not_found']), LookupFailure]),
    isCached: z.boolean(),
    durationMs: z.int(),
  })
  .meta({ id: 'LookupCall' })
export type LookupCall = z.infer<typeof LookupCall>

/** Where requests are looked up. A command is the operator's alone and goes before an endpoint. */
export const Connector = z
  .object({
    way: z.enum(['off', 'endpoint', 'command']),
    url: z.string().optional(),
    timeoutMs: z.int(),
    hasSecret: z.boolean(),
    command: z.string().optional().meta({ description: 'The name of the program, without what it is given.' }),
    version: z.int(),
    updatedAt: Instant.optional(),
    updatedBy: z.string().optional(),
    restsUntil: Instant.optional().meta({ description: 'After five failures in a row nothing is asked until then.' }),
    canChange: z.boolean(),
    calls: z.array(LookupCall).meta({ description: 'The last fifty, newest first.' }),
  })
  .meta({ id: 'Connector' })
export type Connector = z.infer<typeof Connector>

export const SaveConnector = z.strictObject({
  version: z.int().min(0).meta({ description: 'The version that the change was made from.' }),
  url: z.string().trim().max(500).nullable().meta({ description: 'Null: no endpoint is asked.' }),
  timeoutMs: z.int().min(500).max(20_000).default(5000),
  newSecret: z.boolean().default(false).meta({ description: 'Makes another secret; the old one signs no more.' }),
})
export type SaveConnector = z.input<typeof SaveConnector>

export const SavedConnector = z
  .object({
    connector: Connector,
    secret: z.string().optional().meta({ description: 'Of a new secret. In this answer and never again.' }),
  })
  .meta({ id: 'SavedConnector' })
export type SavedConnector = z.infer<typeof SavedConnector>

export const ConnectorTest = z
  .object({
    outcome: z.union([z.enum(['found', 'not_found']), LookupFailure]),
    status: z.int().optional(),
    record: RequestRecord.optional(),
    durationMs: z.int(),
  })
  .meta({ id: 'ConnectorTest' })
export type ConnectorTest = z.infer<typeof ConnectorTest>
