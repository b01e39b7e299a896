import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { analyse, readCapture, sanitiseHarBytes } from '@clew/har'
import type { Browser } from 'playwright-core'
import { launchChromium } from '../packages/testkit/src/chromium.ts'
import { productHost, startProduct } from './demo-hars/made-up-product.ts'
import { type Recording, recordings } from './demo-hars/recordings.ts'

// Records the captures of the demo inbox: a real browser against a local server, cleaned before they are kept.
// Run `node scripts/record-demo-hars.mjs [name…]` from the root; it needs openssl for the server's certificate.

const target = 'apps/server/content/demo'
const maxBytes = 150_000
const userAgent =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36'

const wanted = process.argv.slice(2)
const product = await startProduct()
const browser = await launchChromium({ args: [`--host-resolver-rules=MAP * 127.0.0.1:${product.port}`] })
try {
  for (const recording of recordings) {
    if (wanted.length > 0 && !wanted.includes(recording.name)) continue
    const clean = await cleaned(await record(browser, recording))
    check(recording, clean)
    writeFileSync(join(target, `${recording.name}.har`), clean)
    console.log(`${recording.name}: ${clean.length} bytes`)
  }
} finally {
  await browser.close()
  await product.close()
}

async function record(from: Browser, recording: Recording): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'clew-demo-har-'))
  const path = join(folder, 'recorded.har')
  try {
    const context = await from.newContext({ ignoreHTTPSErrors: true, userAgent, recordHar: { path, content: 'embed' } })
    const page = await context.newPage()
    await recording.play(page, `https://${productHost}`)
    await context.close()
    return asChromeWrites(readFileSync(path, 'utf8'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

type Recorded = { log: { entries: { response: { status: number; _error?: string; _failureText?: string } }[] } }

/** Playwright's names for a request that failed, in those of the export of Chrome. */
function asChromeWrites(text: string): Uint8Array {
  const har: Recorded = JSON.parse(text)
  for (const { response } of har.log.entries) {
    const { _failureText } = response
    if (_failureText === undefined) continue
    delete response._failureText
    response._error = _failureText
    if (response.status < 0) response.status = 0
  }
  return new TextEncoder().encode(JSON.stringify(har))
}

async function cleaned(recorded: Uint8Array): Promise<Uint8Array> {
  const { bytes } = await sanitiseHarBytes(recorded)
  // A line for each part makes what is kept readable, and a change to it reviewable.
  return new TextEncoder().encode(`${JSON.stringify(JSON.parse(new TextDecoder().decode(bytes)), null, 1)}\n`)
}

function check({ name, shows }: Recording, clean: Uint8Array): void {
  if (clean.length > maxBytes) throw new Error(`${name} has ${clean.length} bytes, which is over ${maxBytes}`)
  const found = analyse(readCapture(clean), { firstPartyHosts: [productHost] }).findings.map(({ rule }) => rule)
  if (!found.includes(shows)) throw new Error(`${name} should show ${shows}; it shows ${found.join(', ') || 'nothing'}`)
}
