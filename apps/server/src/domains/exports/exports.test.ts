import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { ConsoleExport, ExportContent, ExportLink, ExportPolicy } from '@clew/contract/exports'
import type { OrganisationId } from '@clew/contract/primitives'
import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SealedStorage } from '../../platform/storage/sealed.ts'
import { createWorld, type World } from '../../testkit/world.ts'
import { verifyExport } from '../audit/index.ts'
import { startConversation } from '../conversations/index.ts'
import { exportKeeping, purgeExports } from './keeping.ts'
import { defaultPolicy } from './model.ts'
import { buildExport } from './use-cases/build-export.ts'
import { approveExport, denyExport } from './use-cases/decide-export.ts'
import { fetchArchive, type MadeLink, makeLink } from './use-cases/fetch-archive.ts'
import { listExports, readExport } from './use-cases/list-exports.ts'
import { readPolicy, setPolicy } from './use-cases/manage-policy.ts'
import { previewExport } from './use-cases/plan-export.ts'
import { requestExport } from './use-cases/request-export.ts'
import { cancelExport, retryExport } from './use-cases/stop-export.ts'
import { sweepExports } from './use-cases/sweep-exports.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

type Person = Awaited<ReturnType<World['member']>>
const parts = () => world.clew.house.exporting
const system = () => world.clew.newCtx('test')
const everything: ExportContent = { of: 'organisation', parts: ['members', 'cases', 'usage', 'audit'] }
const onlyUsage: ExportContent = { of: 'organisation', parts: ['usage'] }

async function company() {
  const id = await world.organisation()
  const [owner, second] = [await world.member(id, 'owner', 'Iris Vale'), await world.member(id, 'admin', 'Otto Kern')]
  return { id, owner, second }
}

/** Somebody of an organisation who has asked something. */
async function asked(organisationId: OrganisationId | undefined, body: string, name = 'Lena Novak') {
  const contact = await world.contact()
  await world.rows('UPDATE contacts SET organisation_id = $2, name = $3, email = $4 WHERE id = $1', [
    contact.id,
    organisationId ?? null,
    name,
    `${name.split(' ')[0]?.toLowerCase()}@company.example`,
  ])
  const { started } = await startConversation(contact.ctx, {
    clientConversationId: randomUUID(),
    clientMessageId: randomUUID(),
    body,
    fileIds: [],
    locale: 'en',
  })
  await world.rows('UPDATE conversations SET organisation_id = $2 WHERE id = $1', [
    started.conversation.id,
    organisationId ?? null,
  ])
  await world.settle()
  return { id: started.conversation.id, email: `${name.split(' ')[0]?.toLowerCase()}@company.example` }
}

const ask = async ({ ctx }: Person, content: ExportContent, id: string = randomUUID()) =>
  (await requestExport(ctx, { id, content, reason: 'Yearly review' }, parts())).body

/** Until the job has done what it does. */
async function settled({ ctx }: Person, id: string): Promise<ConsoleExport> {
  for (;;) {
    await world.settle()
    const now = await readExport(ctx, id)
    if (now.state !== 'queued' && now.state !== 'building') return now
    await pause(20)
  }
}

async function approved(owner: Person, second: Person, content: ExportContent): Promise<ConsoleExport> {
  const made = await ask(owner, content)
  await approveExport(second.ctx, { id: made.id }, parts())
  return settled(owner, made.id)
}

const tokenOf = ({ token }: MadeLink): string => token

async function fetched(owner: Person, id: string) {
  const link = await makeLink(owner.ctx, id, parts())
  const { body } = await fetchArchive(owner.ctx, tokenOf(link), parts())
  const pieces: Buffer[] = []
  for await (const piece of body as AsyncIterable<Buffer>) pieces.push(piece)
  return { bytes: Buffer.concat(pieces), password: link.password ?? '' }
}

async function opened(bytes: Buffer, password: string): Promise<Map<string, string>> {
  const zip = new ZipReader(new Uint8ArrayReader(bytes), { password, useWebWorkers: false })
  const files = new Map<string, string>()
  for (const entry of await zip.getEntries()) {
    expect(entry.encrypted, entry.filename).toBe(true)
    expect(entry.comment).toContain('Clew export')
    if (!entry.directory) files.set(entry.filename, Buffer.from(await entry.getData(new Uint8ArrayWriter())).toString())
  }
  return files
}

