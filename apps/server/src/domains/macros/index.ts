import type { Ctx } from '../../platform/ctx.ts'
import type { Domain } from '../../platform/domain.ts'
import { macroRoutes } from './routes.ts'
import { readStarterMacros } from './starter-file.ts'
import { loadStarterMacros } from './use-cases/load-starter-macros.ts'

export type MacroParts = { newCtx: (job: string) => Ctx; contentDir: string }

export const macros = ({ newCtx, contentDir }: MacroParts): Domain => ({
  name: 'macros',
  routes: macroRoutes,
  start: async () => {
    await loadStarterMacros(newCtx('macros.load_starters'), await readStarterMacros(contentDir))
  },
})
