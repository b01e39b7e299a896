import type { FastifyInstance } from 'fastify'
import { registerPages } from '../pages/index.ts'
import { pageParts } from '../pages/parts.ts'
import { createHttp } from '../platform/http/server.ts'
import { createLog } from '../platform/log.ts'
import { createMetrics } from '../platform/metrics.ts'
import { builtSite } from './built-site.ts'
import { nobody } from './nobody.ts'
import { createWorld, type World } from './world.ts'

type Answer = Awaited<ReturnType<FastifyInstance['inject']>>

export type PagedWorld = { world: World; app: FastifyInstance; close(): Promise<void> }

/** A world with the public pages, which know who is there by cookies alone. */
export async function createPagedWorld(): Promise<PagedWorld> {
  const world = await createWorld()
  const { clew, config, clock } = world
  const log = createLog('silent')
  const { database, house, newCtx, session } = clew
  const parts = pageParts({ config, database, house, newCtx, session, log, clock })
  const distDirs = { ...parts.distDirs, site: builtSite() }
  const app = await createHttp({
    config,
    database,
    clock,
    log,
    metrics: createMetrics(),
    routes: [],
    authenticate: nobody,
    pages: (server) => registerPages(server, { ...parts, distDirs, limitFactor: 1000 }),
  })
  return {
    world,
    app,
    close: async () => {
      await app.close()
      await world.close()
    },
  }
}

/** Somebody's browser: it keeps cookies, and reads the token of the form that it was shown. */
export class Browser {
  readonly #app: FastifyInstance
  readonly #cookies = new Map<string, string>()
  #csrf = ''

  constructor(app: FastifyInstance) {
    this.#app = app
  }

  async get(url: string): Promise<Answer> {
    return this.#note(await this.#app.inject({ url, headers: this.#headers() }))
  }

  post(url: string, values: Record<string, string> = {}, more: Record<string, string> = {}): Promise<Answer> {
    const payload = new URLSearchParams({ csrf: this.#csrf, ...values }).toString()
    return this.#post(url, payload, { 'content-type': 'application/x-www-form-urlencoded', ...more })
  }

  /** A form with files, as a browser sends it. */
  postFiles(
    url: string,
    values: Record<string, string>,
    files: readonly { field: string; name: string; content: Buffer | string; type?: string }[],
  ): Promise<Answer> {
    const boundary = '----a-browser'
    const head = (disposition: string, type?: string): Buffer =>
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n${type === undefined ? '' : `Content-Type: ${type}\r\n`}\r\n`,
      )
    const end = Buffer.from('\r\n')
    const fields = Object.entries({ csrf: this.#csrf, ...values }).flatMap(([name, value]) => [
      head(`name="${name}"`),
      Buffer.from(value),
      end,
    ])
    const parts = files.flatMap(({ field, name, content, type = 'application/octet-stream' }) => [
      head(`name="${field}"; filename="${name}"`, type),
      Buffer.from(content),
      end,
    ])
    const payload = Buffer.concat([...fields, ...parts, Buffer.from(`--${boundary}--\r\n`)])
    return this.#post(url, payload, { 'content-type': `multipart/form-data; boundary=${boundary}` })
  }

  async #post(url: string, payload: string | Buffer, more: Record<string, string>): Promise<Answer> {
    const headers = { ...this.#headers(), origin: 'http://localhost', ...more }
    return this.#note(await this.#app.inject({ method: 'POST', url, headers, payload }))
  }

  #headers() {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    return { host: 'localhost', accept: 'text/html', cookie }
  }

  #note(answer: Answer): Answer {
    for (const { name, value } of answer.cookies) {
      if (value === '') this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
    this.#csrf = /name="csrf" value="([^"]+)"/.exec(answer.body)?.[1] ?? this.#csrf
    return answer
  }
}
