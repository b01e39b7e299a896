/**
 * Every error a caller can meet, with its HTTP status. A code is stable for ever; the sentence people read for it
 * lives in the `errors` catalogue under `errors.<code>`.
 */
export const errorCodes = {
  'input.invalid': 400,
  'input.malformed_json': 400,
  'input.too_large': 413,
  'input.unsupported_type': 415,
  'session.required': 401,
  'session.expired': 401,
  'session.wrong_credentials': 401,
  'session.insecure_origin': 400,
  'session.too_many_attempts': 429,
  'permission.denied': 403,
  'permission.foreign_origin': 403,
  'route.not_found': 404,
  'method.not_allowed': 405,
  'rate.limited': 429,
  'setup.already_done': 409,
  'setup.token_invalid': 403,
  'invitation.invalid': 403,
  'invitation.address_taken': 409,
  'member.not_found': 404,
  'conversation.not_found': 404,
  'conversation.resolved': 409,
  'message.id_reused': 409,
  'message.empty': 400,
  'file.not_found': 404,
  'file.too_large': 413,
  'file.empty': 400,
  'file.id_reused': 409,
  'capture.not_found': 404,
  'capture.not_a_har': 422,
  'capture.pending': 409,
  'article.not_found': 404,
  'case.value_invalid': 400,
  'flow.step_not_current': 409,
  'stream.position_invalid': 400,
  'server.busy': 503,
  'server.database_unavailable': 503,
  'internal.error': 500,
} as const

export type ErrorCode = keyof typeof errorCodes
export type ErrorParams = Readonly<Record<string, string | number>>
