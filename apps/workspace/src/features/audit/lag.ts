import type { Translate } from '../../app/i18n.tsx'
import { longSpan } from '../../app/times.ts'

/** How far behind: a stream is told in seconds as long as it can be. */
export const lagText = (shell: Translate, seconds: number): string =>
  seconds < 60
    ? shell.format.number(seconds, { style: 'unit', unit: 'second', unitDisplay: 'narrow' })
    : longSpan(shell, seconds * 1000)
