import { join } from 'node:path'
import { CreateMacro } from '@clew/contract/macros'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { serverFolder } from '../../folders.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { createWorld, type World } from '../../testkit/world.ts'
import { readStarterMacros } from './starter-file.ts'
import { changeMacro } from './use-cases/change-macro.ts'
import { createMacro } from './use-cases/create-macro.ts'
import { deleteMacro } from './use-cases/delete-macro.ts'
import { listMacros } from './use-cases/list-macros.ts'
import { loadStarterMacros } from './use-cases/load-starter-macros.ts'

let world: World
let lead: Awaited<ReturnType<World['agent']>>
let agent: Awaited<ReturnType<World['agent']>>
beforeEach(async () => {
  world = await createWorld()
  lead = await world.agent('Elena', 'admin')
  agent = await world.agent('Iris', 'agent')
})
afterEach(() => world.close())

const denied = { code: 'permission.denied' }
const draft = (more: object = {}) =>
  CreateMacro.parse({ name: 'Ask for the time', bodies: { en: 'When, {{contact.name}}?' }, tags: ['time'], ...more })
const create = (more: object = {}, ctx: Ctx = lead.ctx) => createMacro(ctx, draft(more))
const names = async (ctx: Ctx = agent.ctx) => (await listMacros(ctx)).macros.map(({ name }) => name)
const audited = () =>
  world.rows(
    `SELECT action, body::jsonb->'targets' AS targets, body::jsonb->'metadata' AS metadata FROM audit_events WHERE action LIKE 'macro.%' ORDER BY seq`,
  )

describe('a macro', () => {
  test('of a lead is there for every agent, who may not change it', async () => {
    const macro = await create()
    expect(macro).toMatchObject({ version: 1, createdBy: 'Elena', changedBy: 'Elena', resolves: false })
    expect(await listMacros(agent.ctx)).toMatchObject({ mayEdit: false })
    expect((await listMacros(lead.ctx)).mayEdit).toBe(true)
    expect((await listMacros(agent.ctx)).macros).toContainEqual(macro)

    await expect(create({ name: 'Mine' }, agent.ctx)).rejects.toMatchObject(denied)
    await expect(changeMacro(agent.ctx, { macroId: macro.id, version: 1, name: 'Mine' })).rejects.toMatchObject(denied)
    await expect(deleteMacro(agent.ctx, macro.id)).rejects.toMatchObject(denied)
    expect((await listMacros(agent.ctx)).macros).toContainEqual(macro)
  })

  test('is nothing of another organisation’s, nor of a contact’s', async () => {
    const { id } = await create()
    const owner = await world.member(await world.organisation(), 'owner')
    const contact = await world.contact()
    for (const ctx of [owner.ctx, contact.ctx]) {
      await expect(listMacros(ctx)).rejects.toMatchObject(denied)
      await expect(create({ name: 'Theirs' }, ctx)).rejects.toMatchObject(denied)
      await expect(changeMacro(ctx, { macroId: id, version: 1, name: 'Theirs' })).rejects.toMatchObject(denied)
      await expect(deleteMacro(ctx, id)).rejects.toMatchObject(denied)
    }
    // Not even past the use-cases: the database gives these roles no look at the table.
    const roles = await world.rows(
      `SELECT role, has_table_privilege(role, 'macros', 'SELECT') AS reads FROM unnest(ARRAY['clew_organisation',
         'clew_contact', 'clew_team']) role ORDER BY role`,
    )
    expect(roles.map(({ reads }) => reads)).toEqual([false, false, true])
  })

  test('has a name of its own, whatever the accents and capitals, also when two add it at once', async () => {
    await create({ name: 'Λύθηκε' })
    await expect(create({ name: 'ΛΥΘΗΚΕ' })).rejects.toMatchObject({ code: 'macro.name_taken' })
    const both = await Promise.allSettled([create({ name: 'At once' }), create({ name: 'at ONCE' })])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'macro.name_taken' } })
  })

  test('with a placeholder that nothing fills in is refused, and told which there are', async () => {
    const known = '{{contact.name}}, {{agent.name}}, {{conversation.number}}, {{case.request_id}}'
    const params = { placeholder: '{{first_name}}', known }
    const refused = { code: 'macro.placeholder_unknown', params }
    await expect(create({ bodies: { en: 'ok', el: 'Γεια {{first_name}}' } })).rejects.toMatchObject(refused)
    const { id } = await create()
    const change = changeMacro(lead.ctx, { macroId: id, version: 1, bodies: { en: '{{first_name}}' } })
    await expect(change).rejects.toMatchObject(refused)
  })
})

