import { z } from 'zod'

/** An error as it crosses the wire: RFC 9457 problem details, with our stable code and the request it belongs to. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'One sentence in the language of the request.' }),
    code: z.string(),
    params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    errors: z
      .array(
        z.object({
          path: z.string().meta({ description: 'Where in what was sent.' }),
          message: z.string().meta({ description: 'A sentence in the language of the request.' }),
          code: z.string().optional().meta({ description: 'What is wrong, for programs: `missing`, `too_long` …' }),
          hint: z.string().optional().meta({ description: 'For developers, in English.' }),
        }),
      )
      .optional(),
    requestId: z.string(),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof Problem>
