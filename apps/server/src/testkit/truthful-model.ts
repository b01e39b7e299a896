import type { AskedModel } from './model-server.ts'

type Reply = { kind: string; language: string; sentences: { text: string; cites: string[] }[] }

/** The passages that a request holds as data, in the order in which they stand. */
export function passagesIn({ body }: AskedModel): { id: string; text: string }[] {
  const text = body.messages.map(({ content }) => textOf(content)).join('\n')
  const found = text.matchAll(/<<([a-z]{16}) kind="passage" id="(p\d+)"[^\n]*>>\n([\s\S]*?)\n<<\1 end>>/g)
  return [...found].map(([, , id = '', passage = '']) => ({ id, text: passage }))
}

const textOf = (content: unknown): string =>
  typeof content === 'string'
    ? content
    : Array.isArray(content)
      ? content.map((part: { text?: string }) => part.text ?? '').join('\n')
      : ''

/** Says back, word for word, what stands in the first passages. */
export function truthfulReply(asked: AskedModel): Reply {
  const [, language = 'en'] = /"language": "(en|el)"/.exec(asked.text.replaceAll('\\"', '"')) ?? []
  const sentences = passagesIn(asked).flatMap(({ id, text }) =>
    text
      .split(/\n|(?<=[.!;])\s+/)
      .map((line) => line.replace(/^- /, '').trim())
      .filter((line) => /[.!]$/.test(line) && line.split(' ').length > 4 && line.length < 300)
      .slice(0, 2)
      .map((line) => ({ text: line, cites: [id] })),
  )
  return { kind: 'answer', language, sentences: sentences.slice(0, 2) }
}
