import type { WaterfallWords } from '@clew/har/waterfall'
import { useMemo } from 'react'
import { useT } from '../../app/i18n.tsx'
import { byteSize, duration } from '../../app/sizes.ts'

/** What the canvas says, in the reader's language. */
export function useWords(): WaterfallWords {
  const t = useT()
  return useMemo(
    () => ({
      noAnswer: t('workspace.no_answer_short'),
      duration: (ms) => duration(t, ms),
      size: (bytes) => byteSize(t, bytes),
      kind: (kind) => t(`workspace.kind_${kind}`),
      fold: (count) => t('workspace.entries_folded', { count }),
    }),
    [t],
  )
}
