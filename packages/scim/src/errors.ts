export const errorSchema = 'urn:ietf:params:scim:api:messages:2.0:Error'

/** RFC 7644 §3.12, table 9. */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'
  | 'invalidVers'
  | 'sensitive'

export type ErrorDocument = {
  readonly schemas: readonly [typeof errorSchema]
  /** A string, not a number: RFC 7644 §3.12. */
  readonly status: string
  readonly scimType?: ScimType
  readonly detail: string
}

type Place = {
  /** Where in the filter or path the reading stopped, counted from 0. */
  readonly position?: number
  /** Which of the `Operations` of a PATCH, counted from 0. */
  readonly operation?: number
}

/** What a client can cause. `detail` names attributes and places, never the values that were sent. */
export class ScimError extends Error {
  readonly status: number
  readonly scimType: ScimType | undefined
  readonly place: Place

  constructor(status: number, detail: string, more: { scimType?: ScimType | undefined } & Place = {}) {
    super(detail)
    this.name = 'ScimError'
    this.status = status
    this.scimType = more.scimType
    this.place = more
  }
}

/** A refusal with 400 and its `scimType`. */
export function badRequest(scimType: ScimType, detail: string, place: Place = {}): ScimError {
  return new ScimError(400, detail, { ...place, scimType })
}

/** RFC 7644 §3.12. Always JSON: a body of another kind stops Okta's parser. */
export function errorDocument(error: ScimError): ErrorDocument {
  return {
    schemas: [errorSchema],
    status: String(error.status),
    ...(error.scimType === undefined ? {} : { scimType: error.scimType }),
    detail: error.message,
  }
}
