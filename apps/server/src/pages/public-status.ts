import { Locale } from '@clew/contract/primitives'
import { V2Components, V2Incidents, V2Maintenances, V2StatusAnswer, V2Summary } from '@clew/contract/status-v2'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { StatusSnapshot } from '../domains/status/index.ts'
import { createLimiter } from '../platform/http/limits.ts'
import { setOpenCors } from '../platform/http/security.ts'
import { compress, sendCompressed } from './compressed.ts'
import type { Shell } from './shell.ts'
import { v2View } from './status-v2-view.ts'

type Answers = ReturnType<typeof v2View>

const routes: readonly { path: string; of: keyof Answers; summary: string; answer: z.ZodType }[] = [
  { path: 'summary', of: 'summary', summary: 'Status, components and open incidents', answer: V2Summary },
  { path: 'status', of: 'status', summary: 'The status of everything in one word', answer: V2StatusAnswer },
  { path: 'components', of: 'components', summary: 'Every component', answer: V2Components },
  { path: 'incidents', of: 'incidents', summary: 'The 50 newest incidents', answer: V2Incidents },
  { path: 'incidents/unresolved', of: 'unresolved', summary: 'The open incidents', answer: V2Incidents },
  ...['', '/upcoming', '/active'].map((which) => ({
    path: `scheduled-maintenances${which}`,
    of: 'maintenances' as const,
    summary: 'Planned maintenance',
    answer: V2Maintenances,
  })),
]

const Query = z.object({
  locale: Locale.default('en').catch('en').meta({ description: 'The language of names and texts.' }),
})

const { timeZone } = Intl.DateTimeFormat().resolvedOptions()

/**
 * The status for programs, in the shapes of Statuspage v2, as their clients ask for it. From memory: it answers while
 * the database does not.
 */
export function registerPublicStatus(app: FastifyInstance, shell: Shell): void {
  const { limitFactor = 1 } = shell.parts
  const limit = createLimiter(app, 'status.v2', 240 * limitFactor)
  for (const { path, of, summary, answer } of routes) {
    const schema = { summary, tags: ['status'], security: [], querystring: Query, response: { 200: answer } }
    app.get(`/api/v2/${path}.json`, { schema }, async (request, reply) => {
      setOpenCors(reply)
      await limit(request, request.ip)
      const { snapshot } = await shell.watch.recent()
      return send(request, reply, answersFor(shell, request, snapshot)[of]())
    })
  }
  app.options('/api/v2/*', { schema: { hide: true } }, async (_request, reply) => {
    setOpenCors(reply)
    return reply.code(204).send()
  })
}

function answersFor(shell: Shell, request: FastifyRequest, snapshot: StatusSnapshot): Answers {
  const { locale } = Query.parse(request.query)
  const paths = shell.pathsOf(request)
  return v2View(snapshot, {
    brand: shell.parts.settings.current().brand.name,
    statusUrl: paths.absolute(paths.status(locale)),
    timeZone,
    locale,
  })
}

async function send(request: FastifyRequest, reply: FastifyReply, body: unknown): Promise<FastifyReply> {
  void reply.headers({
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'public, max-age=10, stale-while-revalidate=60, stale-if-error=86400',
  })
  return sendCompressed(request, reply, await compress(Buffer.from(JSON.stringify(body)), 4))
}
