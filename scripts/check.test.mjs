// Each check meets a violation planted for it: a check that finds nothing here would find nothing anywhere.
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { directions, unseen } from './check/directions.mjs'
import { keptIn, memory } from './check/memory.mjs'
import { looks } from './check/searches.mjs'
import { tables } from './check/tables.mjs'
import { words } from './check/words.mjs'
import { format, lint, report, types, unused } from './check.mjs'
import { inRoot } from './run/say.mjs'

let folder
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'clew-check-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function plant(files) {
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
    writeFileSync(path.join(folder, file), content)
  }
}

function borrow(...names) {
  for (const name of names) cpSync(inRoot(name), path.join(folder, name), { recursive: true })
  symlinkSync(inRoot('node_modules'), path.join(folder, 'node_modules'))
}

const domains = 'apps/server/src/domains'
const useCase = `${domains}/macros/use-cases/plant.ts`
const lines = (count) => 'export const one = 1\n' + '// more\n'.repeat(count)
const body = (count) => `export function long(): void {\n${'  void 0\n'.repeat(count)}}\n`
const branches = (count) =>
  `export const branchy = (n: number): number => {\n${'  if (n > 1) n -= 1\n'.repeat(count)}  return n\n}\n`

describe('lint', () => {
  const lib = 'packages/har/src/$.ts'
  const aTest = 'packages/har/src/$.test.ts'
  const model = `${domains}/r$/model.ts`
  const useCaseFile = `${domains}/r$/use-cases/plant.ts`
  const violations = [
    ['clew(no-clock)', lib, 'export const at = new Date()'],
    ['clew(no-clock)', model, 'export const at = Date.now()'],
    ['clew(no-clock)', 'apps/widget/src/$.ts', 'export const at = performance.now()'],
    ['clew(no-chance)', lib, 'export const n = Math.random()'],
    ['clew(no-chance)', 'packages/client/src/$.ts', 'export const id = crypto.randomUUID()'],
    [
      'clew(no-chance)',
      'packages/client/src/$.ts',
      'export const b = globalThis.crypto.getRandomValues(new Uint8Array(1))',
    ],
    ['clew(no-chance)', model, "import { randomUUID } from 'node:crypto'\nexport const id = randomUUID()"],
    [
      'clew(tx-only)',
      useCaseFile,
      'export const f = (ctx: C) => ctx.transaction(async (tx) => { authorizeIt(tx); await find(ctx) })',
    ],
    [
      'clew(tx-only)',
      useCaseFile,
      'export const f = (ctx: C) => ctx.transaction(async (tx) => { authorizeIt(tx); [1].map(() => ctx.actor) })',
    ],
    [
      'clew(use-case-authorizes)',
      useCaseFile,
      'export const f = (ctx: C) => ctx.transaction(async (tx) => { await find(tx) })',
    ],
    ['clew(sql-in-repositories)', model, "import { sql } from 'kysely'\nexport const one = sql`1`"],
    [
      'clew(sql-in-repositories)',
      `${domains}/r$/routes.ts`,
      "import { sqlOf } from '../../platform/sql.ts'\nexport const f = sqlOf",
    ],
    [
      'clew(host-cookies)',
      `${domains}/r$/routes.ts`,
      "export const f = (reply: R) => reply.setCookie('clew_x', 'y', { path: '/' })",
    ],
    [
      'clew(host-cookies)',
      `${domains}/r$/routes.ts`,
      "export const f = (reply: R) => reply.header('Set-Cookie', 'x=y')",
    ],
    ['clew(no-enum)', lib, 'export enum Bad { A }'],
    ['clew(no-timed-test)', aTest, 'export const ms = process.cpuUsage().user'],
    ['clew(no-timed-test)', aTest, 'export const ms = (began: number) => performance.now() - began'],
    ['clew(no-timed-test)', aTest, 'export const f = (began: number) => expect(Date.now() - began).toBeLessThan(500)'],
    ['import(no-default-export)', lib, 'export default 1'],
    ['typescript(no-explicit-any)', lib, 'export const a: any = 1'],
    ['typescript(no-non-null-assertion)', lib, 'export const f = (a?: string) => a!.length'],
    ['typescript(no-floating-promises)', lib, 'export const f = (): void => { Promise.resolve(1) }'],
    ['typescript(no-misused-promises)', lib, 'export const f = (p: Promise<number>) => (p ? 1 : 2)'],
    [
      'typescript(switch-exhaustiveness-check)',
      lib,
      "export const f = (a: 'x' | 'y') => { switch (a) { case 'x': return 1 } return 2 }",
    ],
    ['eslint(max-lines)', lib, lines(400)],
    ['eslint(max-lines)', aTest, lines(800)],
    ['eslint(max-lines-per-function)', lib, body(60)],
    ['eslint(max-params)', lib, 'export const f = (a: 1, b: 2, c: 3, d: 4) => [a, b, c, d]'],
    ['eslint(complexity)', lib, branches(12)],
    ['eslint(no-console)', model, "console.log('x')\nexport const a = 1"],
  ].map(([rule, place, code], i) => ({ rule, file: place.replace('$', `p${i}`), code }))

  // One run for all: starting the linter costs more than its work.
  let said
  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'clew-check-'))
    borrow('.oxlintrc.json', 'scripts/lint', 'tsconfig.json', 'tsconfig.base.json')
    for (const { file, code } of violations) plant({ [file]: `${code}\n` })
    said = (await lint(folder)).join('\n').split('\n')
    rmSync(folder, { recursive: true })
  })

  test.each(violations)('$rule catches its violation in $file', ({ rule, file }) => {
    expect(said.filter((line) => line.startsWith(`${file}:`) && line.includes(rule))).not.toEqual([])
  })

  test('what keeps to the rules, or is where it may, passes', async () => {
    borrow('.oxlintrc.json', 'scripts/lint', 'tsconfig.json', 'tsconfig.base.json')
    plant({
      'packages/har/src/a.ts': 'export const at = (iso: string) => new Date(iso)\n',
      'packages/har/src/a.test.ts': `export const at = Date.now()\nexport const ago = Date.now() - 1\n${body(100)}`,
      'apps/widget/src/platform/clock.ts': 'export const now = () => Date.now()\n',
      'apps/server/src/platform/ids.ts':
        "import { randomUUID } from 'node:crypto'\nexport const next = () => randomUUID()\n",
      [`${domains}/sla/repository.timers.ts`]: "import { sql } from 'kysely'\nexport const one = sql`1`\n",
      [`${domains}/sla/model.ts`]: "import type { Kysely } from 'kysely'\nexport type K = Kysely<object>\n",
      [useCase]:
        'export const f = (ctx: C) => ctx.transaction(async (tx) => { authorizeIt(tx); return { ctx: tx.ctx } })\n',
      'packages/har/src/b.ts': `${body(58)}${branches(11)}`,
    })
    expect(await lint(folder)).toEqual([])
  })
})

