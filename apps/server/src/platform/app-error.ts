import { type ErrorCode, type ErrorParams, errorCodes } from '@clew/contract/errors'

/** What a caller can cause. Anything else that is thrown is a defect and answers `internal.error`. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly status: number

  readonly code: ErrorCode
  readonly params: ErrorParams
  /** Which parts of the input were wrong, and how. */
  readonly issues: readonly { path: string; message: string }[]

  constructor(
    code: ErrorCode,
    params: ErrorParams = {},
    more: { issues?: readonly { path: string; message: string }[]; cause?: unknown } = {},
  ) {
    super(code, more.cause === undefined ? undefined : { cause: more.cause })
    this.code = code
    this.params = params
    this.issues = more.issues ?? []
    this.status = errorCodes[code]
  }
}
