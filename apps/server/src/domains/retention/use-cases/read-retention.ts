import type { MemberId } from '@clew/contract/primitives'
import {
  type DryRun,
  type PreviewRetention,
  type RetentionHistory,
  type RetentionOverview,
  type RetentionPreview,
  retentionClasses,
} from '@clew/contract/retention'
import type { MemberActor } from '../../../platform/actor.ts'
import { AppError } from '../../../platform/app-error.ts'
import { actingAs, type Ctx, type TxCtx } from '../../../platform/ctx.ts'
import type { Keeping, KeepingOf, Survey } from '../../../platform/keeping.ts'
import { recordAudit } from '../../audit/index.ts'
import { listOpenAmong } from '../../conversations/index.ts'
import { listMemberNames } from '../../organisations/index.ts'
import { holdingOf, ownerOf, termOf } from '../hold-terms.ts'
import {
  bucketDays,
  confirmationOf,
  cutoff,
  daysLater,
  effectiveAt,
  isShorter,
  nextRun,
  type Policy,
  pendingOf,
  policyBefore,
} from '../model.ts'
import type { RetentionParts } from '../parts.ts'
import { policiesOf } from '../policies-now.ts'
import { authorizeManageRetention, authorizeReadRetention } from '../policy.ts'
import { listHolds } from '../repository.holds.ts'
import { listChanges } from '../repository.policies.ts'

/** How long each kind is kept, how much there is of it, and what of that is held. */
export async function readRetention(ctx: Ctx, parts: RetentionParts): Promise<RetentionOverview> {
  const { actor } = ctx
  authorizeReadRetention(actor)
  return parts.asSystem(ctx, 'retention.read').transaction(async (tx) => {
    const owner = await ownerOf(tx, actor.organisationId)
    const of = await holdingOf(tx, owner)
    const policies = await policiesOf(tx, owner, parts)
    const names = await namesOf(
      tx,
      parts.keeping().flatMap((each) => policies.own(each.class)),
    )
    const classes: RetentionOverview['classes'] = []
    for (const keeping of parts.keeping()) {
      const policy = policies.of(keeping.class)
      const own = policies.own(keeping.class)
      const survey = await keeping.survey(tx, {
        ...of,
        before: cutoff(policy.keepDays, tx.clock.now()),
        bucketDays: 365,
      })
      const pending = pendingOf(own, tx.clock.now())
      const by = pending?.setBy === undefined ? undefined : names.get(pending.setBy as MemberId)
      const nextAt = nextAtOf(survey, policy, tx.clock.now())
      classes.push({
        class: keeping.class,
        keepDays: policy.keepDays,
        of: policy.of,
        version: own.at(-1)?.version ?? 0,
        now: survey.all,
        held: survey.held,
        ...(nextAt === undefined ? {} : { nextAt: nextAt.toISOString() }),
        ...(pending === undefined
          ? {}
          : {
              pending: {
                keepDays: pending.keepDays,
                effectiveAt: pending.effectiveAt.toISOString(),
                ...(by === undefined ? {} : { by }),
              },
            }),
      })
    }
    const placeOf = (kind: (typeof classes)[number]) => retentionClasses.indexOf(kind.class)
    return { classes: classes.sort((a, b) => placeOf(a) - placeOf(b)), backupDays: parts.backupDays }
  })
}

function nextAtOf({ oldest }: Survey, { keepDays }: Policy, now: Date): Date | undefined {
  if (keepDays === null || oldest === undefined) return undefined
  const due = daysLater(oldest, keepDays)
  return nextRun(due > now ? due : now)
}

type Deciders = { setBy: string | undefined; takenBackBy: string | undefined }

async function namesOf(tx: TxCtx, changes: readonly Deciders[]): Promise<Map<MemberId, string>> {
  const ids = changes.flatMap(({ setBy, takenBackBy }) => [setBy, takenBackBy]).filter((id) => id !== undefined)
  return listMemberNames(tx, [...new Set(ids)] as MemberId[])
}

/** Every change of the organisation's own, the latest first: who made it, when, and what held until then. */
export async function readHistory(ctx: Ctx, parts: RetentionParts): Promise<RetentionHistory> {
  const { actor } = ctx
  authorizeReadRetention(actor)
  return parts.asSystem(ctx, 'retention.history').transaction(async (tx) => {
    const { organisationId, team } = await ownerOf(tx, actor.organisationId)
    const all = await listChanges(tx, [...new Set([organisationId, team])])
    const own = all.filter((each) => each.organisationId === organisationId)
    const names = await namesOf(tx, own)
    const nameOf = (id: string | undefined) => (id === undefined ? undefined : names.get(id as MemberId))
    return {
      changes: own.reverse().map((each) => {
        const before = policyBefore(each, { all, team, builtIn: parts.builtIn[each.class] })
        const [by, takenBackBy] = [nameOf(each.setBy), nameOf(each.takenBackBy)]
        return {
          class: each.class,
          version: each.version,
          from: before.keepDays,
          fromOf: before.of,
          keepDays: each.keepDays,
          at: each.setAt.toISOString(),
          effectiveAt: each.effectiveAt.toISOString(),
          ...(by === undefined ? {} : { by }),
          ...(each.takenBackAt === undefined ? {} : { takenBackAt: each.takenBackAt.toISOString() }),
          ...(takenBackBy === undefined ? {} : { takenBackBy }),
        }
      }),
    }
  })
}