const unpacked = async (owner: Person, id: string): Promise<Map<string, string>> => {
  const { bytes, password } = await fetched(owner, id)
  return opened(bytes, password)
}

const setTo = (owner: Person, basedOn: number, value: Partial<ExportPolicy>) =>
  setPolicy(owner.ctx, { basedOn, value: { ...defaultPolicy, ...value } }, parts())

const logOf = async (id: string) =>
  (
    await world.rows(
      `SELECT e.action FROM audit_events e JOIN audit_event_targets t USING (organisation_id, seq)
        WHERE t.target_id = $1 ORDER BY e.seq`,
      [id],
    )
  ).map(({ action }) => action)

const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await pause(20)
}

async function keysIn(storage: SealedStorage): Promise<number> {
  let count = 0
  for await (const _ of storage.list()) count += 1
  return count
}

test('what one person asks for a second one approves, and the archive holds it, marked and encrypted', async () => {
  const { id, owner, second } = await company()
  await asked(id, 'Uploads fail')
  const plan = await previewExport(owner.ctx, everything, parts())
  expect(plan).toMatchObject({ approval: 'needed', why: ['personal'], approvers: ['Otto Kern'] })
  const made = await ask(owner, everything)
  expect(made).toMatchObject({ state: 'waiting', may: ['cancel'] })
  await expect(approveExport(owner.ctx, { id: made.id }, parts())).rejects.toThrow('export.own_approval')
  const yes = await approveExport(second.ctx, { id: made.id, reason: 'Agreed.' }, parts())
  expect(yes).toMatchObject({ state: 'queued', decidedBy: { name: 'Otto Kern' } })
  const ready = await settled(owner, made.id)
  expect(ready).toMatchObject({ state: 'ready', may: ['cancel', 'fetch'], fetches: 0 })

  const { bytes, password } = await fetched(owner, made.id)
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(ready.sha256)
  expect(bytes.includes('Uploads fail')).toBe(false)
  await expect(opened(bytes, 'not the password')).rejects.toThrow()
  const files = await opened(bytes, password)
  const names = ['members', 'conversations', 'messages', 'audit'].flatMap((name) => [`${name}.jsonl`, `${name}.csv`])
  expect([...files.keys()]).toEqual([...names, 'manifest.json'])
  expect(files.get('messages.jsonl')).toContain('Uploads fail')
  for (const [name, text] of files) expect(text, name).toContain(made.id)
  for (const line of (files.get('members.jsonl') ?? '').trim().split('\n').slice(1))
    expect(JSON.parse(line).export_id).toBe(made.id)
  expect(JSON.parse((files.get('members.jsonl') ?? '').split('\n')[0] ?? '').watermark.requested_by.email).toBe(
    owner.email,
  )
  const manifest = JSON.parse(files.get('manifest.json') ?? '')
  expect(manifest).toMatchObject({ export_id: made.id, approved_by: 'Otto Kern', requested_by: { name: 'Iris Vale' } })
  for (const { name, sha256 } of manifest.files)
    expect(
      createHash('sha256')
        .update(files.get(name) ?? '')
        .digest('hex'),
      name,
    ).toBe(sha256)
  const lines = (files.get('audit.jsonl') ?? '').trim().split('\n')
  const verdict = await verifyExport(async function* () {
    yield* lines
  })
  expect(verdict).toMatchObject({ isFiltered: true, fault: undefined })
  expect(await logOf(made.id)).toEqual([
    'export.requested',
    'export.approved',
    'export.completed',
    'export.link_created',
    'export.downloaded',
  ])
  const [row] = await world.rows('SELECT count(*) FROM export_pieces WHERE export_id = $1', [made.id])
  expect(row).toEqual({ count: '0' })
})

