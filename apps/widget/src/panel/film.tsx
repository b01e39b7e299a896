import type { Attachment } from '@clew/contract/conversations'
import { useEffect, useState } from 'preact/hooks'
import { useCaseWords } from './case-words.ts'
import { usePanel } from './context.ts'

type Way = { step: 'asked' | 'failed' } | { step: 'there'; address: string }

/**
 * A recording of a screen that plays where it stands. It is fetched when somebody wants to see it: the page's own
 * requests carry no session, so that it comes whole before it plays.
 */
export function Film({ attachment: { fileId, name } }: { attachment: Attachment }) {
  const { actions } = usePanel()
  const words = useCaseWords()
  const [way, setWay] = useState<Way>()
  useEffect(() => () => (way?.step === 'there' ? URL.revokeObjectURL(way.address) : undefined), [way])
  if (words === undefined) return null
  const play = async () => {
    setWay({ step: 'asked' })
    const film = await actions.readFile(fileId)
    setWay({ step: 'there', address: URL.createObjectURL(film) })
  }
  const fail = () => setWay({ step: 'failed' })
  if (way?.step === 'there')
    return (
      // biome-ignore lint/a11y/useMediaCaption: a recording of a screen comes without captions
      <video class="film" controls autoplay playsInline aria-label={name} src={way.address} onError={fail} />
    )
  return (
    <>
      <p>
        <button type="button" class="link" disabled={way?.step === 'asked'} onClick={() => play().catch(fail)}>
          {words('case.play', { name })}
        </button>
      </p>
      {way?.step === 'failed' && (
        <p class="note" role="status">
          {words('case.film_failed')}
        </p>
      )}
    </>
  )
}
