import { z } from 'zod'
import { FlowSchema } from './flow.ts'

/** The shape of a flow for editors that check YAML while somebody types. What needs more than shape is `validateFlow`'s. */
export function flowJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(FlowSchema, { io: 'input' })
  return { $schema, title: 'Clew flow', ...schema }
}