test('each kind of mask leaves nothing of what it masks in the archive', async () => {
  const { id, owner, second } = await company()
  const body =
    'Lena Novak here, write to lena@company.example, from 203.0.113.77 at https://app.example/secret?x=1 – thanks, Novak'
  const { id: conversation } = await asked(id, body)
  await world.rows(
    `UPDATE conversations SET page_url = 'https://app.example/secret?x=1', subject = 'About Lena' WHERE id = $1`,
    [conversation],
  )
  const plain = [
    'Lena',
    'Novak',
    'lena@company.example',
    '203.0.113.77',
    'app.example/secret',
    'Otto Kern',
    second.email,
  ]
  let version = 0
  for (const mode of ['shortened', 'hashed', 'hidden'] as const) {
    await setTo(owner, version, { masks: { email: mode, names: mode, bodies: 'shown', addresses: mode } })
    version += 1
    const made = await approved(owner, second, everything)
    expect(made.masks.names).toBe(mode)
    const files = await unpacked(owner, made.id)
    for (const [name, text] of files)
      for (const secret of plain) {
        if (name === 'manifest.json' && secret === 'Otto Kern') continue
        expect(text, `${secret} in ${name}, ${mode}`).not.toContain(secret)
      }
    expect(files.get('messages.jsonl')).toContain('thanks')
  }
  await setTo(owner, version, { masks: { email: 'hashed', names: 'hashed', bodies: 'hidden', addresses: 'hidden' } })
  const preview = await previewExport(owner.ctx, { of: 'organisation', parts: ['cases'] }, parts())
  expect(preview).toMatchObject({ personal: [], approval: 'none' })
  const made = await ask(owner, { of: 'organisation', parts: ['members', 'cases'] })
  await settled(owner, made.id)
  const files = await unpacked(owner, made.id)
  expect(files.get('messages.jsonl')).not.toContain('thanks')
  const rows = (files.get('conversations.jsonl') ?? '').trim().split('\n').slice(1)
  const first = JSON.parse(rows[0] ?? '{}')
  expect(first).toMatchObject({ subject: null, page_url: null })
  expect(first.contact_email).toMatch(/^h:[0-9a-f]{20}$/)
  const again = await ask(owner, { of: 'organisation', parts: ['cases'] })
  await settled(owner, again.id)
  const other = JSON.parse(((await unpacked(owner, again.id)).get('conversations.jsonl') ?? '').split('\n')[1] ?? '{}')
  expect(other.contact_email).toMatch(/^h:/)
  expect(other.contact_email).not.toBe(first.contact_email)
})

test('what a spreadsheet would run is only text in a table', async () => {
  const { id, owner, second } = await company()
  await asked(id, '=HYPERLINK("https://evil.example";"a, b")\n+1+2', '@SUM(A1)')
  const made = await approved(owner, second, { of: 'organisation', parts: ['cases'] })
  const files = await unpacked(owner, made.id)
  for (const name of ['conversations.csv', 'messages.csv']) {
    const rows: string[][] = parse(files.get(name) ?? '', { bom: true })
    expect(rows.length).toBeGreaterThan(1)
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/)
  }
  expect(files.get('messages.jsonl')).toContain('"=HYPERLINK(')
})

test('nobody takes out what is of another organisation, nor sees, decides, stops or fetches it', async () => {
  const [a, b] = [await company(), await company()]
  await asked(a.id, 'Secret of A', 'Anna Alpha')
  await asked(b.id, 'Secret of B', 'Bert Beta')
  await asked(undefined, 'Secret of a visitor', 'Vera Visit')
  const made = await approved(b.owner, b.second, everything)
  for (const [name, text] of await unpacked(b.owner, made.id)) {
    expect(text, name).not.toMatch(/Secret of A|Secret of a visitor|Anna|Vera/)
    expect(text, name).not.toContain(a.id)
  }
  const link = await makeLink(b.owner.ctx, made.id, parts())
  expect((await listExports(a.owner.ctx, { limit: 30 })).exports).toEqual([])
  const { ctx } = a.second
  const tries = [
    () => readExport(ctx, made.id),
    () => approveExport(ctx, { id: made.id }, parts()),
    () => denyExport(ctx, { id: made.id, reason: 'x' }, parts()),
    () => cancelExport(ctx, made.id),
    () => makeLink(ctx, made.id, parts()),
  ]
  for (const attempt of tries) await expect(attempt()).rejects.toThrow('export.not_found')
  await expect(fetchArchive(ctx, tokenOf(link), parts())).rejects.toThrow('export.link_not_found')
  await expect(fetchArchive(b.second.ctx, tokenOf(link), parts())).rejects.toThrow('export.link_not_found')
  await expect(ask(a.owner, everything, made.id)).rejects.toThrow('export.id_reused')
  const team = await world.member(await world.supportTeam(), 'owner')
  await expect(readExport(team.ctx, made.id)).rejects.toThrow('export.not_found')
  const counted = await previewExport(team.ctx, { of: 'organisation', parts: ['cases'] }, parts())
  expect(counted.files.find(({ name }) => name === 'conversations')?.rows).toBe(1)
})

