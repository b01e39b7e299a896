import { createPublicKey } from 'node:crypto'
import { Readable } from 'node:stream'
import { text as readText } from 'node:stream/consumers'
import { type Permission, permissions } from '@clew/contract/permissions'
import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { MemberActor } from '../../platform/actor.ts'
import { createWorld, type World } from '../../testkit/world.ts'
import { newKeyPair } from './checkpoint.ts'
import { eraseAuditPerson, recordAudit, verifyExport } from './index.ts'
import { exportLog } from './use-cases/export-log.ts'
import { listEvents, readOverview } from './use-cases/read-log.ts'

let world: World
let petros: MemberActor
let made = 0
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())
beforeEach(() => {
  petros = memberOf(permissions)
})

const newId = <T extends string>(): T => {
  made += 1
  return `0190e000-0000-7000-8000-${String(made).padStart(12, '0')}` as T
}
const memberOf = (may: readonly Permission[]): MemberActor => ({
  type: 'member',
  id: newId<MemberId>(),
  name: 'Petros Dimou',
  role: 'owner',
  organisationId: newId<OrganisationId>(),
  isSupport: false,
  permissions: new Set(may),
})
const ctx = () => world.as(petros)
const parts = () => world.clew.house.audit
const record = (name = 'Leda Stathi', count = 1) =>
  ctx().transaction(async (tx) => {
    for (let i = 0; i < count; i += 1)
      recordAudit(tx, {
        action: 'role.granted',
        targets: [{ type: 'member', id: `m${i}`, name }],
        changes: [{ field: 'role', old: 'member', new: 'admin' }],
      })
  })
const write = async (format: 'jsonl' | 'csv' | 'ocsf', filter = {}): Promise<string> =>
  readText(Readable.from((await exportLog(ctx(), { format, filter }, parts())).body))
const linesOf = (text: string) =>
  async function* () {
    yield* text.split('\n').filter((line) => line !== '')
  }
const key = async () => createPublicKey((await readOverview(ctx(), parts())).publicKey)
const faultOf = async (text: string) => {
  const found = await verifyExport(linesOf(text), await key())
  return found?.isFiltered === false ? found.verdict.fault : found?.fault
}

describe('JSON lines can be checked without us', () => {
  let lines: string[]
  beforeEach(async () => {
    await record('Leda Stathi', 6)
    lines = (await write('jsonl')).trim().split('\n')
  })
  const fault = (changed: readonly string[]) => faultOf(changed.join('\n'))
  const withLine = (at: number, change: (line: string) => string) =>
    lines.map((line, i) => (i === at ? change(line) : line))

  test('as it was written it is whole, and that it was written is its last event', async () => {
    expect(await verifyExport(linesOf(lines.join('\n')), await key())).toMatchObject({
      isFiltered: false,
      hasOwnKey: false,
      verdict: { fault: undefined, count: 7, lastSeq: 7 },
    })
    expect(await verifyExport(linesOf(lines.join('\n')))).toMatchObject({
      hasOwnKey: true,
      verdict: { fault: undefined },
    })
    const { events } = await listEvents(ctx(), { limit: 1 })
    expect(events).toMatchObject([
      { action: 'audit.exported', metadata: { format: 'jsonl' }, actor: { name: 'Petros Dimou' } },
    ])
    expect(JSON.parse(lines[7] ?? '')).toMatchObject({ event: { action: 'audit.exported' } })
  })
  test('each way of tampering is named', async () => {
    expect(await fault(withLine(3, (line) => line.replace('"admin"', '"owner"')))).toEqual({ kind: 'edited', seq: 3 })
    expect(await fault(withLine(3, (line) => line.replace('Leda Stathi', 'Nobody')))).toEqual({
      kind: 'edited',
      seq: 3,
    })
    expect(await fault(withLine(3, () => 'junk'))).toEqual({ kind: 'edited', seq: 3 })
    expect(await fault(lines.filter((_, i) => i !== 3))).toEqual({ kind: 'removed', seq: 3 })
    expect(await fault([...lines.slice(0, 4), lines[3] ?? '', ...lines.slice(4)])).toEqual({ kind: 'inserted', seq: 3 })
    const swapped = [...lines]
    ;[swapped[2], swapped[5]] = [lines[5] ?? '', lines[2] ?? '']
    expect(await fault(swapped)).toEqual({ kind: 'swapped', seq: 2 })
    expect(await fault([...lines.slice(0, 6), lines.at(-1) ?? ''])).toEqual({ kind: 'truncated', seq: 6 })
    expect(await fault(lines.slice(0, -1))).toEqual({ kind: 'truncated', seq: 8 })
  })
  test('another organisation’s log, or one that somebody made, is not ours', async () => {
    petros = memberOf(permissions)
    await record('Somebody', 7)
    const foreign = (await write('jsonl')).trim().split('\n')
    expect(await fault([lines[0] ?? '', ...foreign.slice(1, -1), lines.at(-1) ?? ''])).toEqual({
      kind: 'edited',
      seq: 1,
    })
    const other = createPublicKey(newKeyPair().publicKey)
    expect(await verifyExport(linesOf(lines.join('\n')), other)).toMatchObject({
      verdict: { fault: { kind: 'checkpoint_forged' } },
    })
    expect(await verifyExport(linesOf('{"hello":1}\n'), other)).toBeUndefined()
  })
  test('what was erased since stays erased in the next one, which is whole too', async () => {
    await world.clew
      .newCtx('test')
      .transaction((tx) =>
        eraseAuditPerson(tx, { organisationId: petros.organisationId, personIds: ['m2'], addresses: [] }),
      )
    const text = await write('jsonl')
    expect(await faultOf(text)).toBeUndefined()
    expect(JSON.parse(text.split('\n')[3] ?? '').personal).toMatchObject({ 'target.0': null })
  })
  test('a filtered one is checked event by event', async () => {
    const text = await write('jsonl', { actions: 'role.' })
    expect(await verifyExport(linesOf(text), await key())).toMatchObject({
      isFiltered: true,
      count: 6,
      fault: undefined,
    })
    expect(await faultOf(text.replace('"admin"', '"owner"'))).toEqual({ kind: 'edited', seq: 1 })
  })
})

