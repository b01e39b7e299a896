import { type ErrorCode, type ErrorParams, errorCodes } from '@clew/contract/errors'

/** What is wrong with one field, in no language. */
export type InputProblem = {
  code:
    | 'missing'
    | 'too_long'
    | 'too_short'
    | 'too_many'
    | 'too_few'
    | 'too_large'
    | 'too_small'
    | 'not_email'
    | 'not_date'
    | 'not_url'
    | 'not_id'
    | 'unknown_field'
    | 'wrong_type'
    | 'not_one_of'
    | 'other'
  params?: ErrorParams
}

/** `message` is for developers; whoever reads the error is told `problem`, where there is one, in their language. */
export type Issue = { path: string; message: string; problem?: InputProblem }

/** What a caller can cause. Anything else that is thrown is a defect and answers `internal.error`. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly status: number

  readonly code: ErrorCode
  readonly params: ErrorParams
  /** Which parts of the input were wrong, and how. */
  readonly issues: readonly Issue[]

  constructor(code: ErrorCode, params: ErrorParams = {}, more: { issues?: readonly Issue[]; cause?: unknown } = {}) {
    super(code, more.cause === undefined ? undefined : { cause: more.cause })
    this.code = code
    this.params = params
    this.issues = more.issues ?? []
    this.status = errorCodes[code]
  }
}
