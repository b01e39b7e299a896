export type FlowErrorCode =
  | 'flow.invalid'
  | 'flow.other_flow'
  | 'flow.other_version'
  | 'flow.run_ended'
  | 'flow.step_not_current'
  | 'flow.step_not_answered'
  | 'flow.step_unknown'
  | 'flow.reply_unknown'

export class FlowError extends Error {
  readonly code: FlowErrorCode
  readonly params: Readonly<Record<string, string>>

  constructor(code: FlowErrorCode, params: Readonly<Record<string, string>> = {}) {
    super(code)
    this.name = 'FlowError'
    this.code = code
    this.params = params
  }
}
