import type { ArticleFeedback } from '@clew/contract/articles'
import { maskSecretsInMessage } from '@clew/redact'
import type { z } from 'zod'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { otherLocale } from '../model.ts'
import { authorizeFeedback } from '../policy.ts'
import { findArticleId, insertFeedback } from '../repository.ts'

/** Writes down whether an article helped, without a word about who said so. */
export async function leaveFeedback(ctx: Ctx, slug: string, input: z.output<typeof ArticleFeedback>): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeFeedback(tx.actor)
    // A reader who was shown the other language judges that text.
    const articleId =
      (await findArticleId(tx, input.locale, slug)) ?? (await findArticleId(tx, otherLocale(input.locale), slug))
    if (!articleId) throw new AppError('article.not_found')
    const comment = input.comment?.replaceAll('\u0000', '').trim()
    await insertFeedback(tx, {
      articleId,
      helpful: input.helpful,
      comment: comment ? maskSecretsInMessage(comment).text : undefined,
    })
  })
}