describe('changing one', () => {
  test('keeps what is not given, and a second press changes nothing', async () => {
    const { id } = await create()
    const input = { macroId: id, version: 1, bodies: { el: 'Πότε;' }, resolves: true }
    const changed = await changeMacro(lead.ctx, input)
    expect(changed).toMatchObject({ version: 2, name: 'Ask for the time', bodies: { el: 'Πότε;' }, tags: ['time'] })
    expect(changed.bodies).not.toHaveProperty('en')
    expect(await changeMacro(lead.ctx, input)).toEqual(changed)
    expect(await audited()).toMatchObject([
      { action: 'macro.created', targets: [{ type: 'macro', id }] },
      { action: 'macro.changed', targets: [{ type: 'macro', id }], metadata: { parts: 'bodies, resolves' } },
    ])
  })

  test('from a version that is gone is refused with who was faster', async () => {
    const { id } = await create()
    const other = await world.agent('Petros', 'owner')
    await changeMacro(other.ctx, { macroId: id, version: 1, name: 'Theirs' })
    const mine = changeMacro(lead.ctx, { macroId: id, version: 1, name: 'Mine' })
    await expect(mine).rejects.toMatchObject({ code: 'macro.conflict', params: { name: 'Petros' } })
    const both = await Promise.allSettled([
      changeMacro(lead.ctx, { macroId: id, version: 2, name: 'A' }),
      changeMacro(other.ctx, { macroId: id, version: 2, name: 'B' }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('takes no name of another, and may change its own letters', async () => {
    const { id } = await create()
    await create({ name: 'Another' })
    const taken = changeMacro(lead.ctx, { macroId: id, version: 1, name: 'ANOTHER' })
    await expect(taken).rejects.toMatchObject({ code: 'macro.name_taken' })
    expect(await changeMacro(lead.ctx, { macroId: id, version: 1, name: 'ASK for the time' })).toMatchObject({
      version: 2,
    })
  })

  test('of one that is not there is refused', async () => {
    const macroId = '00000000-0000-7000-8000-000000000000'
    const lost = changeMacro(lead.ctx, { macroId, version: 1, name: 'x' })
    await expect(lost).rejects.toMatchObject({ code: 'macro.not_found' })
  })
})

test('a deleted macro is gone for everyone, and cannot be deleted again', async () => {
  const { id } = await create()
  await deleteMacro(lead.ctx, id)
  await expect(deleteMacro(lead.ctx, id)).rejects.toMatchObject({ code: 'macro.not_found' })
  expect(await names()).not.toContain('Ask for the time')
  expect((await audited()).map(({ action }) => action)).toEqual(['macro.created', 'macro.deleted'])
  expect(await create()).toMatchObject({ version: 1 })
})

describe('the macros that ship', () => {
  const content = join(serverFolder, 'content')

  test('are there in both languages, and fill in what is known', async () => {
    const starters = await readStarterMacros(content)
    expect(starters.length).toBeGreaterThan(3)
    expect((await names()).sort()).toEqual(starters.map(({ content: { name } }) => name).sort())
    for (const {
      content: { bodies },
    } of starters)
      expect(Object.keys(bodies).sort()).toEqual(['el', 'en'])
    // Greek has no vocative that a program could know.
    expect(starters.map(({ content: { bodies } }) => bodies.el).join()).not.toContain('contact.name')
    for (const { content: each } of starters)
      expect(await create({ ...each, name: `${each.name} again` })).toMatchObject({ version: 1 })
  })

  test('come once: what was deleted stays away, and what was changed stays changed', async () => {
    const [first, second] = (await listMacros(lead.ctx)).macros
    await deleteMacro(lead.ctx, first?.id ?? '')
    await changeMacro(lead.ctx, { macroId: second?.id ?? '', version: 1, name: 'Ours' })
    const before = await names()
    const system = world.clew.newCtx('test')
    expect(await loadStarterMacros(system, await readStarterMacros(content))).toEqual({ added: 0 })
    expect(await names()).toEqual(before)

    const late = { content: draft({ name: 'Newer' }), slug: 'newer' }
    const taken = { content: draft({ name: 'OURS' }), slug: 'taken' }
    expect(await loadStarterMacros(system, [late, taken])).toEqual({ added: 1 })
    await expect(loadStarterMacros(lead.ctx, [late])).rejects.toMatchObject(denied)
  })
})