/** What would become of a kind of data if it were kept for so long. Nothing is changed. */
export async function previewRetention(
  ctx: Ctx,
  input: PreviewRetention,
  parts: RetentionParts,
): Promise<RetentionPreview> {
  const { actor } = ctx
  authorizeManageRetention(actor)
  return parts.asSystem(ctx, 'retention.preview').transaction((tx) => previewIn(tx, { actor, ...input }, parts))
}

const mostShown = 50

export async function previewIn(
  tx: TxCtx,
  { actor, class: kind, keepDays }: PreviewRetention & { actor: MemberActor },
  parts: RetentionParts,
): Promise<RetentionPreview> {
  const keeping = keepingOf(parts, kind)
  const owner = await ownerOf(tx, actor.organisationId)
  const of = await holdingOf(tx, owner)
  const from = (await policiesOf(tx, owner, parts)).of(kind).keepDays
  const at = effectiveAt({ from, to: keepDays }, tx.clock.now())
  const bucket = bucketDays([from, keepDays])
  const before = isShorter(keepDays, from) ? cutoff(keepDays, at) : undefined
  const survey = await keeping.survey(tx, { ...of, before, bucketDays: bucket })
  const open = await listOpenAmong(tx, survey.conversationIds)
  const confirm = confirmationOf(survey.due.count)
  return {
    class: kind,
    from,
    to: keepDays,
    effectiveAt: at.toISOString(),
    goes: survey.due,
    stays: survey.dueHeld,
    holds: await holdsBehind(tx, { keeping, of, before, organisationIds: [owner.organisationId, owner.team] }),
    openCases: { count: open.length, some: open.slice(0, mostShown) },
    ages: { bucketDays: bucket, bars: survey.bars },
    ...(confirm === undefined ? {} : { confirm, backupsForgetAt: daysLater(at, parts.backupDays).toISOString() }),
  }
}

/** Each hold alone, so that one can see which keeps how much. */
async function holdsBehind(
  tx: TxCtx,
  {
    keeping,
    of,
    before,
    organisationIds,
  }: {
    keeping: Keeping
    of: KeepingOf
    before: Date | undefined
    organisationIds: readonly MemberActor['organisationId'][]
  },
): Promise<RetentionPreview['holds']> {
  if (before === undefined || of.holds.length === 0) return []
  const found = []
  for (const hold of await listHolds(tx, [...new Set(organisationIds)], { activeOnly: true })) {
    // A hold of the support team is told to nobody else.
    if (hold.organisationId !== of.owner.organisationId) continue
    const { dueHeld } = await keeping.survey(tx, { ...of, holds: [await termOf(tx, hold)], before, bucketDays: 365 })
    if (dueHeld.count > 0) found.push({ id: hold.id, name: hold.name, count: dueHeld.count })
  }
  return found
}

export function keepingOf(parts: Pick<RetentionParts, 'keeping'>, kind: string): Keeping {
  const found = parts.keeping().find((each) => each.class === kind)
  if (!found) throw new AppError('retention.class_not_found')
  return found
}

/** What a run would delete now. */
export async function tryRun(ctx: Ctx, parts: RetentionParts): Promise<DryRun> {
  const { actor } = ctx
  authorizeManageRetention(actor)
  return parts.asSystem(ctx, 'retention.dry_run').transaction(async (tx) => {
    const owner = await ownerOf(tx, actor.organisationId)
    const of = await holdingOf(tx, owner)
    const policies = await policiesOf(tx, owner, parts)
    const classes: DryRun['classes'] = []
    for (const keeping of parts.keeping()) {
      const before = cutoff(policies.of(keeping.class).keepDays, tx.clock.now())
      const { due, dueHeld } = await keeping.survey(tx, { ...of, before, bucketDays: 365 })
      classes.push({ class: keeping.class, goes: due, stays: dueHeld })
    }
    recordAudit(actingAs(tx, actor), {
      action: 'retention.dry_run_completed',
      organisationId: actor.organisationId,
      metadata: Object.fromEntries(classes.map((each) => [each.class, each.goes.count])),
    })
    return { classes }
  })
}
