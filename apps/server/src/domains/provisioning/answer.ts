import { errorDocument, ScimError } from '@clew/scim'

/** What an endpoint answers. Without a body there is none, whatever the status. */
export type ScimAnswer = { status: number; body?: object; headers?: Readonly<Record<string, string>> }

export const maxBodyBytes = 1_048_576

export const notAllowed = (allow: string): ScimAnswer => ({
  status: 405,
  body: errorDocument(new ScimError(405, `Here one can only ${allow}.`)),
  headers: { allow },
})
