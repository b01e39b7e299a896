// Everything a tool can say about the code, as `npm run check`: one line for what holds, all of it for what does not.
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { directions } from './check/directions.mjs'
import { memory } from './check/memory.mjs'
import { looks } from './check/searches.mjs'
import { tables } from './check/tables.mjs'
import { words } from './check/words.mjs'
import { inRoot, root } from './run/say.mjs'
import { spawnNode } from './run/spawn.mjs'

const projects = {
  'types of packages, server and cli': '.',
  'types of the site': 'packages/site',
  'types of the widget': 'apps/widget',
  'types of the workspace': 'apps/workspace',
}

const checks = [
  ...Object.entries(projects).map(([name, folder]) => ({ name, run: () => types(folder) })),
  { name: 'lint', run: () => lint() },
  { name: 'unused code', run: () => unused() },
  {
    name: 'format',
    run: () => tool('@biomejs/biome/bin/biome', ['check', '--colors=off', '--max-diagnostics=20', '.']),
  },
  { name: 'directions', run: () => directions() },
  { name: 'tables of the rooms', run: async () => tables() },
  { name: 'what is kept in memory', run: async () => memory() },
  { name: 'what is searched', run: async () => looks() },
  { name: 'message catalogues', run: () => words() },
]

/** Runs the checks whose names contain one of the given words; all without any. */
export async function check(wanted = []) {
  const queue = checks.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)))
  const results = []
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) results.push(await runOne(next))
  }
  await Promise.all([worker(), worker()])
  return results
}

/** Prints the outcome and returns how many checks passed and failed. */
export function report(results) {
  for (const { name, problems, seconds } of results) {
    console.log(`${problems.length === 0 ? '✓' : '✗'} ${name} (${seconds.toFixed(1)} s)`)
    for (const problem of problems) console.log(`    ${problem.replaceAll('\n', '\n    ')}`)
  }
  const failed = results.filter(({ problems }) => problems.length > 0).length
  return { passed: results.length - failed, failed }
}

async function runOne({ name, run }) {
  const startedAt = performance.now()
  const problems = await run().catch((error) => [error.stack ?? String(error)])
  return { name, problems, seconds: (performance.now() - startedAt) / 1000 }
}

export async function types(project) {
  const folder = path.resolve(root, project)
  if (folder !== path.resolve(root) && !hasSources(path.join(folder, 'src'))) return []
  return tool('typescript/bin/tsc', ['--project', folder, '--pretty', 'false'])
}

export const lint = (folder) => tool('oxlint/bin/oxlint', ['--type-aware', '--format=unix'], folder)

export const unused = (folder) => tool('knip/bin/knip.js', ['--no-progress', '--reporter=compact'], folder)

export const format = (folder) =>
  tool('@biomejs/biome/bin/biome', ['check', '--colors=off', '--max-diagnostics=20', '.'], folder)

function hasSources(folder) {
  return existsSync(folder) && readdirSync(folder, { recursive: true }).some((name) => /\.tsx?$/.test(name))
}

async function tool(script, args, folder = root) {
  const { code, output } = await spawnNode([inRoot('node_modules', script), ...args], { capture: true, cwd: folder })
  return code === 0 ? [] : [output.trim() || `${script} ended with ${code}`]
}
