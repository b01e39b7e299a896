import { evaluate, isRight, type Labelled, type Outcome } from '@clew/assistant'
import type { AnswerChoices, RegressionList, RegressionRun } from '@clew/contract/assistant-learning'
import type { Locale } from '@clew/contract/primitives'
import type { Ctx } from '../../../platform/ctx.ts'
import { findSupportTeam } from '../../organisations/index.ts'
import { sharedKnowledge } from '../knowledge.ts'
import { regressionView } from '../learning/regression-view.ts'
import type { AssistantParts } from '../parts.ts'
import { authorizeExport, authorizeLearning, mayExport } from '../policy.ts'
import { listRegressions } from '../repository.regressions.ts'
import { openHours } from './try-message.ts'

/** The answers that were found wrong, the newest first. */
export async function readRegressions(ctx: Ctx): Promise<RegressionList> {
  return ctx.transaction(async (tx) => {
    authorizeLearning(tx.actor, await findSupportTeam(tx))
    const rows = await listRegressions(tx)
    return { regressions: rows.map(regressionView).reverse(), mayExport: mayExport(tx.actor) }
  })
}

/** All of them in the format of the evaluation, a line each. */
export async function exportRegressions(ctx: Ctx): Promise<string> {
  return ctx.transaction(async (tx) => {
    authorizeExport(tx.actor, await findSupportTeam(tx))
    return (await listRegressions(tx)).map(({ line }) => `${JSON.stringify(line)}\n`).join('')
  })
}

/** What the bubble's own pipeline does with each of them now. Nothing is stored. */
export async function runRegressions(ctx: Ctx, parts: AssistantParts): Promise<RegressionRun> {
  const rows = await ctx.transaction(async (tx) => {
    authorizeLearning(tx.actor, await findSupportTeam(tx))
    return listRegressions(tx)
  })
  const knowledge = sharedKnowledge(parts, '1042')
  const results: RegressionRun['results'] = []
  for (const { id, line } of rows) {
    const { message, locale, context } = line
    const outcome = await evaluate({ message, locale, context }, knowledge, openHours(parts))
    const { action, flow = null, articles } = outcome
    const passed = isAsExpected(line, { ...outcome, latencyMs: 0 })
    results.push({ id, passed, action, flow, articles: [...articles] })
  }
  return { results }
}

/** As the evaluation judges, and the article named is the one that is quoted. */
function isAsExpected(line: Labelled, outcome: Outcome): boolean {
  const [wanted] = line.expect.articles
  const [quoted] = outcome.articles
  return isRight({ line, outcome }) && (wanted === undefined || outcome.action !== 'answer' || quoted === wanted)
}

/** What may be chosen as the right answer. */
export async function readAnswerChoices(ctx: Ctx, locale: Locale, parts: AssistantParts): Promise<AnswerChoices> {
  await ctx.transaction(async (tx) => authorizeLearning(tx.actor, await findSupportTeam(tx)))
  return {
    articles: parts
      .library()
      .list(locale)
      .map(({ slug, title }) => ({ slug, title })),
    flows: parts.flows().all.map(({ id, title }) => ({ id, title: title[locale] })),
  }
}
