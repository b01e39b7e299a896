import { ordersIn } from '@clew/assistant'
import type { Log } from '../../../platform/log.ts'
import type { LibraryArticle } from '../../articles/index.ts'

/**
 * Tells the operator of articles that give orders to machines; a help article speaks to people. They stay readable: a
 * model is shown them with a warning, and may rest nothing on those sentences.
 */
export function warnOfOrders(articles: readonly LibraryArticle[], log: Pick<Log, 'warn'>): void {
  for (const { slug, locale, title, description, passages } of articles) {
    const text = [title, description, ...passages.flatMap((each) => [each.heading ?? '', each.text, ...each.steps])]
    const orders = ordersIn(text.join('\n'))
    if (orders.length > 0) log.warn({ slug, locale, orders }, 'an article gives orders to machines')
  }
}
