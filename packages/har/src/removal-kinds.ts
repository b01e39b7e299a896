import type { SecretKind } from '@clew/redact'
import type { RemovalKind } from './types.ts'

/** As what is removed what a pattern finds. */
export const KIND_OF: Readonly<Record<SecretKind, RemovalKind>> = {
  password: 'password',
  token: 'token',
  cookie: 'cookie',
  email: 'email',
  personal: 'personal',
  private_key: 'token',
  api_key: 'token',
  jwt: 'token',
  bearer: 'token',
  secret: 'token',
  card: 'personal',
  iban: 'personal',
  phone: 'personal',
  ip: 'personal',
  national_id: 'personal',
  code: 'other',
  argument: 'other',
}
