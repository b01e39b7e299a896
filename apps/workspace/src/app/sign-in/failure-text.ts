import { errorText } from '../errors.ts'
import type { Translate } from '../i18n.tsx'
import { PasskeyUnused } from './passkeys.ts'
import type { SignInT } from './words.ts'

export const failureText = (words: Translate, t: SignInT, error: unknown): string =>
  error instanceof PasskeyUnused ? t('console-sign-in.passkey_failed') : errorText(words, error)