test('a spreadsheet runs nothing of what somebody called themselves', async () => {
  await record('=HYPERLINK("http://evil.example")', 1)
  await record('Ζωή, "the one"\nline', 1)
  const rows = parse(await write('csv'), { bom: true, columns: true }) as Record<string, string>[]
  expect(rows).toHaveLength(3)
  expect(rows[1]?.['targets']).toBe('member m0 (Ζωή, "the one"\nline)')
  petros = { ...petros, name: '@SUM(1)' }
  await record()
  const named = parse(await write('csv'), { bom: true, columns: true }) as Record<string, string>[]
  expect(named.find((row) => row['actor_name']?.includes('SUM'))?.['actor_name']).toBe("'@SUM(1)")
  for (const row of named) for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+@\t\r-]/)
})

test('OCSF: class, activity and type belong together, and nothing is lost', async () => {
  await record()
  await ctx().transaction(async (tx) => {
    recordAudit(tx, {
      action: 'auth.failed',
      outcome: 'failure',
      reason: 'auth.unknown',
      personal: { address: 'x@halcyon.example' },
    })
    recordAudit(tx, { action: 'user.deactivated', targets: [{ type: 'member', id: 'm1', name: 'Kostas' }] })
    recordAudit(tx, {
      action: 'group.member_added',
      targets: [
        { type: 'group', id: 'g1', name: 'Claims' },
        { type: 'member', id: 'm1' },
      ],
    })
  })
  const events = (await write('ocsf'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(
    events.map(({ class_uid, activity_id, type_uid, status_id }) => [class_uid, activity_id, type_uid, status_id]),
  ).toEqual([
    [3005, 1, 300501, 1],
    [3002, 1, 300201, 2],
    [3001, 5, 300105, 1],
    [3006, 3, 300603, 1],
    [6003, 2, 600302, 1],
  ])
  expect(events[1]).toMatchObject({
    status_detail: 'auth.unknown',
    unmapped: { metadata: { address: 'x@halcyon.example' } },
    metadata: { sequence: 2, tenant_uid: petros.organisationId },
  })
  expect(events[3]).toMatchObject({ group: { uid: 'g1', name: 'Claims' }, user: { uid: 'm1' } })
})

test('who may only read does not write it out', async () => {
  petros = memberOf(['audit.read'])
  await expect(write('csv')).rejects.toMatchObject({ code: 'permission.denied' })
})
