import { z } from 'zod'
import { typedText } from './primitives.ts'

/** What is typed while one looks for whom or what a hold is about: a name, an address, a number, a subject. */
export const FindHoldCandidates = z.object({ q: typedText(200).default('') })
export type FindHoldCandidates = z.output<typeof FindHoldCandidates>

export const HoldCandidates = z
  .object({
    members: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        email: z.string(),
        hasLeft: z.boolean().meta({ description: 'What somebody has left behind can be held too.' }),
      }),
    ),
    contacts: z.array(z.object({ address: z.string(), name: z.string().optional() })),
    conversations: z.array(z.object({ number: z.int(), subject: z.string() })),
  })
  .meta({ id: 'HoldCandidates', description: 'The first few of each.' })
export type HoldCandidates = z.infer<typeof HoldCandidates>