test('only who may ask may ask, and for nothing that they could not look at', async () => {
  const { id, owner } = await company()
  for (const role of ['member', 'billing', 'auditor'] as const) {
    const person = await world.member(id, role)
    await expect(ask(person, onlyUsage)).rejects.toThrow('permission.denied')
    await expect(previewExport(person.ctx, onlyUsage, parts())).rejects.toThrow('permission.denied')
    await expect(listExports(person.ctx, { limit: 30 })).rejects.toThrow('permission.denied')
    await expect(setTo(person, 0, {})).rejects.toThrow('permission.denied')
  }
  const narrow = world.as({ ...owner.actor, permissions: new Set(['exports.request', 'usage.read'] as const) })
  await requestExport(narrow, { id: randomUUID(), content: onlyUsage, reason: 'x' }, parts())
  await expect(requestExport(narrow, { id: randomUUID(), content: everything, reason: 'x' }, parts())).rejects.toThrow(
    'permission.denied',
  )
})

test('the same request twice is one, two at once are one, and nobody holds more than five open', async () => {
  const { owner } = await company()
  const id = randomUUID()
  const asking = () => requestExport(owner.ctx, { id, content: everything, reason: 'x' }, parts())
  const both = await Promise.all([asking(), asking()])
  expect(both.filter(({ repeated }) => repeated)).toHaveLength(1)
  await expect(ask(owner, onlyUsage, id)).rejects.toThrow('export.id_reused')
  for (let i = 0; i < 4; i += 1) await ask(owner, everything)
  await expect(ask(owner, everything)).rejects.toThrow('export.too_many')
  await cancelExport(owner.ctx, id)
  await ask(owner, everything)
})

test('of two decisions the first one counts, and none comes after a week or after it was stopped', async () => {
  const { id, owner, second } = await company()
  const third = await world.member(id, 'admin')
  const made = await ask(owner, everything)
  const both = await Promise.allSettled([
    approveExport(second.ctx, { id: made.id }, parts()),
    denyExport(third.ctx, { id: made.id, reason: 'No.' }, parts()),
  ])
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  await settled(owner, made.id)
  await expect(approveExport(third.ctx, { id: made.id }, parts())).rejects.toThrow('export.not_waiting')

  const stopped = await ask(owner, everything)
  await cancelExport(owner.ctx, stopped.id)
  await expect(approveExport(second.ctx, { id: stopped.id }, parts())).rejects.toThrow('export.not_waiting')
  await expect(cancelExport(owner.ctx, stopped.id)).rejects.toThrow('export.not_open')

  const late = await ask(owner, everything)
  const denied = await ask(owner, everything)
  expect(await denyExport(second.ctx, { id: denied.id, reason: 'Not needed.' }, parts())).toMatchObject({
    state: 'denied',
    decisionReason: 'Not needed.',
  })
  world.clock.advance(7 * 86_400_000)
  await expect(approveExport(second.ctx, { id: late.id }, parts())).rejects.toThrow('export.not_waiting')
  await sweepExports(system(), parts())
  expect(await readExport(owner.ctx, late.id)).toMatchObject({ state: 'expired', failure: 'not_decided' })
  const mails = await world.rows('SELECT subject FROM mails WHERE recipient = $1 ORDER BY subject', [owner.email])
  expect(mails.map(({ subject }) => subject)).toContain('Your export was refused')
})

test('whoever is alone waits a day in which it can be stopped, unless a second person comes', async () => {
  const id = await world.organisation()
  const owner = await world.member(id, 'owner')
  expect(await previewExport(owner.ctx, everything, parts())).toMatchObject({ approval: 'alone', approvers: [] })
  const made = await ask(owner, everything)
  expect(made).toMatchObject({ state: 'waiting', approval: 'alone' })
  await sweepExports(system(), parts())
  expect((await readExport(owner.ctx, made.id)).state).toBe('waiting')
  world.clock.advance(24 * 3_600_000)
  await sweepExports(system(), parts())
  expect(await settled(owner, made.id)).toMatchObject({ state: 'ready' })

  const next = await ask(owner, everything)
  const second = await world.member(id, 'admin')
  world.clock.advance(24 * 3_600_000)
  await sweepExports(system(), parts())
  expect(await readExport(owner.ctx, next.id)).toMatchObject({ state: 'waiting', approval: 'needed' })
  await approveExport(second.ctx, { id: next.id }, parts())
  expect(await settled(owner, next.id)).toMatchObject({ state: 'ready' })
})

