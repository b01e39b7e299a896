import type { EventPayload } from '@clew/contract/events'
import type { TxCtx } from '../../platform/ctx.ts'
import { type Heard, push } from '../../platform/domain.ts'
import { conversationView, listListed, teamConversationView } from '../conversations/index.ts'
import { caseView, withoutLogs } from './model.ts'
import { listWholeCases } from './repository.ts'

type About = Pick<EventPayload<'case.changed'>, 'conversationId'>

/** The case as the team sees it, and as its contact does. */
async function loadCases(tx: TxCtx, payloads: readonly About[]) {
  const ids = payloads.map(({ conversationId }) => conversationId)
  const [cases, listed] = await Promise.all([listWholeCases(tx, ids), listListed(tx, ids)])
  return ids.map((id) => {
    const found = cases.get(id)
    const row = listed.get(id)
    if (!found || !row) return undefined
    const type = 'case' as const
    return {
      team: { type, conversation: teamConversationView(row), case: caseView(found) },
      contact: { type, conversation: conversationView(row), case: caseView(withoutLogs(found)) },
    }
  })
}

const toBoth = async (tx: TxCtx, payloads: readonly About[]): Promise<(Heard | undefined)[]> =>
  (await loadCases(tx, payloads)).map((each) => each && { change: each.team, contact: true, toContact: each.contact })

const toTeam = async (tx: TxCtx, payloads: readonly About[]): Promise<(Heard | undefined)[]> =>
  (await loadCases(tx, payloads)).map((each) => each && { change: each.team, contact: false })

export const caseRealtime = [push('case.changed', toBoth), push('request.looked_up', toTeam)]
