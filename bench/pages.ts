import { readFileSync } from 'node:fs'
import { inRoot, type RunningClew, withClew } from './harness/clew.ts'
import { plainServer } from './harness/plain-server.ts'
import { cpuOf } from './harness/processes.ts'
import { type Answer, expectStatus, SocketClient, withClients } from './harness/socket-client.ts'
import { median, percentile } from './harness/stats.ts'
import { atLeast, atMost, type Cell, printTable, ratio } from './harness/table.ts'
import type { BenchOptions } from './main.ts'

const pagesToAsk = { 'help-centre home': '/en', article: '/en/articles/upload-failures' }

/** Pages of the help centre at one client that keeps its connection, and what travels on a first visit. */
export async function pages({ rounds, seconds }: BenchOptions): Promise<void> {
  await withClew(async (clew) => {
    const rows: Cell[][] = []
    for (const [name, path] of Object.entries(pagesToAsk)) {
      rows.push(...(await measurePage(clew, { name, path, rounds, seconds: seconds / rounds })))
    }
    printTable(
      'pages: one client on one connection, Brotli (median)',
      ['', 'a second', '', 'to baseline', 'p50 ms', 'p99 ms', 'cpu ms each', 'to baseline'],
      rows,
    )
    await printBytes(clew)
  })
}

type Page = { name: string; path: string; rounds: number; seconds: number }
type Round = { perSecond: number; p50: number; p99: number; cpuMs: number }

async function measurePage(clew: RunningClew, page: Page): Promise<Cell[][]> {
  const first = await fetchOnce(clew.port, page.path, 'br')
  const plain = await plainServer(first)
  try {
    const ours: Round[] = []
    const bare: Round[] = []
    await hammer({ port: clew.port, pid: clew.pid, path: page.path, seconds: 1 })
    await hammer({ port: plain.port, pid: plain.pid, path: page.path, seconds: 0.5 })
    for (let round = 0; round < page.rounds; round += 1) {
      ours.push(await hammer({ port: clew.port, pid: clew.pid, path: page.path, seconds: page.seconds }))
      bare.push(await hammer({ port: plain.port, pid: plain.pid, path: page.path, seconds: page.seconds }))
    }
    const of = (runs: readonly Round[], key: keyof Round) => median(runs.map((run) => run[key]))
    const perSecond = of(ours, 'perSecond')
    const baseline = { perSecond: of(bare, 'perSecond'), cpuMs: of(bare, 'cpuMs') }
    return [
      [
        page.name,
        perSecond,
        atLeast(perSecond, 2000),
        ratio(perSecond, baseline.perSecond),
        of(ours, 'p50'),
        of(ours, 'p99'),
        of(ours, 'cpuMs').toFixed(3),
        ratio(of(ours, 'cpuMs'), baseline.cpuMs),
      ],
      [
        '  baseline: node:http, same bytes',
        baseline.perSecond,
        '',
        '',
        of(bare, 'p50'),
        of(bare, 'p99'),
        baseline.cpuMs.toFixed(3),
      ],
    ]
  } finally {
    plain.close()
  }
}

type Hammer = { port: number; pid: number; path: string; seconds: number }

async function hammer({ port, pid, path, seconds }: Hammer): Promise<Round> {
  const [round] = await withClients(port, 1, async (client) => {
    const before = cpuOf(pid)
    const walls: number[] = []
    const startedAt = performance.now()
    while (performance.now() - startedAt < seconds * 1000) {
      const answer = await client.send({ path, headers: { 'accept-encoding': 'br' } })
      walls.push(expectStatus(answer, 200).ms)
    }
    const after = cpuOf(pid)
    const elapsed = (performance.now() - startedAt) / 1000
    return {
      perSecond: walls.length / elapsed,
      p50: percentile(walls, 0.5),
      p99: percentile(walls, 0.99),
      cpuMs: (after.server + after.database - before.server - before.database) / walls.length,
    }
  })
  if (!round) throw new Error('nothing was measured')
  return round
}

type Sizes = { requests: number; gzip: number; brotli: number }