test('who has left gets nothing: neither by an approval that comes later, nor by what lies there', async () => {
  const { id, owner, second } = await company()
  const leaver = await world.member(id, 'admin')
  const [waiting, demoted] = [await ask(leaver, everything), await ask(second, everything)]
  const ready = await approved(leaver, second, everything)
  const link = await makeLink(leaver.ctx, ready.id, parts())
  await world.rows(`UPDATE members SET role = 'member' WHERE id = $1`, [second.id])
  await expect(approveExport(owner.ctx, { id: demoted.id }, parts())).rejects.toThrow('export.requester_gone')
  expect(await readExport(owner.ctx, demoted.id)).toMatchObject({ state: 'cancelled', failure: 'requester_gone' })
  await world.rows('UPDATE members SET removed_at = now() WHERE id = $1', [leaver.id])
  await system().transaction(async (tx) => tx.emit('member.removed', { organisationId: id, memberId: leaver.id }))
  await world.settle()
  for (const each of [waiting, ready])
    expect(await readExport(owner.ctx, each.id)).toMatchObject({ state: 'cancelled', failure: 'requester_gone' })
  await expect(fetchArchive(leaver.ctx, tokenOf(link), parts())).rejects.toThrow('export.not_ready')
  const lies = () => world.rows('SELECT storage_key FROM exports WHERE id = $1', [ready.id])
  await until(async () => (await lies())[0]?.['storage_key'] === null)
})

test('a link opens once and not for long; the password is told once; after so many times and hours it is gone', async () => {
  const { owner, second } = await company()
  await setTo(owner, 0, { maxFetches: 2, keepHours: 24 })
  const made = await approved(owner, second, everything)
  const [first, next] = await Promise.all([
    makeLink(owner.ctx, made.id, parts()),
    makeLink(owner.ctx, made.id, parts()),
  ])
  expect([first.password, next.password].filter((each) => each !== undefined)).toHaveLength(1)
  const archive = await world.rows('SELECT storage_key FROM exports WHERE id = $1', [made.id])
  const [sealed] = await world.rows('SELECT secret FROM exports WHERE id = $1', [made.id])
  expect(sealed).toEqual({ secret: null })
  const tries = await Promise.allSettled([1, 2, 3].map(() => fetchArchive(owner.ctx, tokenOf(first), parts())))
  for (const each of tries) if (each.status === 'fulfilled') each.value.body.destroy()
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  world.clock.advance(15 * 60_000)
  await expect(fetchArchive(owner.ctx, tokenOf(next), parts())).rejects.toThrow('export.link_not_found')
  const last = await makeLink(owner.ctx, made.id, parts())
  const unused = await makeLink(owner.ctx, made.id, parts())
  ;(await fetchArchive(owner.ctx, tokenOf(last), parts())).body.destroy()
  await expect(fetchArchive(owner.ctx, tokenOf(unused), parts())).rejects.toThrow('export.fetched_enough')
  await expect(makeLink(owner.ctx, made.id, parts())).rejects.toThrow('export.fetched_enough')
  expect(await readExport(owner.ctx, made.id)).toMatchObject({ state: 'fetched', fetches: 2 })
  world.clock.advance(3_600_000)
  await sweepExports(system(), parts())
  expect(await readExport(owner.ctx, made.id)).toMatchObject({ state: 'expired', may: [] })
  const [lying] = archive
  await until(async () => {
    await world.settle()
    return (await world.rows('SELECT storage_key FROM exports WHERE id = $1', [made.id]))[0]?.['storage_key'] === null
  })
  await expect(parts().storage.get(String(lying?.['storage_key']))).rejects.toThrow()

  const unfetched = await approved(owner, second, everything)
  world.clock.advance(24 * 3_600_000)
  await expect(makeLink(owner.ctx, unfetched.id, parts())).rejects.toThrow('export.not_ready')
  await sweepExports(system(), parts())
  expect((await readExport(owner.ctx, unfetched.id)).state).toBe('expired')
})

