import type { Meter } from '../../platform/domain.ts'
import { countAnswered, countQuestions } from './repository.meters.ts'

/** An answer is taken for good when nobody has come back for three days. */
const openDays = 5

export const assistantMeters: readonly Meter[] = [
  { name: 'clew.questions', kind: 'sum', count: countQuestions },
  { name: 'clew.answered', kind: 'sum', changesFor: openDays, count: countAnswered },
]
