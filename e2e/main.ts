import { chmod, mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { launchChromium } from '@clew/testkit/chromium'
import type { Browser } from 'playwright-core'
import { inRoot } from './harness/folders.ts'
import { type Journey, setStage } from './harness/stage.ts'
import { journeys } from './journeys/index.ts'

const longestMs = 120_000

/** Runs the journeys whose names hold one of the given words; all without any. Answers with the exit code. */
export async function main(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { headed: { type: 'boolean', default: false }, screens: { type: 'string' } },
  })
  const browser = await launchChromium({ headless: !values.headed })
  const wanted = journeys.filter(
    ({ name }) => positionals.length === 0 || positionals.some((word) => name.includes(word)),
  )
  const failed: string[] = []
  try {
    for (const journey of wanted) if (!(await play(journey, browser))) failed.push(journey.name)
  } finally {
    await browser.close()
  }
  console.log(`\n${wanted.length - failed.length} passed, ${failed.length} failed`)
  return failed.length === 0 && wanted.length > 0 ? 0 : 1
}

async function play(journey: Journey, browser: Browser): Promise<boolean> {
  const startedAt = performance.now()
  const folder = await mkdtemp(path.join(os.tmpdir(), 'clew-journey-'))
  // PostgreSQL runs under another account when we are root, and must be able to pass through.
  await chmod(folder, 0o711)
  const played = setStage(browser, folder)
  const evidence = inRoot('test-results', journey.name)
  await rm(evidence, { recursive: true, force: true })
  let failure: unknown
  try {
    await within(longestMs, journey.run(played.stage))
    const problems = played.problems()
    if (problems.length > 0) failure = new Error(`the browser complained:\n${problems.join('\n')}`)
  } catch (error) {
    failure = error
  }
  const ms = Math.round(performance.now() - startedAt)
  console.log(`${failure === undefined ? '✓' : '✗'} ${journey.name} (${ms} ms)`)
  if (failure !== undefined) {
    await played.keepEvidence(evidence)
    const story = failure instanceof Error ? (failure.stack ?? failure.message) : String(failure)
    console.log(`    ${played.steps().join('\n    ')}\n    ${story.replaceAll('\n', '\n    ')}`)
    const problems = played.problems()
    if (problems.length > 0) console.log(`    the browser complained:\n    ${problems.join('\n    ')}`)
    console.log(`    see ${path.relative(inRoot(), evidence)}`)
  }
  await played.end()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  return failure === undefined
}

function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${ms / 1000} s`)), ms)
  })
  return Promise.race([work, tooLong]).finally(() => clearTimeout(timer))
}
