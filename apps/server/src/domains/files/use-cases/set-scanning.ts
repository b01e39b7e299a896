import type { Ctx } from '../../../platform/ctx.ts'
import { authorizeSweep } from '../policy.ts'
import { beginScanning, endScanning } from '../repository.scanning.ts'

/**
 * Makes what the settings say true of the files that are there. With a scanner, those that it has never seen wait for
 * it like new ones; without one, nobody is left waiting.
 */
export async function setScanning(ctx: Ctx, isOn: boolean): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeSweep(tx.actor)
    await (isOn ? beginScanning(tx) : endScanning(tx))
  })
}