describe('what is kept in memory', () => {
  const file = `${domains}/sla/timers.ts`.replace('apps/server/src/', '')
  const kept = (code) => keptIn(code, 'x.ts').map((place) => place.slice('x.ts:'.length))

  test.each([
    ['a map of the module', 'const names = new Map()\nexport const f = (id, name) => names.set(id, name)', ['names']],
    ['a variable of the module', 'let last: string | undefined\nexport const f = () => last', ['last']],
    ['a list of the module', 'const seen: string[] = []\nexport const f = (id) => seen.push(id)', ['seen']],
    ['a part of an object', 'const state = { last: 1 }\nexport const f = (n) => { state.last = n }', ['state']],
    ['a closure', 'export function f() { const m = new Map(); return (id) => m.get(id) ?? m.set(id, 1) }', ['m']],
    ['a closure by a name', 'export function f() { let n; const g = () => (n ??= 1); return { g } }', ['n']],
    ['a map that is handed on', 'export function f() { const m = new Map(); return (id) => ask(id, m) }', ['m']],
    ['a route', "export function f(app) { let n = 0; app.get('/', async () => { n += 1 }) }", ['n']],
    ['a field', 'export class Board { readonly #seen = new Map() }', ['class Board']],
  ])('%s is seen', (_name, code, expected) => expect(kept(code)).toEqual(expected))

  test.each([
    ['a table', "const names = new Map([['a', 1]])\nexport const f = (id) => names.get(id)"],
    [
      'what one call fills',
      'export function f(ids) { const m = new Map(); for (const id of ids) m.set(id, 1); return m }',
    ],
    [
      'and fills in a callback',
      'export function f(ids) { const m = new Map(); ids.forEach((id) => m.set(id, 1)); return [...m] }',
    ],
  ])('%s is not', (_name, code) => expect(kept(code)).toEqual([]))

  test('what nobody has said, what is not there, and what says no reason fails', () => {
    plant({ [`apps/server/src/${file}`]: 'const due = new Map()\nexport const f = (id) => due.set(id, 1)\n' })
    const why = 'by the organisation that the timer is of'
    expect(memory(folder, {})).toHaveLength(1)
    expect(memory(folder, { [`${file}:due`]: { by: 'organisation', why } })).toEqual([])
    expect(memory(folder, { [`${file}:due`]: { by: 'everybody', why } })).toHaveLength(1)
    expect(memory(folder, { [`${file}:due`]: { by: 'organisation', why: 'so' } })).toHaveLength(1)
    expect(
      memory(folder, { [`${file}:due`]: { by: 'organisation', why }, 'gone.ts:x': { by: 'nobody', why } }),
    ).toHaveLength(1)
  })

  test('this project says all of it', () => {
    expect(memory()).toEqual([])
    expect(memory(undefined, {}).length).toBeGreaterThan(40)
  })
})

