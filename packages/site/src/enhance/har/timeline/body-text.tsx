import type { BodyDetails } from '@clew/har'
import { readableBody, type WaterfallWords } from '@clew/har/waterfall'
import { useMemo, useState } from 'preact/hooks'
import { Marked } from '../marked.tsx'
import { usePage } from '../page.ts'

/** More than this is drawn only when asked for. */
const lettersAtFirst = 4000

/** A body as a person wants to read it. */
export function BodyText({ body, words }: { body: BodyDetails; words: WaterfallWords }) {
  const { t } = usePage()
  const [isWhole, setWhole] = useState(false)
  const readable = useMemo(() => readableBody(body), [body])
  if (readable.type === 'binary')
    return <p class="muted">{t('har-page.body_binary', { size: words.size(readable.sizeBytes) })}</p>
  const isLong = readable.text.length > lettersAtFirst
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be focusable */}
      <pre class="lines bodytext" tabIndex={0} role="region" aria-label={body.mime || t('har-page.part_body_got')}>
        <Marked text={isLong && !isWhole ? readable.text.slice(0, lettersAtFirst) : readable.text} />
      </pre>
      {isLong && !isWhole && (
        <button type="button" class="linkish" onClick={() => setWhole(true)}>
          {t('har-page.body_whole')}
        </button>
      )}
    </>
  )
}
