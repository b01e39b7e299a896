import type { Gap, GapQuery, GapReport } from '@clew/contract/assistant-learning'
import type { Locale } from '@clew/contract/primitives'
import { gramVectors, groupAlike } from '@clew/text'
import type { Ctx } from '../../../platform/ctx.ts'
import { findSupportTeam } from '../../organisations/index.ts'
import type { SharedParts } from '../parts.ts'
import { authorizeLearning } from '../policy.ts'
import { countQuestions, listQuestions, type QuestionRow } from '../repository.questions.ts'

/** So many are compared with each other at most; more would keep others waiting. */
const mostCompared = 2000
const mostGaps = 60
const mostExamples = 5
/** Chosen so that questions that share their nouns are one group and those that share only "how do I" are not. */
const alike = 0.3

/** What people asked in vain, each matter once, in the languages they asked in. */
export async function readGaps(
  ctx: Ctx,
  { locale, days }: GapQuery,
  parts: Pick<SharedParts, 'library'>,
): Promise<GapReport> {
  const { rows, questions } = await ctx.transaction(async (tx) => {
    authorizeLearning(tx.actor, await findSupportTeam(tx))
    const since = new Date(tx.clock.now().getTime() - days * 86_400_000)
    return {
      rows: await listQuestions(tx, { since, locale, limit: mostCompared + 1 }),
      questions: await countQuestions(tx, { since, locale }),
    }
  })
  const compared = rows.slice(0, mostCompared)
  const gaps = (['en', 'el'] as const).flatMap((language) => gapsIn(compared, language, parts))
  return {
    days,
    questions,
    gaps: gaps.sort((a, b) => b.volume - a.volume || b.lastAskedAt.localeCompare(a.lastAskedAt)).slice(0, mostGaps),
    isCut: rows.length > mostCompared,
  }
}

function gapsIn(rows: readonly QuestionRow[], locale: Locale, { library }: Pick<SharedParts, 'library'>): Gap[] {
  const own = rows.filter((row) => row.locale === locale)
  const vectors = gramVectors(
    own.map(({ body }) => body),
    locale,
  )
  return groupAlike(vectors, alike).flatMap((places) => {
    const [typical, ...others] = places.flatMap((place) => own[place] ?? [])
    return typical ? [gapOf(typical, [typical, ...others], library())] : []
  })
}

function gapOf(typical: QuestionRow, rows: readonly QuestionRow[], library: ReturnType<SharedParts['library']>): Gap {
  const count = (holds: (row: QuestionRow) => boolean): number => rows.filter(holds).length
  const reasons: Gap['reasons'] = {}
  for (const { thumbReason } of rows) if (thumbReason) reasons[thumbReason] = (reasons[thumbReason] ?? 0) + 1
  const [nearest] = rows.flatMap((row) => row.nearest ?? []).sort((a, b) => b.coverage - a.coverage)
  const article = nearest && (library.find(typical.locale, nearest.slug) ?? library.find('en', nearest.slug))
  return {
    id: typical.messageId,
    locale: typical.locale,
    volume: rows.length,
    unanswered: count(({ articleSlug, flowId }) => articleSlug === undefined && flowId === undefined),
    notHelpful: count(({ thumb }) => thumb === 'down'),
    handedOver: count(({ tier, handoverReason }) => tier === 'assisted' || handoverReason !== undefined),
    examples: distinct(rows).map(({ conversationId, body, askedAt }) => ({
      conversationId,
      body,
      askedAt: askedAt.toISOString(),
    })),
    nearest: nearest ? { ...nearest, title: article?.title ?? nearest.slug } : null,
    reasons,
    lastAskedAt: new Date(Math.max(...rows.map(({ askedAt }) => askedAt.getTime()))).toISOString(),
  }
}

function distinct(rows: readonly QuestionRow[]): QuestionRow[] {
  const seen = new Set<string>()
  const isNew = ({ body }: QuestionRow): boolean => !seen.has(body.toLowerCase()) && !!seen.add(body.toLowerCase())
  return rows.filter(isNew).slice(0, mostExamples)
}
