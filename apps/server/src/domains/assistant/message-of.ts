import type { Saying } from '@clew/assistant'
import type { Source } from '@clew/contract/conversations'
import type { Locale } from '@clew/contract/primitives'
import type { Library } from '../articles/index.ts'
import type { AssistantMessage } from '../conversations/index.ts'

/** What the assistant says, in the shape of a message. */
export function messageOf(saying: Saying, { library, locale }: { library: Library; locale: Locale }): AssistantMessage {
  const { body, replies, quote, flow, slugs = [] } = saying
  const sources = quote ? [sourceOf(quote)] : slugs.flatMap((slug) => articleSource(library, locale, slug))
  return {
    body,
    content: {
      ...(sources.length > 0 ? { sources } : {}),
      ...(quote && quote.steps.length > 0 ? { steps: [...quote.steps] } : {}),
      ...(flow ? { flow } : {}),
      ...(replies.length > 0 ? { quickReplies: [...replies] } : {}),
    },
  }
}

type Cited = Pick<Source, 'slug' | 'title' | 'locale' | 'updatedOn'> & {
  section?: string | undefined
  anchor?: string | undefined
}

/** What an answer rests on, as it is shown under it. */
export function sourceOf({ slug, title, locale, updatedOn, section, anchor }: Cited): Source {
  return {
    slug,
    title,
    locale,
    updatedOn,
    ...(section === undefined ? {} : { section }),
    ...(anchor === undefined ? {} : { anchor }),
  }
}

function articleSource(library: Library, locale: Locale, slug: string): Source[] {
  const article = library.find(locale, slug)
  return article ? [{ slug, title: article.title, locale: article.locale, updatedOn: article.updatedOn }] : []
}
