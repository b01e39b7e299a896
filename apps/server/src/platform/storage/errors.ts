/** The store refuses or cannot be reached; the message is for the operator. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
}

/** What lies in the store or the database cannot be opened; the message is for the operator. */
export class SealError extends Error {
  override readonly name = 'SealError'
}
