import type { Ctx } from '../../../platform/ctx.ts'
import { createLibrary, type HelpCentre } from '../library.ts'
import { type LibrarySettings, markOf } from '../model.ts'
import { authorizeReadLibrary } from '../policy.ts'
import { libraryVersion, listArticles, listSections } from '../repository.ts'

/** The library as it is now: `known` itself when nothing has changed since. */
export async function readLibrary(
  ctx: Ctx,
  { known, settings }: { known: HelpCentre; settings: LibrarySettings },
): Promise<HelpCentre> {
  return ctx.transaction(async (tx) => {
    authorizeReadLibrary(tx.actor)
    // The version first: what changes while we read is noticed at the next look.
    const version = `${await libraryVersion(tx)} ${markOf(settings)}`
    if (version === known.version) return known
    const sections = await listSections(tx)
    return createLibrary({ version, sections, articles: await listArticles(tx) }, settings)
  })
}
