import { useBrushWords } from '../brush/brush-words.ts'
import { formatSize } from '../files/size.ts'
import { usePanel } from './context.ts'
import { Icon } from './icons.tsx'

const coverable = /^image\/(png|jpeg|webp)$/

/** What will be sent with the next words. A picture may be covered in parts first. */
export function Attached() {
  const { t, state, actions } = usePanel()
  const words = useBrushWords()
  if (words === undefined) return null
  return (
    <ul class="attached">
      {state.attached.map((file, index) => (
        <li key={index} class="file">
          <b>{file.name}</b>
          <span>{formatSize(t, file.size)}</span>
          {coverable.test(file.type) && (
            <button
              type="button"
              class="link"
              aria-label={words('brush.cover', { name: file.name })}
              onClick={() => actions.openBrush(file)}
            >
              {words('brush.cover_short')}
            </button>
          )}
          <button
            type="button"
            class="small"
            aria-label={words('brush.remove', { name: file.name })}
            onClick={() => actions.detach(file)}
          >
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  )
}
