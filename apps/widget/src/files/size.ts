import type { T } from '@clew/i18n'

/** A size as people read it: 25 MB is 25,000,000 bytes. Rounded up, so that one byte too many shows. */
export function formatSize(t: T<'widget'>, bytes: number): string {
  if (bytes < 1000) return t('widget.size_bytes', { n: bytes })
  if (bytes <= 999_000) return t('widget.size_kb', { n: Math.ceil(bytes / 1000) })
  return t('widget.size_mb', { n: t.format.number(Math.ceil(bytes / 100_000) / 10, { maximumFractionDigits: 1 }) })
}
