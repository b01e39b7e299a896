/** What a pressed button means. The ids travel through the browser, so they are parsed, never trusted. */
export type Choice =
  | { type: 'person' }
  | { type: 'worked' }
  | { type: 'skip' }
  | { type: 'still_stuck'; slug: string | undefined }
  | { type: 'article'; slug: string }
  | { type: 'start_flow'; flowId: string }
  | { type: 'flow_reply'; flowId: string; stepId: string; replyId: string }
  | { type: 'flow_change'; flowId: string; stepId: string }
  | { type: 'follow_incident'; incidentId: string }
  | { type: 'other_problem' }
  /** A recording comes after these words. */
  | { type: 'recording' }

const name = '[a-z0-9_-]{1,80}'
const patterns: readonly [RegExp, (parts: readonly string[]) => Choice][] = [
  [/^person$/, () => ({ type: 'person' })],
  [/^worked$/, () => ({ type: 'worked' })],
  [/^skip$/, () => ({ type: 'skip' })],
  [/^recording$/, () => ({ type: 'recording' })],
  [/^other$/, () => ({ type: 'other_problem' })],
  [new RegExp(`^stuck(?::(${name}))?$`), ([slug]) => ({ type: 'still_stuck', slug })],
  [new RegExp(`^article:(${name})$`), ([slug = '']) => ({ type: 'article', slug })],
  [new RegExp(`^follow:(${name})$`), ([incidentId = '']) => ({ type: 'follow_incident', incidentId })],
  [
    new RegExp(`^change:(${name}):(${name})$`),
    ([flowId = '', stepId = '']) => ({ type: 'flow_change', flowId, stepId }),
  ],
  [new RegExp(`^flow:(${name})$`), ([flowId = '']) => ({ type: 'start_flow', flowId })],
  [
    new RegExp(`^flow:(${name}):(${name}):(${name})$`),
    ([flowId = '', stepId = '', replyId = '']) => ({ type: 'flow_reply', flowId, stepId, replyId }),
  ],
]

export function parseChoice(quickReplyId: string): Choice | undefined {
  for (const [pattern, read] of patterns) {
    const match = pattern.exec(quickReplyId)
    if (match) return read(match.slice(1))
  }
  return undefined
}
