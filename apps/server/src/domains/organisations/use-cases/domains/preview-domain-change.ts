import type { DomainChangeList, DomainChangePreview, DomainMove, PreviewDomainChange } from '@clew/contract/domains'
import type { z } from 'zod'
import type { MemberActor } from '../../../../platform/actor.ts'
import { AppError } from '../../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../../platform/ctx.ts'
import { domainIn } from '../../domain-names.ts'
import { countRows, type MovingMember, planMoves } from '../../model.domain-changes.ts'
import { countsAsOwn } from '../../model.domains.ts'
import { whyNotChange } from '../../model.giving.ts'
import type { MemberRow } from '../../model.ts'
import { authorizeChangeAddresses, authorizeReadDomains } from '../../policy.domains.ts'
import {
  listAddressesAt,
  listDomainChanges,
  listKnownAt,
  listMemberIdsAtName,
} from '../../repository.domain-changes.ts'
import { listDomains } from '../../repository.domains.ts'
import { findMember } from '../../repository.ts'

/** What would become of each address if the company moved from one domain to another. Nothing is written. */
export async function previewDomainChange(
  ctx: Ctx,
  { from, to, moves }: z.output<typeof PreviewDomainChange>,
): Promise<DomainChangePreview> {
  return ctx.transaction(async (tx) => {
    authorizeChangeAddresses(tx.actor)
    const names = namesIn({ from, to })
    const { rows, isVerified } = await planChange(tx, tx.actor, { ...names, moves })
    return { ...names, isVerified, rows, counts: countRows(rows) }
  })
}

export async function readDomainChanges(ctx: Ctx): Promise<DomainChangeList> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeReadDomains(actor)
    return { changes: await listDomainChanges(tx, actor.organisationId) }
  })
}

export function namesIn({ from, to }: { from: string; to: string }): { from: string; to: string } {
  const [before, after] = [domainIn(from), domainIn(to)]
  if ('problem' in before) throw new AppError(before.problem, { domain: from })
  if ('problem' in after) throw new AppError(after.problem, { domain: to })
  if (before.name === after.name) throw new AppError('domain.invalid', { domain: to })
  return { from: before.name, to: after.name }
}

type Change = { from: string; to: string; moves: readonly DomainMove[] }

/** The table, and the members it is about. */
export async function planChange(tx: TxCtx, actor: MemberActor, { from, to, moves }: Change) {
  const { organisationId } = actor
  const own = await listDomains(tx, organisationId)
  const members: MemberRow[] = []
  for (const id of await listMemberIdsAtName(tx, { organisationId, name: from })) {
    const member = await findMember(tx, id)
    if (member) members.push(member)
  }
  const taken = await listAddressesAt(tx, { organisationId, name: to })
  const around = { to, taken, ...(await listKnownAt(tx, { organisationId, name: to })) }
  return {
    members,
    isVerified: own.some(({ name, state }) => name === to && countsAsOwn(state)),
    rows: planMoves(
      members.map((member) => movingOf(member, actor)),
      moves,
      around,
    ),
  }
}

const movingOf = (member: MemberRow, actor: MemberActor): MovingMember => ({
  id: member.id,
  name: member.name,
  email: member.email,
  isOutOfReach: member.source === 'scim' || whyNotChange(actor, member) !== undefined,
})
