import { locales } from '@clew/i18n'
import type { Ctx } from '../../../platform/ctx.ts'
import { authorizeLoadStarter } from '../policy.ts'
import { saveSection, saveStarterArticle } from '../repository.ts'
import { readStarterFiles } from '../starter-files.ts'

/**
 * Puts the articles that come with the product in place, and what a newer version of it changed. What the team has
 * edited stays as they left it. Run again it changes nothing.
 */
export async function loadStarterContent(ctx: Ctx, contentDir: string): Promise<{ changed: number }> {
  const { sections, articles } = await readStarterFiles(contentDir)
  return ctx.transaction(async (tx) => {
    authorizeLoadStarter(tx.actor)
    let isMoved = false
    for (const section of sections) if (await saveSection(tx, section)) isMoved = true
    const changed = []
    for (const article of articles) if (await saveStarterArticle(tx, article)) changed.push(article)
    for (const locale of locales)
      if (isMoved || changed.some((article) => article.locale === locale)) tx.emit('articles.changed', { locale })
    return { changed: changed.length }
  })
}
