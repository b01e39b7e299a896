import { ClewError } from '@clew/client/http'
import type { Translate } from './i18n.tsx'

/** The server's own sentence where it answered; ours where no answer came. */
export function errorText(t: Translate, error: unknown): string {
  if (!(error instanceof ClewError)) return t('workspace.error_unexpected')
  if (error.code === 'network') return t('workspace.error_network')
  return error.problem?.detail ?? t('workspace.error_unexpected')
}

export const requestIdOf = (error: unknown): string | undefined =>
  error instanceof ClewError ? error.problem?.requestId : undefined

/** Refused at the entrance, or with a proof that was wrong: nobody's session has ended. */
const wrongProofs: ReadonlySet<string> = new Set([
  'session.wrong_credentials',
  'session.code_wrong',
  'session.passkey_wrong',
])

export const isSessionOver = (error: unknown): boolean =>
  error instanceof ClewError && error.status === 401 && !wrongProofs.has(error.code)

export const isNotFound = (error: unknown): boolean => error instanceof ClewError && error.status === 404
