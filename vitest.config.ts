import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { defineConfig } from 'vitest/config'

const shared = {
  testTimeout: 30_000,
  hookTimeout: 60_000,
  // What a job does by itself takes its time where many tests run side by side.
  expect: { poll: { timeout: 20_000 } },
  // A worker loads the product once and not for each file. So a test leaves nothing behind.
  isolate: false,
  restoreMocks: true,
  unstubGlobals: true,
}

/** The server's tests that talk to a database: those that make a world or ask for the cluster. Others get neither. */
const onDatabase = testsBelow('apps/server').filter((file) =>
  /testkit\/((paged-)?world|(own-)?cluster)\.ts'/.test(readFileSync(path.join(import.meta.dirname, file), 'utf8')),
)

function testsBelow(folder: string): string[] {
  return readdirSync(path.join(import.meta.dirname, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = `${folder}/${entry.name}`
    if (entry.isDirectory()) return /^(node_modules|dist)$/.test(entry.name) ? [] : testsBelow(file)
    return entry.name.endsWith('.test.ts') ? [file] : []
  })
}

// Tests wait for a database and for processes as often as for the processor. Each worker needs a PostgreSQL of its own,
// so there are as many as were given.
const given = process.env['CLEW_TEST_DATABASE_URL']?.trim().split(/\s+/)
const maxWorkers = given?.length ?? Math.min(4, Math.max(2, availableParallelism() - 1))

export default defineConfig({
  test: {
    maxWorkers,
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: [
            'packages/**/*.test.{ts,tsx}',
            'apps/{cli,server,widget,workspace}/**/*.test.{ts,tsx}',
            'scripts/**/*.test.{ts,mjs}',
          ],
          exclude: ['**/node_modules/**', '**/dist/**', ...onDatabase],
        },
      },
      {
        test: {
          ...shared,
          name: 'server',
          include: onDatabase,
          globalSetup: ['apps/server/src/testkit/global-setup.ts'],
        },
      },
    ],
  },
})
