import { chmod, mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { launchChromium } from '@clew/testkit/chromium'
import type { Browser } from 'playwright-core'
import { inRoot } from './harness/folders.ts'
import { type Journey, type Played, setStage } from './harness/stage.ts'
import { journeys } from './journeys/index.ts'
import { takePictures } from './pictures.ts'

const longestMs = 120_000

/** Runs the journeys whose names hold one of the given words; all without any. Answers with the exit code. */
export async function main(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      headed: { type: 'boolean', default: false },
      steps: { type: 'boolean', default: false },
      screens: { type: 'string' },
    },
  })
  const browser = await launchChromium({ headless: !values.headed })
  try {
    if (values.screens !== undefined) return await photograph(browser, values.screens)
    const wanted = journeys.filter(
      ({ name }) => positionals.length === 0 || positionals.some((word) => name.includes(word)),
    )
    return await playAll(wanted, browser, values.steps)
  } finally {
    await browser.close()
  }
}

async function playAll(wanted: readonly Journey[], browser: Browser, showsSteps: boolean): Promise<number> {
  let failed = 0
  for (const journey of wanted) {
    const { failure, problems, steps, ms } = await play(journey, browser)
    console.log(`${failure === undefined ? '✓' : '✗'} ${journey.name} (${ms} ms)`)
    if (failure !== undefined || showsSteps) print(steps)
    if (failure === undefined) continue
    failed += 1
    print([failure instanceof Error ? (failure.stack ?? failure.message) : String(failure)])
    if (problems.length > 0) print(['the browser complained:', ...problems])
    print([`see ${path.relative(inRoot(), evidenceOf(journey))}`])
  }
  console.log(`\n${wanted.length - failed} passed, ${failed} failed`)
  return failed === 0 && wanted.length > 0 ? 0 : 1
}

const evidenceOf = (journey: Journey): string => inRoot('test-results', journey.name)

function print(lines: readonly string[]): void {
  for (const line of lines) console.log(`    ${line.replaceAll('\n', '\n    ')}`)
}

type Outcome = { failure: unknown; problems: string[]; steps: string[]; ms: number }

async function play(journey: Journey, browser: Browser): Promise<Outcome> {
  const startedAt = performance.now()
  const since = (): number => Math.round(performance.now() - startedAt)
  await rm(evidenceOf(journey), { recursive: true, force: true })
  const told = onStage(browser, async (played): Promise<Outcome> => {
    let failure: unknown
    try {
      await within(longestMs, journey.run(played.stage))
      if (played.problems().length > 0) failure = 'The browser complained, though the journey came to its end.'
    } catch (error) {
      failure = error
    }
    const ms = since()
    if (failure !== undefined) await played.keepEvidence(evidenceOf(journey))
    return { failure, problems: played.problems(), steps: played.steps(), ms }
  })
  // What was begun has to end as well; one that does not fails its journey, not those after it.
  return told.catch((failure: unknown) => ({ failure, problems: [], steps: [], ms: since() }))
}

async function photograph(browser: Browser, folder: string): Promise<number> {
  const taken = await onStage(browser, ({ stage }) => takePictures(stage, folder))
  console.log(`${taken} pictures`)
  return 0
}

async function onStage<R>(browser: Browser, act: (played: Played) => Promise<R>): Promise<R> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'clew-journey-'))
  // PostgreSQL runs under another account when we are root, and must be able to pass through.
  await chmod(folder, 0o711)
  const played = setStage(browser, folder)
  try {
    return await act(played)
  } finally {
    await played.end()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${ms / 1000} s`)), ms)
  })
  return Promise.race([work, tooLong]).finally(() => clearTimeout(timer))
}
