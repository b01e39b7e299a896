import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { build } from './build.mjs'
import { inRoot, say } from './say.mjs'
import { spawnNode } from './spawn.mjs'

const parts = ['check', 'unit', 'faults', 'e2e']

/** Checks, tests, kills under load and browser journeys. Prints the sum alone on the last line and returns the exit code. */
export async function test(args) {
  const { chosen, vitestArgs } = parse(args)
  const counts = []
  await build(targetsOf(chosen))
  if (chosen.includes('check')) counts.push(await runChecks())
  if (chosen.includes('unit')) counts.push(await runVitest(vitestArgs))
  const ownArgs = chosen.length === 1 ? vitestArgs : []
  if (chosen.includes('faults')) counts.push(await runFaults(ownArgs))
  if (chosen.includes('e2e')) counts.push(await runJourneys(ownArgs))
  const passed = counts.reduce((sum, count) => sum + count.passed, 0)
  const failed = counts.reduce((sum, count) => sum + count.failed, 0)
  console.log(`\n${passed} passed, ${failed} failed`)
  return failed === 0 && passed > 0 ? 0 : 1
}

function targetsOf(chosen) {
  if (chosen.includes('e2e')) return undefined
  return chosen.includes('faults') ? ['messages', 'router', 'server'] : ['messages', 'router']
}

/** Own flags apart, everything goes to vitest, or to the part that is all that runs. */
export function parse(args) {
  const vitestArgs = []
  let chosen = parts
  for (let i = 0; i < args.length; i += 1) {
    if (args[i] === '--skip-e2e') chosen = chosen.filter((part) => part !== 'e2e')
    else if (args[i] === '--only') chosen = [only(args[++i])]
    else if (args[i].startsWith('--only=')) chosen = [only(args[i].slice('--only='.length))]
    else vitestArgs.push(args[i])
  }
  return { chosen, vitestArgs }
}

function only(part) {
  if (!parts.includes(part)) throw new Error(`--only takes one of ${parts.join(', ')}`)
  return part
}

async function runChecks() {
  const { check, report } = await import('../check.mjs')
  return report(await check())
}

async function runVitest(args) {
  const resultFile = inRoot('.cache/vitest.json')
  mkdirSync(inRoot('.cache'), { recursive: true })
  rmSync(resultFile, { force: true })
  say('running the tests')
  const { code } = await spawnNode([
    inRoot('node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${resultFile}`,
    ...args,
  ])
  return countVitest(existsSync(resultFile) ? JSON.parse(readFileSync(resultFile, 'utf8')) : undefined, code)
}

/** A file that could not be loaded, and a run that failed without naming a test, count as one failure each. */
export function countVitest(result, code) {
  const passed = result?.numPassedTests ?? 0
  const unloaded = (result?.testResults ?? []).filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(isFailed),
  )
  const failed = (result?.numFailedTests ?? 0) + unloaded.length
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed }
}

const isFailed = (assertion) => assertion.status === 'failed'

/** Forty seconds of kills under load; `npm test -- --only faults --minutes 10` for longer. */
async function runFaults(args) {
  say('killing the server under load')
  const script = inRoot('apps/server/faults/run.mjs')
  const { code, output } = await spawnNode([script, 'kill-loop', ...args], { tee: true })
  return countPrinted(output, code)
}

async function runJourneys(args) {
  const script = inRoot('e2e/run.mjs')
  if (!existsSync(script)) return { passed: 0, failed: 0 }
  say('running the browser journeys')
  const { code, output } = await spawnNode([script, ...args], { tee: true })
  return countPrinted(output, code)
}

/** Reads the last `N passed, N failed` that a child printed alone on a line. */
export function countPrinted(output, code) {
  const [, passed, failed] = [...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1) ?? []
  const counted = { passed: Number(passed ?? 0), failed: Number(failed ?? 0) }
  return code !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted
}
