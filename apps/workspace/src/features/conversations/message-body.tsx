import { Lines } from '../../app/ui/lines.tsx'
import { MaskedText } from '../../app/ui/masked-text.tsx'
import text from '../../app/ui/text.module.css'
import { type Piece, partsOf } from './message-text.ts'

/** What a person wrote: text, addresses and code, never markup. */
export function MessageBody({
  body,
  className,
  locale,
}: {
  body: string
  className?: string | undefined
  locale?: string
}) {
  return (
    <div className={className} lang={locale}>
      {partsOf(body).map((part, at) =>
        // A message never changes, so a part is its place.
        part.type === 'lines' ? (
          <Lines key={`${at} ${part.text.length}`}>{part.text}</Lines>
        ) : (
          <p key={`${at} ${part.pieces.length}`}>{part.pieces.map(drawPiece)}</p>
        ),
      )}
    </div>
  )
}

function drawPiece(piece: Piece, at: number) {
  switch (piece.type) {
    case 'text':
      return <MaskedText key={at}>{piece.text}</MaskedText>
    case 'code':
      return (
        <code key={at} className={text.mono}>
          {piece.text}
        </code>
      )
    case 'link':
      return (
        <a key={at} href={piece.href} target="_blank" rel="noreferrer nofollow">
          {piece.text}
        </a>
      )
  }
}
