import { ChangeMacro, CreateMacro, Macro, MacroList } from '@clew/contract/macros'
import { z } from 'zod'
import { type AnyRoute, created, noContent, ok, route } from '../../platform/routes.ts'
import { changeMacro } from './use-cases/change-macro.ts'
import { createMacro } from './use-cases/create-macro.ts'
import { deleteMacro } from './use-cases/delete-macro.ts'
import { listMacros } from './use-cases/list-macros.ts'

const params = z.object({ macroId: z.uuid() })
const often = { perMinute: 60 }

export const macroRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/macros',
    audience: 'team',
    summary: 'Every macro of the team, by name',
    responses: { 200: MacroList },
    run: async (ctx) => ok(await listMacros(ctx)),
  }),
  route({
    method: 'POST',
    path: '/macros',
    audience: 'team',
    personOnly: true,
    summary: 'Save a reply for the whole team',
    body: CreateMacro,
    responses: { 201: Macro },
    limit: often,
    run: async (ctx, { body }) => created(await createMacro(ctx, body)),
  }),
  route({
    method: 'PATCH',
    path: '/macros/:macroId',
    audience: 'team',
    personOnly: true,
    summary: 'Change a macro from the version that was seen',
    params,
    body: ChangeMacro,
    responses: { 200: Macro },
    limit: often,
    run: async (ctx, { params: { macroId }, body }) => ok(await changeMacro(ctx, { macroId, ...body })),
  }),
  route({
    method: 'DELETE',
    path: '/macros/:macroId',
    audience: 'team',
    personOnly: true,
    summary: 'Take a macro from the team',
    params,
    responses: { 204: null },
    limit: often,
    run: async (ctx, { params: { macroId } }) => {
      await deleteMacro(ctx, macroId)
      return noContent()
    },
  }),
]
