import { z } from 'zod'

const Pair = z.object({ name: z.string(), value: z.string() })

const Cookie = z.object({
  ...Pair.shape,
  path: z.string(),
  domain: z.string(),
  expires: z.string(),
  sameSite: z.string(),
  isSecure: z.boolean(),
  isHttpOnly: z.boolean(),
})

const Body = z.object({
  mime: z.string(),
  text: z.string().meta({ description: 'As in the file; with `encoding` base64 still encoded.' }),
  encoding: z.string(),
  sizeBytes: z.number().optional(),
  isCut: z.boolean().meta({ description: 'Only the beginning is here; the whole is in the file.' }),
})

/** Everything of one entry of a capture that the list does not carry, read from the cleaned file. */
export const CaptureEntryDetail = z
  .object({
    index: z.int(),
    url: z.string(),
    statusText: z.string(),
    httpVersion: z.string(),
    redirectUrl: z.string(),
    priority: z.string(),
    serverAddress: z.string(),
    connection: z.string(),
    fromCache: z
      .string()
      .meta({ description: 'memory, disk, service-worker, push or prefetch; empty from the network.' }),
    transferBytes: z.number().optional(),
    contentBytes: z.number().optional(),
    initiator: z.object({ type: z.string(), url: z.string(), line: z.number().optional() }).optional(),
    callStack: z.array(z.object({ functionName: z.string(), url: z.string(), line: z.number().optional() })),
    security: z
      .object({
        protocol: z.string(),
        subject: z.string(),
        issuer: z.string(),
        validFrom: z.number().optional().meta({ description: 'Seconds since the epoch.' }),
        validTo: z.number().optional().meta({ description: 'Seconds since the epoch.' }),
      })
      .optional(),
    request: z.object({
      headers: z.array(Pair),
      cookies: z.array(Cookie),
      query: z.array(Pair),
      form: z.array(z.object({ ...Pair.shape, fileName: z.string(), contentType: z.string() })),
      body: Body.optional(),
    }),
    response: z.object({ headers: z.array(Pair), cookies: z.array(Cookie), body: Body.optional() }),
    messages: z.array(
      z.object({
        type: z.string(),
        time: z.number().optional().meta({ description: 'Seconds since the epoch.' }),
        data: z.string(),
      }),
    ),
  })
  .meta({ id: 'CaptureEntryDetail' })
export type CaptureEntryDetail = z.infer<typeof CaptureEntryDetail>