test('work that is killed goes on from where it was, and nothing is in the archive twice', async () => {
  const { id, owner } = await company()
  await world.rows(
    `INSERT INTO members (id, organisation_id, email, name, role, created_at)
     SELECT gen_random_uuid(), $1, 'p' || n || '@company.example', 'Person ' || n, 'member', now() FROM generate_series(1, 1700) n`,
    [id],
  )
  const made = await ask(owner, { of: 'organisation', parts: ['members'] })
  await world.rows(`UPDATE exports SET state = 'queued' WHERE id = $1`, [made.id])
  let puts = 0
  const killed: SealedStorage = {
    ...parts().storage,
    put: (key, body, size) => {
      puts += 1
      if (puts === 3 || puts === 6) return Promise.reject(new Error('killed'))
      return parts().storage.put(key, body, size)
    },
  }
  const run = () => buildExport(system(), made.id, { ...parts(), storage: killed })
  await expect(run()).rejects.toThrow('killed')
  expect(await readExport(owner.ctx, made.id)).toMatchObject({ state: 'building', doneRows: 1000 })
  await expect(run()).rejects.toThrow('killed')
  await run()
  expect(puts).toBe(7)
  expect(await readExport(owner.ctx, made.id)).toMatchObject({ state: 'ready', doneRows: 1702 })
  const rows = ((await unpacked(owner, made.id)).get('members.jsonl') ?? '').trim().split('\n').slice(1)
  expect(new Set(rows.map((row) => JSON.parse(row).id)).size).toBe(1702)
  expect(rows).toHaveLength(1702)
})

test('what fails three times has failed, keeps nothing, and can be tried again', async () => {
  const { owner } = await company()
  const made = await ask(owner, everything)
  await world.rows(`UPDATE exports SET state = 'queued' WHERE id = $1`, [made.id])
  const full: SealedStorage = { ...parts().storage, put: () => Promise.reject(new Error('no space')) }
  const run = () => buildExport(system(), made.id, { ...parts(), storage: full })
  for (let i = 0; i < 3; i += 1) await expect(run()).rejects.toThrow('no space')
  expect(await readExport(owner.ctx, made.id)).toMatchObject({ state: 'failed', failure: 'not_built', may: ['retry'] })
  await retryExport(owner.ctx, made.id, parts())
  await expect(retryExport(owner.ctx, made.id, parts())).rejects.toThrow('export.not_failed')
  expect(await settled(owner, made.id)).toMatchObject({ state: 'ready' })
  expect((await unpacked(owner, made.id)).has('members.csv')).toBe(true)
})

test('what is stopped while it is built ends, and leaves nothing behind', async () => {
  const { owner } = await company()
  const made = await ask(owner, everything)
  await world.rows(`UPDATE exports SET state = 'queued' WHERE id = $1`, [made.id])
  const before = await keysIn(parts().storage)
  const stopping: SealedStorage = {
    ...parts().storage,
    put: async (key, body, size) => {
      await parts().storage.put(key, body, size)
      if ((await readExport(owner.ctx, made.id)).state === 'building') await cancelExport(owner.ctx, made.id)
    },
  }
  await buildExport(system(), made.id, { ...parts(), storage: stopping })
  expect((await readExport(owner.ctx, made.id)).state).toBe('cancelled')
  await until(async () => (await keysIn(parts().storage)) <= before)
})

test('more than was counted waits for a second person after all', async () => {
  const { id, owner, second } = await company()
  await setTo(owner, 0, { approvalAboveRows: 2, approvalForPersonal: false })
  const made = await ask(owner, { of: 'organisation', parts: ['members'] })
  expect(made).toMatchObject({ approval: 'none', expectedRows: 2 })
  await world.member(id, 'member')
  await world.rows(`UPDATE exports SET state = 'queued' WHERE id = $1 AND state = 'waiting'`, [made.id])
  const now = await settled(owner, made.id)
  if (now.state === 'ready') expect(now.doneRows).toBe(2)
  else {
    expect(now).toMatchObject({ state: 'waiting', approval: 'needed', doneRows: 3 })
    await approveExport(second.ctx, { id: made.id }, parts())
    expect(await settled(owner, made.id)).toMatchObject({ state: 'ready', doneRows: 3 })
  }
})

