// `npm start`, `npm test` and their kin: installs and builds what is stale, then does what was asked.
// Nothing here may need an installed package before install() has run.
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { install } from './run/install.mjs'
import { fail, inRoot, root, say } from './run/say.mjs'

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19))
  fail(
    `Clew needs Node.js 20.19 or newer; this is ${process.version}. Install a newer one from https://nodejs.org and try again.`,
  )

process.chdir(root)
const [verb = 'start', ...args] = process.argv.slice(2)
const verbs = { start, test, build, check, bench }
if (!Object.hasOwn(verbs, verb)) fail(`There is no "${verb}". Try one of: ${Object.keys(verbs).join(', ')}.`)

await install()
try {
  await verbs[verb]()
} catch (error) {
  // What a build or a check has to say is in its message; the stack is for faults of these scripts.
  fail(error.name === 'Error' || error.name === 'CatalogueError' || error.errors ? error.message : error.stack)
}

async function start() {
  const { build } = await load('scripts/run/build.mjs')
  await build()
  process.env.NODE_ENV ??= 'production'
  process.setSourceMapsEnabled(true)
  const { run } = await load('apps/server/dist/main.js')
  // A refusal to start is told to whoever waits for the code: a script, a service manager.
  process.exitCode = await run(['serve', ...args])
}

async function test() {
  const { test } = await load('scripts/run/test.mjs')
  process.exitCode = await test(args)
}

async function build() {
  const { build } = await load('scripts/run/build.mjs')
  const built = await build(args.length > 0 ? args : undefined)
  if (built.length === 0) say('everything is built already')
}

async function check() {
  const { build } = await load('scripts/run/build.mjs')
  await build(['messages'])
  const { check, report } = await load('scripts/check.mjs')
  process.exitCode = report(await check(args)).failed === 0 ? 0 : 1
}

async function bench() {
  const { build } = await load('scripts/run/build.mjs')
  await build()
  const { spawnNode } = await load('scripts/run/spawn.mjs')
  process.exitCode = (await spawnNode([inRoot('bench/run.mjs'), ...args])).code
}

function load(file) {
  return import(pathToFileURL(path.join(root, file)).href)
}
