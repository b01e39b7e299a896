import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { inRoot, timed } from './say.mjs'
import { digest, isStale, markBuilt, markStale } from './stale.mjs'

const libraries = ['packages', 'tsconfig.base.json']

/** What can be built. `from` is the file without which there is nothing to build yet. */
const targets = {
  messages: {
    from: 'scripts/build-messages.mjs',
    sources: ['packages/i18n/catalogues', 'scripts/messages', 'scripts/build-messages.mjs'],
    outputs: ['packages/i18n/src/generated/keys.ts'],
    make: async () => (await load('scripts/build-messages.mjs')).buildMessages(),
  },
  router: {
    from: 'scripts/build-router.mjs',
    sources: ['packages/assistant', 'packages/text', 'scripts/build-router.mjs'],
    outputs: ['packages/assistant/dist/router.bin'],
    make: async () => (await load('scripts/build-router.mjs')).buildRouter(),
  },
  server: {
    from: 'apps/server/src/main.ts',
    sources: [...libraries, 'apps/server', 'scripts/run/bundle.mjs', 'scripts/build-flows.mjs'],
    outputs: ['apps/server/dist/main.js', 'apps/server/dist/flows.json'],
    make: async () => {
      await (await load('scripts/run/bundle.mjs')).bundle('apps/server')
      await (await load('scripts/build-flows.mjs')).buildFlows()
    },
  },
  cli: {
    from: 'apps/cli/src/main.ts',
    sources: [...libraries, 'apps/cli', 'scripts/run/bundle.mjs'],
    outputs: ['apps/cli/dist/main.js'],
    make: async () => (await load('scripts/run/bundle.mjs')).bundle('apps/cli', { isSmall: true }),
  },
  site: {
    from: 'packages/site/build.mjs',
    sources: libraries,
    outputs: ['packages/site/dist'],
    make: async () => (await load('packages/site/build.mjs')).build(),
  },
  bubble: {
    from: 'packages/bubble/build.mjs',
    sources: ['packages/bubble', 'tsconfig.base.json'],
    outputs: ['packages/bubble/dist'],
    make: async () => (await load('packages/bubble/build.mjs')).build(),
  },
  widget: {
    from: 'apps/widget/build.mjs',
    sources: [...libraries, 'apps/widget'],
    outputs: ['apps/widget/dist'],
    make: async () => (await load('apps/widget/build.mjs')).build(),
  },
  workspace: {
    from: 'apps/workspace/build.mjs',
    sources: [...libraries, 'apps/workspace'],
    outputs: ['apps/workspace/dist'],
    make: async () => (await load('apps/workspace/build.mjs')).build(),
  },
}

/** Builds those of the named targets (all by default) whose sources changed. Returns the names of what it built. */
export async function build(names = Object.keys(targets)) {
  const unknown = names.filter((name) => !Object.hasOwn(targets, name))
  if (unknown.length > 0)
    throw new Error(`no such target: ${unknown.join(', ')}; there are ${Object.keys(targets).join(', ')}`)
  // Every other target may contain messages.
  const first = await buildTarget('messages')
  const rest = names.filter((name) => name !== 'messages')
  const results = await Promise.allSettled(rest.map(buildTarget))
  const failures = results.filter(({ status }) => status === 'rejected').map(({ reason }) => reason)
  if (failures.length > 0)
    throw failures.length === 1 ? failures[0] : new AggregateError(failures, failures.map(String).join('\n'))
  return [first, ...results.map(({ value }) => value)].filter(Boolean)
}

async function buildTarget(name) {
  const { from, sources, outputs, make } = targets[name]
  if (!existsSync(inRoot(from))) return undefined
  const wanted = digest(name === 'messages' ? sources : [...sources, 'packages/i18n/src/generated'])
  if (!isStale(name, { outputs, wanted })) return undefined
  markStale(name)
  await timed(`building the ${name}`, make)
  markBuilt(name, wanted)
  return name
}

function load(file) {
  return import(pathToFileURL(inRoot(file)).href)
}
