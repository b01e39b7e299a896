import { splitAtPlaceholders } from '@clew/har/waterfall/placeholders'
import { usePage } from './page.ts'

/** A text from the clean copy, in which what was taken away is drawn apart. */
export function Marked({ text }: { text: string }) {
  const { t } = usePage()
  return (
    <>
      {splitAtPlaceholders(text).map(({ text: part, isPlaceholder }, at) =>
        isPlaceholder ? (
          <mark key={at} title={t('har-page.value_removed')}>
            {part}
          </mark>
        ) : (
          part
        ),
      )}
    </>
  )
}
