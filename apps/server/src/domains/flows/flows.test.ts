import { Readable } from 'node:stream'
import type { OrganisationId } from '@clew/contract/primitives'
import { type Flow, isOpen, rebaseRun, startRun } from '@clew/flows'
import { printFlow } from '@clew/flows/yaml'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { createWorld, type World } from '../../testkit/world.ts'
import { openSession } from '../sign-in/use-cases/open-session.ts'
import { FlowHolder } from './flow-holder.ts'
import { createFlow } from './use-cases/create-flow.ts'
import { exportFlow, importFlow, inspectFile } from './use-cases/exchange-flow.ts'
import { listFlows, readFlow, readHistory, readVersion } from './use-cases/list-flows.ts'
import { loadStarterFlows } from './use-cases/load-starter-flows.ts'
import { publishFlow } from './use-cases/publish-flow.ts'
import { resetFlow } from './use-cases/reset-flow.ts'
import { restoreVersion } from './use-cases/restore-version.ts'
import { saveFlow } from './use-cases/save-flow.ts'
import { disableFlow, unpublishFlow } from './use-cases/withdraw-flow.ts'

let world: World
let owner: Awaited<ReturnType<World['agent']>>
let holder: FlowHolder
beforeEach(async () => {
  world = await createWorld()
  owner = await world.agent('Elena', 'owner')
  holder = world.clew.house.flows
})
afterEach(() => world.close())

const denied = { code: 'permission.denied' }
const both = (text: string) => ({ en: text, el: text })
const nobody = async () => ({ uses: new Map<string, number>(), running: new Map<string, number>() })
const read = (flowId: string, ctx = owner.ctx) => readFlow(ctx, flowId, nobody)
const live = (flowId: string): Flow => holder.current().find(flowId) as Flow

const printer = (more: object = {}): Flow =>
  ({
    id: 'printer',
    version: 1,
    title: both('The printer is silent'),
    phrases: { en: [], el: [] },
    steps: [
      {
        id: 'plug',
        kind: 'do',
        title: both('Plug it in'),
        say: both('Look.'),
        next: 'bye',
        replies: ['worked', 'still-fails'],
      },
      { id: 'bye', kind: 'end', end: 'handover', say: both('A person looks.') },
    ],
    ...more,
  }) as Flow

const retitled = (flow: Flow, title: string): Flow => ({ ...flow, title: both(title) })
const save = (title: string, basedOn: number, ctx: Ctx = owner.ctx) =>
  saveFlow(ctx, { flowId: 'billing', basedOn, document: retitled(live('billing'), title) })
const publish = (version: number, ctx = owner.ctx) => publishFlow(ctx, { flowId: 'billing', version }, holder)
const events = () =>
  world.rows(`SELECT name, payload FROM events WHERE name LIKE 'flow.%' AND payload ? 'agentId' ORDER BY id`)
const file = (text: string) => Readable.from([Buffer.from(text)])

describe('the flows that ship', () => {
  test('are live from the start, and loading them again changes nothing', async () => {
    const { flows, mayEdit } = await listFlows(owner.ctx, nobody)
    expect(mayEdit).toBe(true)
    expect(flows).toHaveLength(9)
    expect(flows.every(({ state, isStarter, isEdited }) => state === 'live' && isStarter && !isEdited)).toBe(true)
    expect(holder.current().all).toHaveLength(9)
    const again = await loadStarterFlows(world.clew.newCtx('test'), holder.current().all)
    expect(again).toEqual({ changed: 0 })
  })

  test('are replaced by a newer product only where nobody edited them', async () => {
    await save('Ours', 1)
    const newer = [retitled(live('billing'), 'Newer'), retitled(live('sign-in'), 'Newer too')]
    expect(await loadStarterFlows(world.clew.newCtx('test'), newer)).toEqual({ changed: 1 })
    await holder.reload()
    expect(live('sign-in')).toMatchObject({ title: both('Newer too'), version: 2 })
    expect(await read('billing')).toMatchObject({ title: both('Ours'), version: 2, liveVersion: 1, isEdited: true })
    expect(await loadStarterFlows(world.clew.newCtx('test'), newer)).toEqual({ changed: 0 })

    await resetFlow(owner.ctx, { flowId: 'billing', basedOn: 2 })
    expect(await read('billing')).toMatchObject({ title: both('Newer'), version: 3, isEdited: false })
  })

  test('that were taken out of use stay so when the product is newer', async () => {
    await unpublishFlow(owner.ctx, 'billing', holder)
    const newer = retitled((await read('billing')).document as Flow, 'Newer')
    await loadStarterFlows(world.clew.newCtx('test'), [newer])
    await holder.reload()
    expect(live('billing')).toBeUndefined()
    expect(await read('billing')).toMatchObject({ state: 'draft', version: 2, title: both('Newer') })
  })

  test('are put in place by the product alone', async () => {
    await expect(loadStarterFlows(owner.ctx, [])).rejects.toMatchObject(denied)
  })
})