test('everything of one person needs a second one, and is whole whatever is masked', async () => {
  const { id, owner, second } = await company()
  await setTo(owner, 0, {
    approvalForPersonal: false,
    masks: { email: 'hidden', names: 'hidden', bodies: 'hidden', addresses: 'hidden' },
  })
  const { email } = await asked(id, 'Something of mine', 'Zoe Zeta')
  await asked(id, 'Something of somebody else', 'Yan Ypsilon')
  const content: ExportContent = { of: 'person', email }
  expect(await previewExport(owner.ctx, content, parts())).toMatchObject({ why: ['person'], approval: 'needed' })
  const made = await approved(owner, second, content)
  const files = await unpacked(owner, made.id)
  expect(files.get('messages.jsonl')).toContain('Something of mine')
  expect(files.get('conversations.jsonl')).toContain(email)
  for (const text of files.values()) expect(text).not.toContain('Something of somebody else')
  await expect(previewExport(owner.ctx, { of: 'person', email: 'nobody@company.example' }, parts())).rejects.toThrow(
    'export.person_unknown',
  )
})

test('what is old goes with the retention of the organisation, and what is held or open stays', async () => {
  const { id, owner, second } = await company()
  const [old, kept, open] = [
    await approved(owner, second, everything),
    await approved(second, owner, everything),
    await ask(owner, everything),
  ]
  const keys = await world.rows('SELECT storage_key FROM exports WHERE id = $1', [old.id])
  const later = new Date(world.clock.now().getTime() + 86_400_000)
  const held = { since: undefined, everything: false, contactIds: [], conversationIds: [], memberIds: [] }
  const of = { owner: { organisationId: id, isSupport: false }, holds: [] }
  const [{ survey }] = exportKeeping
  const before = await system().transaction((tx) => survey(tx, { ...of, before: later, bucketDays: 7 }))
  expect(before.all.count).toBe(2)
  expect(before.all.bytes).toBeGreaterThan(0)
  await world.rows('UPDATE exports SET decided_by = requested_by WHERE id = $1', [kept.id])
  await world.rows('UPDATE exports SET decided_by = NULL WHERE id = $1', [old.id])
  const gone = await system().transaction((tx) =>
    purgeExports(tx, {
      ...of,
      holds: [{ ...held, memberIds: [second.id] }],
      before: later,
      limit: 100,
      forgetConversation: async () => [],
    }),
  )
  expect(gone).toMatchObject({ count: 1, ids: [old.id], keys: [keys[0]?.['storage_key']] })
  const left = (await listExports(owner.ctx, { limit: 30 })).exports.map((each) => each.id)
  expect(left.toSorted()).toEqual([kept.id, open.id].toSorted())
})

const hourMs = 3_600_000

test('an archive lies there for as long as the rules say, where nobody has said less', async () => {
  const { owner, second } = await company()
  await setTo(owner, 0, { keepHours: 720 })
  expect(await readPolicy(owner.ctx, parts())).not.toHaveProperty('retention')
  const made = await approved(owner, second, everything)
  world.clock.advance(29 * 24 * hourMs)
  const begin = world.clew.house.jobs.find(({ name }) => name === 'retention.begin_runs')
  await begin?.run(system(), {} as never)
  await sweepExports(system(), parts())
  await world.settle()
  expect(await readExport(owner.ctx, made.id)).toMatchObject({ state: 'ready', may: expect.arrayContaining(['fetch']) })
  world.clock.advance(24 * hourMs)
  await sweepExports(system(), parts())
  expect(await readExport(owner.ctx, made.id)).toMatchObject({ state: 'expired' })
})

