import type { EventPayload } from '@clew/contract/events'
import type { TxCtx } from '../../platform/ctx.ts'
import { type Heard, push } from '../../platform/domain.ts'
import { conversationView, listListed } from '../conversations/index.ts'
import { caseView } from './model.ts'
import { listCases } from './repository.ts'

async function loadCases(tx: TxCtx, payloads: readonly EventPayload<'case.changed'>[]): Promise<(Heard | undefined)[]> {
  const ids = payloads.map(({ conversationId }) => conversationId)
  const cases = await listCases(tx, ids)
  const listed = await listListed(tx, ids)
  return ids.map((id) => {
    const found = cases.get(id)
    const row = listed.get(id)
    return (
      found &&
      row && { change: { type: 'case', case: caseView(found), conversation: conversationView(row) }, contact: true }
    )
  })
}

export const caseRealtime = [push('case.changed', loadCases)]
