import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { inRoot } from './harness/clew.ts'
import { median } from './harness/stats.ts'
import { atMost, printTable, ratio } from './harness/table.ts'
import type { BenchOptions } from './main.ts'

/** From the start of `clew har …` to its end, beside a Node that does nothing, in turn so that noise meets all alike. */
export async function cliStart({ rounds }: BenchOptions): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'clew-bench-'))
  try {
    const file = path.join(folder, 'small.har')
    writeFileSync(file, JSON.stringify(smallCapture()))
    const clew = linked()
    const commands: readonly (readonly [name: string, args: readonly string[]])[] = [
      ['baseline: node -e 0', ['-e', '0']],
      ['clew har --help', [clew, 'har', '--help']],
      ['clew har analyze, 20 entries', [clew, 'har', 'analyze', file]],
      ['clew har validate, 20 entries', [clew, 'har', 'validate', file]],
      ['clew har view, 20 entries', [clew, 'har', 'view', file]],
      ['clew har sanitize, 20 entries', [clew, 'har', 'sanitize', file, '--force']],
    ]
    const times = commands.map((): number[] => [])
    for (let round = 0; round < rounds * 5; round += 1) commands.forEach(([, args], i) => times[i]?.push(timed(args)))
    const medians = times.map(median)
    const [baseline = 0] = medians
    printTable(
      'cli-start: ms from start to end (median)',
      ['', 'ms', 'own', 'to baseline', ''],
      commands.map(([name], i) => {
        const ms = medians[i] ?? 0
        return i === 0 ? [name, ms] : [name, ms, ms - baseline, ratio(ms, baseline), atMost(ms, 150)]
      }),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** As npx would find it, so that following the link counts too. */
function linked(): string {
  const link = inRoot('node_modules/.bin/clew')
  return existsSync(link) ? link : inRoot('apps/cli/bin/clew.js')
}

function timed(args: readonly string[]): number {
  const startedAt = performance.now()
  const { status, stderr } = spawnSync(process.execPath, [...args], { encoding: 'utf8' })
  const ms = performance.now() - startedAt
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`)
  return ms
}

function smallCapture(): object {
  const entries = Array.from({ length: 20 }, (_, i) => ({
    startedDateTime: `2026-11-24T10:15:${String(10 + i)}.000Z`,
    time: 120,
    request: {
      method: 'GET',
      url: `https://app.northlight.example/api/items/${i}`,
      httpVersion: 'h2',
      headers: [{ name: 'authorization', value: `Bearer ${'k3v9Qz7LmP2xT5wR8nB4'.repeat(3)}` }],
      cookies: [],
      queryString: [],
      headersSize: -1,
      bodySize: 0,
    },
    response: {
      status: i === 7 ? 503 : 200,
      statusText: '',
      httpVersion: 'h2',
      headers: [{ name: 'x-request-id', value: `req_${i}` }],
      cookies: [],
      content: { size: 2_000, mimeType: 'application/json', text: JSON.stringify({ title: 'x'.repeat(2_000) }) },
      redirectURL: '',
      headersSize: -1,
      bodySize: 2_000,
    },
    cache: {},
    timings: { blocked: 1, dns: -1, connect: -1, ssl: -1, send: 1, wait: 100, receive: 18 },
  }))
  return { log: { version: '1.2', creator: { name: 'bench', version: '1' }, entries } }
}