/** What a browser fetches for each first sight; fonts apart, as the budgets have it. */
async function printBytes(clew: RunningClew): Promise<void> {
  const article = await linkedFrom(clew, pagesToAsk.article)
  const widget = JSON.parse(readFileSync(inRoot('apps/widget/dist/manifest.json'), 'utf8')) as WidgetManifest
  const panel = await withImports(clew, `/widget/${widget.panel}`)
  const firstOpen = [...panel, `/widget/${widget.messages.en}`]
  const workspace = initialScripts()
  const sizes = async (name: string, paths: readonly string[], budget: number): Promise<Cell[]> => {
    const { requests, gzip, brotli } = await sizesOf(clew, paths)
    return [name, String(requests), gzip / 1000, atMost(gzip / 1000, budget), brotli / 1000]
  }
  printTable(
    'pages: kB over the wire on a first visit, without fonts',
    ['', 'requests', 'gzip', 'budget (gzip)', 'brotli'],
    [
      await sizes('help-centre article, with styles and scripts', article, 60),
      await sizes('bubble: loader', ['/clew.js'], 3),
      await sizes('bubble: first open, English', firstOpen, 40),
      await sizes('agent app: JavaScript of the inbox, English', workspace, 220),
      await sizes(
        'agent app: all of the first screen',
        ['/app', ...(await linkedFrom(clew, '/app')).slice(1), ...workspace],
        250,
      ),
    ],
  )
}

type WidgetManifest = { panel: string; messages: { en: string } }

async function sizesOf(clew: RunningClew, paths: readonly string[]): Promise<Sizes> {
  const unique = [...new Set(paths)]
  const sum: Sizes = { requests: unique.length, gzip: 0, brotli: 0 }
  for (const path of unique) {
    sum.gzip += (await fetchOnce(clew.port, path, 'gzip')).body.length
    sum.brotli += (await fetchOnce(clew.port, path, 'br')).body.length
  }
  return sum
}

/** A page and the styles and scripts it names. */
async function linkedFrom(clew: RunningClew, path: string): Promise<string[]> {
  const html = (await fetchOnce(clew.port, path, 'identity')).body.toString('utf8')
  const scripts = [...html.matchAll(/<script[^>]+src="([^"]+)"/g)].map(([, found]) => found)
  const links = [...html.matchAll(/<link[^>]+rel="(?:stylesheet|modulepreload)"[^>]*>/g)].map(
    ([tag]) => /href="([^"]+)"/.exec(tag)?.[1],
  )
  const found = [...scripts, ...links].flatMap((each) => (each ? [new URL(each, 'http://localhost').pathname] : []))
  return [path, ...found.filter((each) => each !== '/clew.js')]
}

/** A module and those that it imports at once. */
async function withImports(clew: RunningClew, entry: string): Promise<string[]> {
  const found = [entry]
  for (const path of found) {
    const code = (await fetchOnce(clew.port, path, 'identity')).body.toString('utf8')
    for (const [, name] of code.matchAll(/(?:from|import)"\.\/([\w.-]+\.js)"/g)) {
      const next = `/widget/${name}`
      if (!found.includes(next)) found.push(next)
    }
  }
  return found
}

type Chunk = { file: string; src?: string; isEntry?: boolean; imports?: string[] }

/** What the first screen of a signed-in agent needs: the entry, the inbox, English, and what these import. */
function initialScripts(): string[] {
  const text = readFileSync(inRoot('apps/workspace/dist/.vite/manifest.json'), 'utf8')
  const manifest = JSON.parse(text) as Record<string, Chunk>
  const files = new Set<string>()
  const visit = (chunk: Chunk | undefined): void => {
    if (!chunk || files.has(chunk.file)) return
    files.add(chunk.file)
    for (const name of chunk.imports ?? []) visit(manifest[name])
  }
  for (const chunk of Object.values(manifest)) {
    if (chunk.isEntry || /inbox-screen\.tsx$|generated\/workspace\.en/.test(chunk.src ?? '')) visit(chunk)
  }
  return [...files].map((file) => `/app/${file}`)
}

async function fetchOnce(port: number, path: string, encoding: string): Promise<Answer> {
  const client = await SocketClient.open(port)
  try {
    return expectStatus(await client.send({ path, headers: { 'accept-encoding': encoding } }), 200)
  } finally {
    client.close()
  }
}