describe('saving', () => {
  test('makes a version that nobody gets before it is published', async () => {
    await save('Money', 1)
    expect(live('billing').title.en).not.toBe('Money')
    await publish(2)
    expect(live('billing')).toMatchObject({ title: both('Money'), version: 2 })
    expect(await read('billing')).toMatchObject({ version: 2, liveVersion: 2, changedBy: 'Elena', isEdited: true })
    expect(await events()).toEqual([
      { name: 'flow.published', payload: { flowId: 'billing', version: 2, agentId: owner.id } },
    ])
  })

  test('the same once more changes nothing', async () => {
    await save('Money', 1)
    await save('Money', 2)
    await publish(2)
    await publish(2)
    expect((await readHistory(owner.ctx, 'billing')).versions.map(({ version }) => version)).toEqual([2, 1])
    expect(await events()).toHaveLength(1)
  })

  test('over a version that was not seen is refused, with the name of who saved it', async () => {
    const other = await world.agent('Dora', 'owner')
    await save('Hers', 1, other.ctx)
    await expect(save('Mine', 1)).rejects.toMatchObject({ code: 'flow.conflict', params: { name: 'Dora', version: 2 } })
    await expect(publish(1)).rejects.toMatchObject({ code: 'flow.conflict' })
    await expect(resetFlow(owner.ctx, { flowId: 'billing', basedOn: 1 })).rejects.toMatchObject({
      code: 'flow.conflict',
    })
  })

  test('by two at once lets one through', async () => {
    const other = await world.agent('Dora', 'owner')
    const results = await Promise.allSettled([save('One', 1), save('Two', 1, other.ctx)])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('what makes no sense is refused with every place', async () => {
    const document = { ...printer(), id: 'billing', steps: [{ id: 'a', kind: 'say', say: both('x'), next: 'b' }] }
    await expect(saveFlow(owner.ctx, { flowId: 'billing', basedOn: 1, document })).rejects.toMatchObject({
      code: 'flow.invalid',
      issues: [{ path: 'steps[0].next', message: 'unknown_step' }],
    })
    const lost = { ...printer(), steps: [{ id: 'a', kind: 'end', end: 'flow', flow: 'nowhere' }] }
    await expect(createFlow(owner.ctx, { document: lost })).rejects.toMatchObject({
      code: 'flow.invalid',
      params: { path: 'steps[0].flow', problem: 'unknown_flow' },
    })
    await expect(saveFlow(owner.ctx, { flowId: 'billing', basedOn: 1, document: printer() })).rejects.toMatchObject({
      code: 'input.invalid',
    })
    for (const input of [null, [], 'x', { steps: 1 }])
      await expect(createFlow(owner.ctx, { document: input })).rejects.toMatchObject({ code: 'flow.invalid' })
  })
})

describe('who may', () => {
  test('an agent reads and tries, and changes nothing', async () => {
    const agent = await world.agent('Petros')
    expect((await listFlows(agent.ctx, nobody)).mayEdit).toBe(false)
    expect((await read('billing', agent.ctx)).mayEdit).toBe(false)
    expect((await exportFlow(agent.ctx, { flowId: 'billing', version: undefined })).yaml).toContain('id: billing')
    expect((await inspectFile(agent.ctx, file(printFlow(printer())))).problems).toEqual([])
    const tries = [
      () => save('x', 1, agent.ctx),
      () => createFlow(agent.ctx, { document: printer() }),
      () => publish(1, agent.ctx),
      () => unpublishFlow(agent.ctx, 'billing', holder),
      () => disableFlow(agent.ctx, 'billing', holder),
      () => restoreVersion(agent.ctx, { flowId: 'billing', version: 1, basedOn: 1 }),
      () => resetFlow(agent.ctx, { flowId: 'billing', basedOn: 1 }),
      () => importFlow(agent.ctx, { body: file(printFlow(printer())), basedOn: undefined }),
    ]
    for (const each of tries) await expect(each()).rejects.toMatchObject(denied)
  })

  test('another organisation and contacts find nothing', async () => {
    const elsewhere = { ...owner.actor, organisationId: '00000000-0000-7000-8000-000000000009' as OrganisationId }
    const { ctx } = await world.contact()
    for (const other of [world.as(elsewhere as Actor), ctx]) {
      await expect(listFlows(other, nobody)).rejects.toMatchObject(denied)
      await expect(read('billing', other)).rejects.toMatchObject(denied)
      await expect(readHistory(other, 'billing')).rejects.toMatchObject(denied)
      await expect(readVersion(other, { flowId: 'billing', version: 1 })).rejects.toMatchObject(denied)
      await expect(inspectFile(other, file('x'))).rejects.toMatchObject(denied)
      await expect(save('x', 1, other)).rejects.toMatchObject(denied)
      await expect(publish(1, other)).rejects.toMatchObject(denied)
    }
  })

  test('what is not there is not found', async () => {
    const gone = { code: 'flow.not_found' }
    await expect(read('nothing')).rejects.toMatchObject(gone)
    await expect(unpublishFlow(owner.ctx, 'nothing', holder)).rejects.toMatchObject(gone)
    await expect(publishFlow(owner.ctx, { flowId: 'nothing', version: 1 }, holder)).rejects.toMatchObject(gone)
    await expect(readVersion(owner.ctx, { flowId: 'billing', version: 7 })).rejects.toMatchObject({
      code: 'flow.version_not_found',
    })
  })
})

describe('a flow of the team’s own', () => {
  test('is a draft, goes live, and its id is taken from then on', async () => {
    await createFlow(owner.ctx, { document: printer() })
    expect(await read('printer')).toMatchObject({ state: 'draft', version: 1, isStarter: false })
    expect(live('printer')).toBeUndefined()
    await publishFlow(owner.ctx, { flowId: 'printer', version: 1 }, holder)
    expect(live('printer').title.en).toBe('The printer is silent')
    await expect(createFlow(owner.ctx, { document: printer() })).rejects.toMatchObject({ code: 'flow.id_taken' })
    // A former name of another flow.
    await expect(createFlow(owner.ctx, { document: printer({ id: 'upload-failures' }) })).rejects.toMatchObject({
      code: 'flow.id_taken',
    })
    await expect(resetFlow(owner.ctx, { flowId: 'printer', basedOn: 1 })).rejects.toMatchObject({
      code: 'flow.not_a_starter',
    })
  })

  test('that leads on is published only when the other is live, and that one stays while it is needed', async () => {
    const steps = [{ id: 'a', kind: 'end', end: 'flow', flow: 'printer' }]
    await createFlow(owner.ctx, { document: printer() })
    await createFlow(owner.ctx, { document: printer({ id: 'paper', title: both('Paper'), steps }) })
    const paper = () => publishFlow(owner.ctx, { flowId: 'paper', version: 1 }, holder)
    await expect(paper()).rejects.toMatchObject({ code: 'flow.leads_nowhere', params: { flow: 'printer' } })
    await publishFlow(owner.ctx, { flowId: 'printer', version: 1 }, holder)
    await paper()
    expect((await read('printer')).cameFrom).toEqual([{ id: 'paper', title: both('Paper') }])
    await expect(unpublishFlow(owner.ctx, 'printer', holder)).rejects.toMatchObject({
      code: 'flow.needed',
      params: { flows: 'Paper' },
    })
    // What does harm can always be stopped.
    await disableFlow(owner.ctx, 'printer', holder)
    expect(live('printer')).toBeUndefined()
  })
})

describe('a conversation that is in a flow', () => {
  const begin = () => {
    const { run } = startRun(live('billing'), { slots: {} })
    if (!isOpen(run)) throw new Error('billing asks something first')
    return run
  }
  const goOn = (run: ReturnType<typeof begin>) => rebaseRun(run, holder.current(), { slots: {} })

  test('goes on with its version when a newer one is live, and when the flow was unpublished', async () => {
    const run = begin()
    await save('Money', 1)
    await publish(2)
    expect(goOn(run).flow?.version).toBe(1)
    await unpublishFlow(owner.ctx, 'billing', holder)
    expect(goOn(run).flow?.version).toBe(1)
    expect(live('billing')).toBeUndefined()
  })

  test('goes to a person when the flow is disabled; what was tried is still known', async () => {
    const run = begin()
    await disableFlow(owner.ctx, 'billing', holder)
    expect(goOn(run)).toMatchObject({ flow: undefined, run: { state: 'handover', reason: 'flow-changed' } })
    expect(holder.current().find('billing', 1)).toBeDefined()
    await publish(1)
    expect(goOn(run).flow?.version).toBe(1)
  })

  test('finds its version while it is among the last twenty', async () => {
    const run = begin()
    for (let version = 2; version <= 20; version += 1) {
      await save(`Title ${version}`, version - 1)
      await publish(version)
    }
    expect(goOn(run).flow?.version).toBe(1)
    await save('Title 21', 20)
    await publish(21)
    expect(goOn(run).flow?.version).toBe(21)
  }, 30_000)

  test('is counted where it is', async () => {
    const { headers } = await world.contact()
    const id = (at: number) => `00000000-0000-4000-8000-00000000000${at}`
    const begun = await world.app.inject({
      method: 'POST',
      url: '/api/v1/widget/conversations',
      headers,
      payload: {
        clientConversationId: id(1),
        clientMessageId: id(2),
        body: 'I want a refund for my last invoice',
        fileIds: [],
        locale: 'en',
      },
    })
    expect(begun.statusCode).toBeLessThan(300)
    await world.settle()
    const rows = await world.rows(
      `SELECT dialogue #>> '{run,flowId}' AS flow FROM dialogues WHERE dialogue->>'state' = 'in_flow'`,
    )
    const session = await world.clew.newCtx('test').transaction((tx) => openSession(tx, owner))
    const list = await world.app.inject({
      method: 'GET',
      url: '/api/v1/flows',
      headers: { cookie: `__Host-clew_session=${session.token}` },
    })
    const { flows } = list.json<{ flows: { id: string; running: number; uses: number }[] }>()
    const inFlow = flows.filter(({ running }) => running > 0)
    expect(inFlow.map((flow) => flow.id)).toEqual(rows.map(({ flow }) => flow))
    expect(inFlow.every(({ uses }) => uses === 1)).toBe(true)
  })
})

test('an older version comes back as a new one', async () => {
  const first = (await read('billing')).document
  await save('Money', 1)
  await restoreVersion(owner.ctx, { flowId: 'billing', version: 1, basedOn: 2 })
  expect(await read('billing')).toMatchObject({ version: 3, liveVersion: 1, isEdited: false })
  expect((await read('billing')).document).toEqual({ ...first, version: 3 })
  expect((await readHistory(owner.ctx, 'billing')).versions[0]).toMatchObject({ restoredFrom: 1, savedBy: 'Elena' })
})

test('another process sees a change within seconds of being used', async () => {
  const other = new FlowHolder({ newCtx: (job) => world.as({ type: 'system', job }), clock: world.clock })
  await other.reload()
  await save('Money', 1)
  await publish(2)
  expect(other.current().find('billing')?.version).toBe(1)
  world.clock.advance(6000)
  other.current()
  await other.settled()
  expect(other.current().find('billing')?.version).toBe(2)
})

describe('as a file', () => {
  test('goes out and comes back the same', async () => {
    const { name, yaml } = await exportFlow(owner.ctx, { flowId: 'billing', version: undefined })
    expect(name).toBe('billing.v1.yaml')
    const found = await inspectFile(owner.ctx, file(yaml))
    expect(found).toMatchObject({ problems: [], existing: { version: 1 } })
    expect(found.document).toEqual(found.existing?.document)
    await importFlow(owner.ctx, { body: file(yaml), basedOn: 1 })
    expect((await read('billing')).version).toBe(1)
  })

  test('makes a new flow, and replaces one only from the version that was seen', async () => {
    const yaml = printFlow(printer())
    expect(await importFlow(owner.ctx, { body: file(yaml), basedOn: undefined })).toEqual({ flowId: 'printer' })
    const changed = file(printFlow(retitled(printer(), 'Other')))
    await expect(importFlow(owner.ctx, { body: changed, basedOn: undefined })).rejects.toMatchObject({
      code: 'flow.id_taken',
    })
    await importFlow(owner.ctx, { body: file(printFlow(retitled(printer(), 'Other'))), basedOn: 1 })
    expect(await read('printer')).toMatchObject({ version: 2, title: both('Other') })
  })

  test('that is wrong says where', async () => {
    const wrong = printFlow(printer()).replace('next: bye', 'next: by')
    const { problems, document } = await inspectFile(owner.ctx, file(wrong))
    expect(document).toBeUndefined()
    expect(problems).toEqual([
      {
        path: 'steps[0].next',
        code: 'unknown_step',
        params: { step: 'by', suggestion: 'bye' },
        line: expect.any(Number),
        column: expect.any(Number),
      },
    ])
    await expect(importFlow(owner.ctx, { body: file(wrong), basedOn: undefined })).rejects.toMatchObject({
      code: 'flow.invalid',
      issues: [{ path: 'steps[0].next', message: expect.stringMatching(/^unknown_step \(\d+:\d+\)$/) }],
    })
  })

  test.each([
    ['nothing', '', 'wrong_type'],
    ['names that stand for one another', 'a: &a [x]\nb: [*a, *a]', 'yaml_alias'],
    [
      'a bomb of them',
      `a: &a [x,x]\n${'bcdefgh'
        .split('')
        .map((l, i) => `${l}: &${l} [*${'abcdefg'[i]},*${'abcdefg'[i]}]`)
        .join('\n')}`,
      'yaml_alias',
    ],
    ['a tag that would run something', 'id: !!js/function "function(){}"', 'yaml_tag'],
    ['far too deep', `${'['.repeat(500)}${']'.repeat(500)}`, 'yaml_too_deep'],
    ['a key twice', 'id: a\nid: b', 'yaml_duplicate_key'],
    ['two files in one', 'id: a\n---\nid: b', 'yaml_many_documents'],
    ['a prototype', '__proto__: { polluted: true }', 'missing'],
    ['bytes that are no text', '\u0000\uFFFD', 'wrong_type'],
    ['a bracket that is never closed', 'id: [a', 'yaml_syntax'],
  ])('%s is refused', async (_what, text, code) => {
    const { problems } = await inspectFile(owner.ctx, file(text))
    expect(problems.map((each) => each.code)).toContain(code)
    await expect(importFlow(owner.ctx, { body: file(text), basedOn: undefined })).rejects.toMatchObject({
      code: 'flow.invalid',
    })
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  test('that is too large is not read to its end', async () => {
    const large = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(64_000, 'x')
      })(),
    )
    await expect(inspectFile(owner.ctx, large)).rejects.toMatchObject({ code: 'flow.too_large' })
  })
})

describe('over HTTP', () => {
  const call = async (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object | string) => {
    const session = await world.clew.newCtx('test').transaction((tx) => openSession(tx, owner))
    const raw = typeof payload === 'string' ? { 'content-type': 'application/yaml' } : {}
    return world.app.inject({
      method,
      url: `/api/v1${url}`,
      headers: { cookie: `__Host-clew_session=${session.token}`, ...raw },
      ...(payload === undefined ? {} : { payload }),
    })
  }

  test('the whole way: list, save, conflict, publish, file, import', async () => {
    expect((await call('GET', '/flows')).json().flows).toHaveLength(9)
    const { document } = (await call('GET', '/flows/billing')).json()
    const saved = await call('PUT', '/flows/billing', {
      basedOn: 1,
      document: { ...document, title: both('Money') },
      note: 'shorter',
    })
    expect([saved.statusCode, saved.json().version, saved.json().live.title.en]).toEqual([200, 2, document.title.en])
    expect((await call('PUT', '/flows/billing', { basedOn: 1, document })).statusCode).toBe(409)
    expect((await call('POST', '/flows/billing/publish', { version: 2 })).json()).toMatchObject({ liveVersion: 2 })
    expect((await call('GET', '/flows/billing/versions')).json().versions[0]).toMatchObject({
      note: 'shorter',
      savedBy: 'Elena',
      publishedBy: 'Elena',
    })
    const yaml = await call('GET', '/flows/billing/file?version=1')
    expect(yaml.headers['content-disposition']).toBe('attachment; filename="billing.v1.yaml"')
    expect((await call('POST', '/flows/inspect', yaml.body)).json()).toMatchObject({
      problems: [],
      existing: { version: 2 },
    })
    expect((await call('POST', '/flows/import?basedOn=2', yaml.body)).json()).toMatchObject({
      version: 3,
      isEdited: false,
    })
    expect((await call('POST', '/flows/import', 'x'.repeat(300_000))).statusCode).toBe(413)
    expect((await call('POST', '/flows', { document: {} })).statusCode).toBe(422)
  })
})
