import type { Readable } from 'node:stream'
import { type BrandLogo, maxLogoBytes } from '@clew/contract/settings'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { cleanLogo } from '../logo.ts'
import { authorizeChangeSettings } from '../policy.ts'
import { findSupportTeam, storeLogo } from '../repository.settings.ts'

/** Takes a picture in, made safe. It shows nowhere until the brand is saved with it. */
export async function uploadLogo(ctx: Ctx, body: Readable | undefined): Promise<BrandLogo> {
  await ctx.transaction(async (tx) => authorizeChangeSettings(tx.actor, await findSupportTeam(tx)))
  const logo = cleanLogo(await readAll(body))
  if (!logo) throw new AppError('settings.logo_unusable')
  await ctx.transaction((tx) => storeLogo(tx, logo))
  return { hash: logo.hash, type: logo.type }
}

async function readAll(body: Readable | undefined): Promise<Buffer> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of body ?? []) {
    size += (piece as Buffer).length
    if (size > maxLogoBytes) throw new AppError('settings.logo_unusable')
    pieces.push(piece as Buffer)
  }
  return Buffer.concat(pieces)
}
