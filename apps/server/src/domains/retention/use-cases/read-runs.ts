import type { ErasureList, RetentionCertificate, RetentionRunList } from '@clew/contract/retention'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { isGenuine, tombstoneLines } from '../certificate.ts'
import { authorizeForget, authorizeReadRetention } from '../policy.ts'
import {
  findCertificate,
  listCertificateIds,
  listErasureStatements,
  listTombstones,
  type StoredCertificate,
} from '../repository.certificates.ts'
import { listRuns, listSteps } from '../repository.runs.ts'

const mostRuns = 50

export async function readRuns(ctx: Ctx): Promise<RetentionRunList> {
  return ctx.transaction(async (tx) => {
    authorizeReadRetention(tx.actor)
    const runs = await listRuns(tx, tx.actor.organisationId, mostRuns)
    const ids = runs.map(({ id }) => id)
    const [steps, certificates] = [await listSteps(tx, ids), await listCertificateIds(tx, ids)]
    return {
      runs: runs.map((run) => {
        const certificateId = certificates.get(run.id)
        return {
          id: run.id,
          reason: run.reason,
          state: run.state,
          startedAt: run.startedAt.toISOString(),
          ...(run.finishedAt === undefined ? {} : { finishedAt: run.finishedAt.toISOString() }),
          classes: steps
            .filter(({ runId }) => runId === run.id)
            .map((step) => ({
              class: step.class,
              deleted: step.deleted,
              held: step.held,
              isDone: step.doneAt !== undefined,
            })),
          ...(certificateId === undefined ? {} : { certificateId }),
        }
      }),
    }
  })
}

/** Whom was erased is not kept anywhere; that it happened is, in what was signed. */
export async function readErasures(ctx: Ctx): Promise<ErasureList> {
  return ctx.transaction(async (tx) => {
    authorizeReadRetention(tx.actor)
    const certificates = await listErasureStatements(tx, tx.actor.organisationId, mostRuns)
    return { erasures: certificates.map(({ id, statement }) => ({ certificateId: id, ...erasureIn(statement) })) }
  })
}

/** We wrote it, and it was signed as it stands. */
function erasureIn(statement: string): Omit<ErasureList['erasures'][number], 'certificateId'> {
  const said = JSON.parse(statement) as {
    at: string
    asked_by: 'contact' | 'admin'
    erased: { conversations: number; messages: number }
    kept: { conversations: number }
  }
  return {
    at: said.at,
    askedBy: said.asked_by,
    conversations: said.erased.conversations,
    messages: said.erased.messages,
    kept: said.kept.conversations,
  }
}

/** A certificate with all that one needs to check it without us. */
export async function readCertificate(ctx: Ctx, id: string): Promise<RetentionCertificate> {
  return ctx.transaction(async (tx) => {
    authorizeReadRetention(tx.actor)
    return certificateView(tx, await findCertificate(tx, id))
  })
}

/** The same for somebody who has just had themselves erased, by the id that they alone were given. */
export async function readOwnCertificate(ctx: Ctx, id: string): Promise<RetentionCertificate> {
  return ctx.transaction(async (tx) => {
    authorizeForget(tx.actor)
    const found = await findCertificate(tx, id)
    const said = found && (JSON.parse(found.statement) as { kind?: string; asked_by?: string })
    return certificateView(tx, said?.kind === 'erasure' && said.asked_by === 'contact' ? found : undefined)
  })
}

async function certificateView(tx: TxCtx, found: StoredCertificate | undefined): Promise<RetentionCertificate> {
  if (!found) throw new AppError('retention.certificate_not_found')
  const tombstones = tombstoneLines(await listTombstones(tx, found.ofId))
  return {
    id: found.id,
    statement: found.statement,
    signature: found.signature.toString('base64url'),
    publicKey: found.publicKey,
    tombstones,
    verified: isGenuine(found, tombstones),
  }
}
