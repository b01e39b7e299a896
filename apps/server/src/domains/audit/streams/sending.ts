import type { Envelope } from '../model.envelope.ts'
import type { StreamOperator } from '../parts.ts'

/** A batch on its way. */
export type Sending = {
  streamId: string
  organisationId: string
  events: readonly Envelope[]
  secret: string | undefined
  now: Date
  operator: StreamOperator
}
