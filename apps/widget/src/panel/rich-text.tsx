import { Fragment } from 'preact'
import { type Inline, parseRichText, withMasks } from '../text/rich-text.ts'
import { usePanel } from './context.ts'

export function RichText({ text }: { text: string }) {
  const { t } = usePanel()
  return (
    <>
      {parseRichText(withMasks(text, t('widget.masked_here'))).map((block, index) => {
        if (block.kind === 'lines')
          return (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
            <pre key={index} tabIndex={0}>
              {block.text}
            </pre>
          )
        if (block.kind === 'list') {
          const items = block.items.map((item, at) => (
            <li key={at}>
              <Words parts={item} />
            </li>
          ))
          return block.isOrdered ? <ol key={index}>{items}</ol> : <ul key={index}>{items}</ul>
        }
        return (
          <p key={index}>
            {block.lines.map((line, at) => (
              <Fragment key={at}>
                {at > 0 && <br />}
                <Words parts={line} />
              </Fragment>
            ))}
          </p>
        )
      })}
    </>
  )
}

function Words({ parts }: { parts: Inline[] }) {
  return (
    <>
      {parts.map(({ kind, text }, index) => {
        if (kind === 'code') return <code key={index}>{text}</code>
        if (kind === 'text') return text
        return (
          <a key={index} href={text} target="_blank" rel="noopener noreferrer nofollow">
            {text}
          </a>
        )
      })}
    </>
  )
}