describe('what is searched', () => {
  const file = 'domains/macros/repository.ts'
  const query = (rest) => ({
    [`apps/server/src/${file}`]: `export async function findNamed(tx: TxCtx, q: string) {\n  return sqlOf(tx).selectFrom('macros')${rest}.where('name', 'ilike', q)\n}\n`,
  })
  const place = `${file}:findNamed`
  const listed = { [place]: { scope: 'clew_organisation', owner: "'organisation_id', '='" } }

  test('a search that is not listed, does not go by its owner, or is not there fails', () => {
    plant(query(".where('organisation_id', '=', tx.organisationId)"))
    expect(looks(folder, {})).toHaveLength(1)
    expect(looks(folder, listed)).toEqual([])
    plant(query(''))
    expect(looks(folder, listed)).toEqual([`${place} does not say whose rows it looks through`])
    rmSync(path.join(folder, 'apps/server/src', file))
    expect(looks(folder, listed)).toEqual([`${place} is listed, and looks for nothing`])
  })

  test.each(['@@ to_tsquery(', "<=> '[1]'::vector", 'strpos(name, ', 'ILIKE '])('%s is one', (operator) => {
    plant({
      [`apps/server/src/${file}`]: `export const f = (tx) => sql\`SELECT 1 FROM macros WHERE name ${operator}\`\n`,
    })
    expect(looks(folder, {})).toHaveLength(1)
  })

  test('this project lists all of them', () => {
    expect(looks()).toEqual([])
    expect(looks(undefined, {}).length).toBeGreaterThan(4)
  })
})

