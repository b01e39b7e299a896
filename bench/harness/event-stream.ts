import { connect } from 'node:net'

/** An open stream of server-sent events, read as the bytes arrive. */
export type Stream = { frames(): number; close(): void }

export type StreamOptions = {
  port: number
  path: string
  headers: Readonly<Record<string, string>>
  /** Called with the client's id of each message that is shown. Without it frames are only counted. */
  onMessage?(clientMessageId: string): void
}

/** Resolves when the server has said that the stream is ready. */
export function openStream({ port, path, headers, onMessage }: StreamOptions): Promise<Stream> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    let frames = 0
    let isReady = false
    let rest = ''
    socket.setEncoding('utf8')
    socket.once('error', reject)
    socket.once('connect', () => {
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
      socket.write(`GET ${path} HTTP/1.1\r\nhost: localhost:${port}\r\n${lines.join('')}\r\n`)
    })
    socket.on('data', (text: string) => {
      frames += countOf(text, 'event: change')
      if (isReady && onMessage) rest = readMessages(rest + text, onMessage)
      if (isReady || !text.includes('event: ready')) return
      isReady = true
      resolve({ frames: () => frames, close: () => socket.destroy() })
    })
  })
}

/** What follows the last whole frame is kept for the next bytes. */
function readMessages(text: string, onMessage: (clientMessageId: string) => void): string {
  const end = text.lastIndexOf('\n\n')
  if (end < 0) return text
  for (const [, id] of text.slice(0, end).matchAll(/"clientMessageId":"([0-9a-f-]{36})"/g)) if (id) onMessage(id)
  return text.slice(end + 2)
}

function countOf(text: string, what: string): number {
  let count = 0
  for (let at = text.indexOf(what); at >= 0; at = text.indexOf(what, at + what.length)) count += 1
  return count
}
