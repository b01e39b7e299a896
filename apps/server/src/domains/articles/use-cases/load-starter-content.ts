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
    // All go out in one write and are done in this order, so that processes that start at once wait in no circle.
    const [moved, saved] = await Promise.all([
      Promise.all(sections.map((section) => saveSection(tx, section))),
      Promise.all(articles.map((article) => saveStarterArticle(tx, article))),
    ])
    const changed = articles.filter((_, i) => saved[i])
    for (const locale of locales)
      if (moved.includes(true) || changed.some((article) => article.locale === locale))
        tx.emit('articles.changed', { locale })
    return { changed: changed.length }
  })
}