describe('directions', () => {
  beforeEach(() => symlinkSync(inRoot('node_modules'), path.join(folder, 'node_modules')))
  const target = 'export const a = 1\nexport type A = 1\n'

  test.each([
    ['1-packages-never-import-apps', 'packages/text/src/x.ts', 'apps/cli/src/a.ts'],
    ['1-apps-never-import-apps', 'apps/widget/src/x.tsx', 'apps/cli/src/a.ts'],
    ['2-redact-and-har-run-anywhere', 'packages/har/src/x.ts', 'node:fs'],
    ['2-redact-and-har-run-anywhere', 'packages/redact/src/x.ts', 'zod'],
    ['2-redact-stands-alone', 'packages/redact/src/x.ts', 'packages/text/src/a.ts'],
    ['2-har-knows-redact-only', 'packages/har/src/x.ts', 'packages/text/src/a.ts'],
    ['3-platform-knows-no-room', 'apps/server/src/platform/x.ts', `${domains}/sla/index.ts`],
    ['4-enter-by-the-door', `${domains}/sla/x.ts`, `${domains}/contacts/model.ts`],
    ['4-contacts-looks-down-only', `${domains}/contacts/x.ts`, `${domains}/sla/index.ts`],
    ['4-known-rooms-only', 'apps/server/src/compose.ts', `${domains}/tickets/index.ts`],
    ['5-core-knows-no-web', `${domains}/sla/use-cases/x.ts`, 'fastify'],
    ['5-models-are-pure-but-for-types', `${domains}/sla/model.ts`, `${domains}/sla/repository.ts`],
    ['6-sql-lives-in-repositories-but-for-types', `${domains}/sla/use-cases/x.ts`, 'apps/server/src/platform/sql.ts'],
    ['6-sql-lives-in-repositories-but-for-types', `${domains}/sla/jobs.ts`, 'kysely'],
    ['no-unresolved', 'packages/text/src/x.ts', 'packages/text/src/gone.ts'],
  ])('%s catches %s importing %s', async (rule, from, to) => {
    const isFile = to.includes('/src/')
    if (isFile && !to.endsWith('gone.ts')) plant({ [to]: target })
    const name = isFile ? relative(from, to) : to
    plant({ [from]: `import { a } from '${name}'\nexport const x = a\n` })
    expect((await directions(folder)).join('\n')).toContain(`${rule}: ${from}`)
  })

  test('cycles are caught, of types too', async () => {
    plant({
      'packages/text/src/a.ts': "import type { B } from './b.ts'\nexport type A = B\n",
      'packages/text/src/b.ts': "import type { A } from './a.ts'\nexport type B = A\n",
    })
    expect((await directions(folder)).join('\n')).toContain('8-no-cycles')
  })

  test('a file that the checker did not read fails the check', async () => {
    plant({ 'packages/text/src/a.ts': target })
    expect(await directions(folder)).toEqual([])
    expect(unseen(folder, [])).toEqual(['0-every-file-is-seen: packages/text/src/a.ts was not read'])
  })

  test('what points down, by the door, or is only a type passes', async () => {
    plant({
      [`${domains}/contacts/index.ts`]: target,
      [`${domains}/sla/model.ts`]: "import type { A } from '../contacts/index.ts'\nexport type M = A\n",
      [`${domains}/sla/use-cases/x.ts`]:
        "import { a } from '../../contacts/index.ts'\nimport type { A } from '../../../platform/sql.ts'\nexport const x: A = a\n",
      [`${domains}/sla/repository.ts`]: "import { a } from '../../platform/sql.ts'\nexport const x = a\n",
      'apps/server/src/platform/sql.ts': target,
      'packages/redact/src/index.ts': target,
      'packages/har/src/x.ts': "import { a } from '../../redact/src/index.ts'\nexport const x = a\n",
      'apps/workspace/src/x.tsx':
        "import { a } from '../../../packages/redact/src/index.ts'\nexport const X = () => <b>{a}</b>\n",
    })
    expect(await directions(folder)).toEqual([])
  })
})

function relative(from, to) {
  const name = path.posix.relative(path.posix.dirname(from), to)
  return name.startsWith('.') ? name : `./${name}`
}

