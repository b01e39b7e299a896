import type { CaptureDetail } from '@clew/contract/captures'
import type { CaptureId } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { maxRows } from '../model.ts'
import { authorizeReadCapture } from '../policy.ts'
import { findCapture, findEntries } from '../repository.ts'
import { captureView } from '../views.ts'

export async function readCaptureDetail(ctx: Ctx, id: CaptureId): Promise<CaptureDetail> {
  return ctx.transaction(async (tx) => {
    const capture = await findCapture(tx, id)
    if (!capture) throw new AppError('capture.not_found')
    authorizeReadCapture(tx.actor, capture)
    if (capture.state !== 'analysed' && capture.state !== 'refused') throw new AppError('capture.pending')
    return { capture: captureView(capture), entries: await findEntries(tx, id, maxRows) }
  })
}
