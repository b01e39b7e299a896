import { chmod, rm } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { launchChromium } from '@clew/testkit/chromium'
import { makeScratchFolder } from '@clew/testkit/scratch-folder'
import type { Browser } from 'playwright-core'
import { type FirstDay, firstDayIn } from './harness/first-day.ts'
import { inRoot } from './harness/folders.ts'
import { type Journey, type Played, setStage } from './harness/stage.ts'
import { journeys } from './journeys/index.ts'
import { takePictures } from './pictures.ts'

// For a journey that has the machine to itself; beside others it gets its share.
const aloneMs = 120_000

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
  const scratch = await passableFolder()
  try {
    const firstDay = firstDayIn(path.join(scratch, 'first-day'))
    if (values.screens !== undefined) return await photograph({ browser, firstDay }, values.screens, positionals)
    const wanted = journeys.filter(
      ({ name }) => positionals.length === 0 || positionals.some((word) => name.includes(word)),
    )
    // Whoever watches follows one at a time.
    return await playAll(wanted, { browser, firstDay }, { steps: values.steps, lanes: values.headed ? 1 : 2 })
  } finally {
    await browser.close()
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 })
  }
}

type House = { browser: Browser; firstDay: FirstDay }

/** Each journey has a Clew of its own and waits more than it works, so they run side by side. */
async function playAll(wanted: readonly Journey[], house: House, { steps, lanes }: HowToPlay): Promise<number> {
  let failed = 0
  const waiting = [...wanted]
  const lane = async (): Promise<void> => {
    for (let journey = waiting.shift(); journey; journey = waiting.shift()) {
      const outcome = await play(journey, { ...house, longestMs: aloneMs * lanes })
      if (outcome.failure !== undefined) failed += 1
      tell(journey, outcome, steps)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  console.log(`\n${wanted.length - failed} passed, ${failed} failed`)
  return failed === 0 && wanted.length > 0 ? 0 : 1
}

type HowToPlay = { steps: boolean; lanes: number }

function tell(journey: Journey, { failure, problems, steps, ms }: Outcome, showsSteps: boolean): void {
  console.log(`${failure === undefined ? '✓' : '✗'} ${journey.name} (${ms} ms)`)
  if (failure !== undefined || showsSteps) print(steps)
  if (failure === undefined) return
  print([failure instanceof Error ? (failure.stack ?? failure.message) : String(failure)])
  if (problems.length > 0) print(['the browser complained:', ...problems])
  print([`see ${path.relative(inRoot(), evidenceOf(journey))}`])
}

const evidenceOf = (journey: Journey): string => inRoot('test-results', journey.name)

function print(lines: readonly string[]): void {
  for (const line of lines) console.log(`    ${line.replaceAll('\n', '\n    ')}`)
}

type Playing = House & { longestMs: number }

type Outcome = { failure: unknown; problems: string[]; steps: string[]; ms: number }

async function play(journey: Journey, { longestMs, ...house }: Playing): Promise<Outcome> {
  const startedAt = performance.now()
  const since = (): number => Math.round(performance.now() - startedAt)
  await rm(evidenceOf(journey), { recursive: true, force: true })
  const told = onStage(house, async (played): Promise<Outcome> => {
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

async function photograph(house: House, folder: string, words: readonly string[]): Promise<number> {
  const taken = await onStage(house, ({ stage }) => takePictures(stage, folder, words))
  console.log(`${taken} pictures`)
  return 0
}

async function onStage<R>({ browser, firstDay }: House, act: (played: Played) => Promise<R>): Promise<R> {
  const folder = await passableFolder()
  const played = setStage(browser, { folder, firstDay })
  try {
    return await act(played)
  } finally {
    await played.end()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function passableFolder(): Promise<string> {
  const folder = makeScratchFolder('clew-journey-')
  // PostgreSQL runs under another account when we are root, and must be able to pass through.
  await chmod(folder, 0o711)
  return folder
}

function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${ms / 1000} s`)), ms)
  })
  return Promise.race([work, tooLong]).finally(() => clearTimeout(timer))
}
