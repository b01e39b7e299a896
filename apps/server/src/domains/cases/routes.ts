import { Case, SetFact } from '@clew/contract/cases'
import { ConversationSnapshot } from '@clew/contract/conversations'
import { ConversationId } from '@clew/contract/primitives'
import { z } from 'zod'
import { type AnyRoute, ok, route } from '../../platform/routes.ts'
import { openCaseFile } from './use-cases/open-case-file.ts'
import { setFact } from './use-cases/set-fact.ts'

const params = z.object({ conversationId: ConversationId })

export const caseRoutes: readonly AnyRoute[] = (['contact', 'team'] as const).flatMap((audience) => {
  const path = `${audience === 'contact' ? '/widget' : ''}/conversations/:conversationId`
  return [
    route({
      method: 'GET',
      path,
      audience,
      summary: 'A conversation with its messages, case and captures',
      params,
      responses: { 200: ConversationSnapshot },
      run: async (ctx, input) => ok(await openCaseFile(ctx, input.params.conversationId)),
    }),
    route({
      method: 'PUT',
      path: `${path}/case`,
      audience,
      summary: 'Fill in or correct one category of the case',
      params,
      body: SetFact,
      responses: { 200: Case },
      run: async (ctx, input) => ok(await setFact(ctx, input.params.conversationId, input.body)),
    }),
  ]
})
