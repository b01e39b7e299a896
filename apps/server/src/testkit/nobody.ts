import type { HttpParts } from '../platform/http/server.ts'

/** A web server at which nobody has a session. */
export const nobody: HttpParts['authenticate'] = {
  team: async () => undefined,
  contact: async () => undefined,
  member: async () => undefined,
}
