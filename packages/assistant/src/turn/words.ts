import { createT } from '@clew/i18n'
import * as wordsEl from '@clew/i18n/generated/assistant.el'
import * as wordsEn from '@clew/i18n/generated/assistant.en'
import type { Fact } from '@clew/intake'
import type { Locale } from '@clew/text'
import type { Quote } from '../answering/quote.ts'
import type { AskedQuestion } from '../dialogue/dialogue.ts'
import type { Article } from '../knowledge.ts'
import type { Reply, Saying } from './step.ts'

export const words = { en: createT('en', wordsEn.catalogue), el: createT('el', wordsEl.catalogue) }

export const say = (body: string, replies: readonly Reply[] = []): Saying => ({ body, replies })

export const personReply = (locale: Locale): Reply => ({ id: 'person', label: words[locale]('assistant.reply_person') })
export const workedReply = (locale: Locale): Reply => ({ id: 'worked', label: words[locale]('assistant.reply_worked') })
export const skipReply = (locale: Locale): Reply => ({ id: 'skip', label: words[locale]('assistant.reply_skip') })

/** The quotation, its source, and the next moves. */
export function quoteSaying(locale: Locale, quote: Quote, flowId: string | undefined): Saying {
  const notice = quote.locale === locale ? '' : `${words[locale]('assistant.other_language')}\n`
  return { body: notice + quote.text, quote, replies: answerReplies(locale, { slug: quote.slug, flowId }) }
}

/** The next moves after an answer: it helped, its checks, it did not help, a person. */
export function answerReplies(
  locale: Locale,
  { slug, flowId }: { slug: string | undefined; flowId: string | undefined },
): Reply[] {
  const t = words[locale]
  const checks = flowId === undefined ? [] : [{ id: `flow:${flowId}`, label: t('assistant.reply_checks') }]
  return [
    workedReply(locale),
    ...checks,
    { id: slug === undefined ? 'stuck' : `stuck:${slug}`, label: t('assistant.reply_still_stuck') },
    personReply(locale),
  ]
}

export const closestSaying = (locale: Locale, closest: readonly Article[]): Saying =>
  say(`${words[locale]('assistant.closest')} ${words[locale]('assistant.or_say_what')}`, [
    ...closest.map(({ slug, title }) => ({ id: `article:${slug}`, label: title })),
    personReply(locale),
  ])

export function questionText(locale: Locale, { field, part }: AskedQuestion): string {
  const t = words[locale]
  if (field === 'timestamps' && part === 'zone') return t('assistant.ask_timestamps_zone')
  if (field === 'timestamps' && part === 'date') return t('assistant.ask_timestamps_date')
  if (field === 'timestamps' && part === 'time') return t('assistant.ask_timestamps_time')
  if (field === 'account' && part === 'plan') return t('assistant.ask_account_plan')
  if (field === 'environment' && part === 'os') return t('assistant.ask_environment_os')
  return t(`assistant.ask_${field}`)
}

export const questionSaying = (locale: Locale, question: AskedQuestion, lead = ''): Saying =>
  say(lead === '' ? questionText(locale, question) : `${lead} ${questionText(locale, question)}`, [
    skipReply(locale),
    personReply(locale),
  ])

export const fieldNames = (locale: Locale, fields: readonly Fact['field'][]): string =>
  [...new Set(fields)].map((field) => words[locale](`assistant.field_${field}`)).join(', ')

/** A question by the name of its slot, as flows name theirs. */
export const askName = ({ field, part }: AskedQuestion): string => (part === 'all' ? field : `${field}.${part}`)