test('where retention says less, that holds, and is said where the rule is set and the export asked for', async () => {
  const { id, owner, second } = await company()
  await setTo(owner, 0, { keepHours: 720 })
  const team = await world.supportTeam()
  const say = (organisationId: string, version: number, days: number | null) =>
    world.rows(`INSERT INTO retention_policies VALUES ($1, 'export', $2, $3, NULL, $4, $4, NULL, NULL)`, [
      organisationId,
      version,
      days,
      new Date(world.clock.now().getTime() - hourMs),
    ])
  await say(team, 1, 10)
  expect((await readPolicy(owner.ctx, parts())).retention).toEqual({ keepHours: 240, of: 'team' })
  expect((await previewExport(owner.ctx, everything, parts())).keepHours).toBe(240)
  await say(id, 1, 2)
  expect((await setTo(owner, 1, { keepHours: 700 })).retention).toEqual({ keepHours: 48, of: 'own' })
  expect((await previewExport(owner.ctx, everything, parts())).keepHours).toBe(48)
  const made = await approved(owner, second, everything)
  expect(Date.parse(made.expiresAt ?? '') - Date.parse(made.readyAt ?? '')).toBe(48 * hourMs)
  world.clock.advance(48 * hourMs)
  await sweepExports(system(), parts())
  expect(await readExport(owner.ctx, made.id)).toMatchObject({ state: 'expired' })
  // For ever is no end to an archive: the rule has it.
  await say(id, 2, null)
  expect(await readPolicy(owner.ctx, parts())).not.toHaveProperty('retention')
  await say(id, 3, 365)
  expect((await previewExport(owner.ctx, everything, parts())).keepHours).toBe(700)
  await world.rows('DELETE FROM retention_policies WHERE organisation_id = $1', [team])
})

test('rules keep their history, and a change that did not know the last one is refused', async () => {
  const { owner, second } = await company()
  const both = await Promise.allSettled([setTo(owner, 0, { keepHours: 1 }), setTo(second, 0, { keepHours: 2 })])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  await expect(setTo(owner, 0, { keepHours: 5 })).rejects.toThrow('export.policy_conflict')
  const now = await setTo(owner, 1, { keepHours: 9 })
  expect(now).toMatchObject({ version: 2, value: { keepHours: 9 }, canManage: true })
  expect(now.approvers.map(({ name }) => name).sort()).toEqual(['Iris Vale', 'Otto Kern'])
})

test('by HTTP: asked, approved, linked and fetched, each only with a proof of who one is', async () => {
  const { owner, second } = await company()
  const post = (person: Person, url: string, payload?: object) =>
    world.app.inject({
      method: 'POST',
      url: `/api/v1/console/exports${url}`,
      headers: person.headers,
      ...(payload ? { payload } : {}),
    })
  const id = randomUUID()
  expect((await post(owner, '', { id, content: onlyUsage, reason: '' })).statusCode).toBe(400)
  const made = await post(owner, '', { id, content: everything, reason: 'Review' })
  expect(made.statusCode).toBe(201)
  expect((await post(owner, '', { id, content: everything, reason: 'Review' })).statusCode).toBe(200)
  expect((await post(second, `/${id}/approve`, {})).statusCode).toBe(200)
  await settled(owner, id)
  const link = await post(owner, `/${id}/link`)
  expect(link.statusCode).toBe(201)
  expect(link.headers['cache-control']).toBe('no-store')
  const { url, password = '' } = link.json<ExportLink>()
  const [kept] = link.cookies
  const inThisBrowser = ({ headers }: Person) => ({ cookie: `${headers.cookie}; ${kept?.name}=${kept?.value}` })
  expect(url).not.toContain(kept?.value)
  expect((await world.app.inject({ url })).statusCode).toBe(401)
  expect((await world.app.inject({ url, headers: inThisBrowser(second) })).statusCode).toBe(404)
  // In another browser the address is that of nothing.
  expect((await world.app.inject({ url, headers: owner.headers })).statusCode).toBe(404)
  const file = await world.app.inject({ url, headers: inThisBrowser(owner) })
  expect(file.statusCode).toBe(200)
  expect(file.headers['content-type']).toBe('application/zip')
  expect((await opened(file.rawPayload, password)).has('manifest.json')).toBe(true)
  expect((await world.app.inject({ url, headers: inThisBrowser(owner) })).statusCode).toBe(404)
  world.clock.advance(6 * 60_000)
  for (const [person, path, payload] of [
    [owner, '', { id: randomUUID(), content: everything, reason: 'Review' }],
    [second, `/${id}/approve`, {}],
    [owner, `/${id}/link`, undefined],
  ] as const) {
    const refused = await post(person, path, payload)
    expect([refused.statusCode, refused.json().code]).toEqual([403, 'session.not_fresh'])
  }
})
