import { readFile } from 'node:fs/promises'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { isLocale } from '@clew/i18n'
import { build } from '../../build.mjs'
import { createAssets } from '../site.ts'
import { samplePages } from './pages.ts'
import { sampleSite } from './samples.ts'

/** As strict as the server's: no inline anything, trusted types. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types clew-site',
].join('; ')

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** Serves the sample pages as `/<locale>/<name>` with the built assets; `answers` stand in for the API. */
export async function servePages(folder: string, answers: Readonly<Record<string, http.RequestListener>>) {
  const { manifest } = await build({ to: folder })
  const assets = createAssets(manifest, '/assets/site')
  const answerRequest = async (request: http.IncomingMessage, response: http.ServerResponse): Promise<unknown> => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const answer = answers[pathname]
    if (answer !== undefined) return answer(request, response)
    if (pathname.startsWith('/assets/') || pathname.endsWith('/har-offline.js')) {
      const file = path.basename(pathname)
      const own = file.startsWith('har-worker.') ? "default-src 'none'" : policy
      response.writeHead(200, { 'content-type': types[path.extname(file)], 'content-security-policy': own })
      return response.end(await readFile(path.join(folder, file)))
    }
    const [, locale, name = ''] = pathname.split('/')
    const render = samplePages[name]
    if (!isLocale(locale) || render === undefined) return response.writeHead(404).end()
    const { widgetSrc: _, ...site } = sampleSite(locale, { assets })
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy })
    return response.end(render(locale, site))
  }
  const server = http.createServer((request, response) => void answerRequest(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { origin, close: () => new Promise((resolve) => server.close(resolve)) }
}