describe('tables', () => {
  const migrations = {
    'apps/server/migrations/0001_sla.sql':
      '-- room: sla\nCREATE TABLE sla_timers (id uuid);\n-- room: contacts\nCREATE TABLE IF NOT EXISTS contacts (id uuid);\n',
    'apps/server/migrations/0002_views.sql': '-- room: contacts\nCREATE VIEW contact_counts AS SELECT 1;\n',
  }

  test.each([
    "sqlOf(ctx).selectFrom('contacts').selectAll()",
    "sqlOf(ctx).selectFrom(['sla_timers as t', 'contacts as c'])",
    "sqlOf(ctx).selectFrom('sla_timers').innerJoin('contacts as c', 'c.id', 'id')",
    "sqlOf(ctx).updateTable('contacts')",
    "sqlOf(ctx).insertInto( 'contacts' )",
    'sql`SELECT 1 FROM contacts`',
    'sql`DELETE FROM sla_timers USING contacts`',
    'sql`UPDATE ONLY "contacts" SET x = 1`',
  ])('a repository that names a table of another room is caught: %s', (code) => {
    plant({ ...migrations, [`${domains}/sla/repository.ts`]: code })
    expect(tables(folder)).toEqual([`${domains}/sla/repository.ts: contacts belongs to contacts`])
  })

  test('own tables, views of others and words in comments pass', () => {
    plant({
      ...migrations,
      [`${domains}/sla/repository.ts`]:
        "// read from contacts\nsqlOf(ctx).selectFrom('sla_timers').innerJoin('contact_counts', 'a', 'b')\nconst contacts = 1",
      [`${domains}/contacts/repository.search.ts`]: "sqlOf(ctx).selectFrom('contacts')",
    })
    expect(tables(folder)).toEqual([])
  })

  test('a migration that does not say its room is caught, and so is reading no migration at all', () => {
    plant({
      'apps/server/migrations/0001_sla.sql': 'CREATE TABLE sla_timers (id uuid);\n',
      [`${domains}/sla/repository.ts`]: '',
    })
    expect(tables(folder)).toEqual([
      'apps/server/migrations/0001_sla.sql: the first line must be "-- room: <name>"',
      'apps/server/migrations: no table was found',
    ])
  })
})

describe('the other checks', () => {
  test('an error code without a sentence is caught, and a sentence without a code', async () => {
    plant({
      'errors.en.json': '{ "errors.a.b": "B", "errors.c.d": "D" }',
      'errors.el.json': '{ "errors.a.b": "Β", "errors.c.d": "Δ" }',
    })
    expect(await words({ catalogues: folder, codes: ['a.b', 'e.f'] })).toEqual([
      'errors.en.json: errors.e.f is missing',
      'errors.en.json: errors.c.d belongs to no error code of the contract',
    ])
  })

  test('a sentence that Greek lacks is caught', async () => {
    plant({ 'errors.en.json': '{ "errors.a.b": "B" }', 'errors.el.json': '{}' })
    expect(await words({ catalogues: folder, codes: ['a.b'] })).toEqual(['errors.el.json: errors.a.b is missing'])
  })

  test('a type error is caught', async () => {
    borrow('tsconfig.base.json')
    plant({
      'tsconfig.json': '{ "extends": "./tsconfig.base.json", "include": ["src"] }',
      'src/a.ts': 'export const n: number = [1][0]\n',
    })
    expect((await types(folder)).join('\n')).toContain("Type 'undefined' is not assignable to type 'number'")
  })

  test('a badly formatted file is caught, and unsorted imports', async () => {
    borrow('biome.json', '.gitignore')
    plant({
      'a.ts': 'export const a = "b";\n',
      'b.ts': "import { z } from './z.ts'\nimport { a } from './a.ts'\n\nexport const b = [a, z]\n",
    })
    const said = (await format(folder)).join('\n')
    expect(said).toMatch(/a\.ts format/)
    expect(said).toMatch(/b\.ts\S* assist.*organizeImports/)
  })

  test('a file, an export and a dependency that nobody uses are caught', async () => {
    borrow('knip.json')
    plant({
      'package.json': '{ "name": "planted", "private": true, "type": "module", "workspaces": ["apps/*"] }',
      'apps/cli/package.json':
        '{ "name": "@clew/cli", "version": "1.0.0", "type": "module", "dependencies": { "zod": "4.6.7" } }',
      'apps/cli/src/main.ts': "import { used } from './used.ts'\nexport const run = () => used\n",
      'apps/cli/src/used.ts': 'export const used = 1\nexport const idle = 2\n',
      'apps/cli/src/forgotten.ts': 'export const forgotten = 1\n',
    })
    const said = (await unused(folder)).join('\n')
    expect(said).toContain('forgotten.ts')
    expect(said).toContain('used.ts: idle')
    expect(said).toContain('apps/cli/package.json: zod')
  })

  test('the report counts what held and what did not', () => {
    const seconds = 0
    expect(
      report([
        { name: 'a', problems: [], seconds },
        { name: 'b', problems: ['x'], seconds },
      ]),
    ).toEqual({ passed: 1, failed: 1 })
  })
})
