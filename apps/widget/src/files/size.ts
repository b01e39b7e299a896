import type { T } from '@clew/i18n'

/** A size as people read it. 25 MB is 25,000,000 bytes. */
export function formatSize(t: T<'widget'>, bytes: number): string {
  if (bytes < 1000) return t('widget.size_bytes', { n: bytes })
  if (bytes < 999_500) return t('widget.size_kb', { n: Math.round(bytes / 1000) })
  return t('widget.size_mb', { n: t.format.number(bytes / 1_000_000, { maximumFractionDigits: 1 }) })
}
