/** Why the embedded PostgreSQL cannot run here; the message is for the operator. */
export class EmbeddedPostgresError extends Error {
  override name = 'EmbeddedPostgresError'
  readonly reason: EmbeddedPostgresProblem

  constructor(reason: EmbeddedPostgresProblem, message: string, options?: ErrorOptions) {
    super(message, options)
    this.reason = reason
  }
}

export type EmbeddedPostgresProblem =
  | 'unsupported_platform'
  | 'no_account'
  | 'not_our_files'
  | 'cluster_missing'
  | 'did_not_start'
