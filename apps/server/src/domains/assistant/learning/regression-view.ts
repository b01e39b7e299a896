import type { Regression } from '@clew/contract/assistant-learning'
import type { RegressionRow } from '../repository.regressions.ts'

const first = <T>(one: T | T[]): T | undefined => (Array.isArray(one) ? one[0] : one)

export const regressionView = ({ id, conversationId, line, notedBy, notedAt }: RegressionRow): Regression => ({
  id,
  conversationId,
  locale: line.locale,
  message: line.message,
  action: first(line.expect.action) ?? 'answer',
  flow: first(line.expect.flow) ?? null,
  article: line.expect.articles[0] ?? null,
  notedBy,
  notedAt: notedAt.toISOString(),
})
