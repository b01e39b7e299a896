import type {
  AnswerChoices,
  GapReport,
  NoteWrongAnswer,
  Playground,
  Regression,
  RegressionList,
  RegressionRun,
  ResolutionReport,
  TryMessage,
} from '@clew/contract/assistant-learning'
import type { Locale } from '@clew/contract/primitives'
import type { Http } from './http.ts'

export type LearningApi = ReturnType<typeof createLearningApi>

/** The routes by which a team sees what its assistant does, and where it fails. */
export function createLearningApi(http: Http) {
  return {
    gaps: (query: { days: number; locale?: Locale | undefined }) =>
      http.request<GapReport>('GET', '/assistant/gaps', { query }),
    resolution: (weeks: number) => http.request<ResolutionReport>('GET', '/assistant/resolution', { query: { weeks } }),
    resolutionUrl: (weeks: number) => http.url('/assistant/resolution/file', { weeks }),
    tryMessage: (body: TryMessage) => http.request<Playground>('POST', '/assistant/playground', { body }),
    choices: (locale: Locale) => http.request<AnswerChoices>('GET', '/assistant/choices', { query: { locale } }),
    regressions: () => http.request<RegressionList>('GET', '/assistant/regressions'),
    regressionsUrl: () => http.url('/assistant/regressions/file'),
    noteWrong: (body: NoteWrongAnswer) => http.request<Regression>('POST', '/assistant/regressions', { body }),
    runRegressions: () => http.request<RegressionRun>('POST', '/assistant/regressions/run', { body: {} }),
    dropRegression: (id: string) => http.request<void>('DELETE', `/assistant/regressions/${encodeURIComponent(id)}`),
  }
}
