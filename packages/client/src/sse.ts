export type SseMessage = { event: string; data: string; id?: string }

/**
 * Reads a `text/event-stream` (HTML Standard, 9.2.6) from chunks cut anywhere, in the middle of a character too.
 * A message counts only once its closing blank line has come, so a torn one is never delivered.
 */
export function createSseParser(onMessage: (message: SseMessage) => void): (chunk: Uint8Array) => void {
  const decoder = new TextDecoder()
  let line = ''
  let endedWithReturn = false
  let event = ''
  let data: string[] = []
  let id: string | undefined

  const dispatch = () => {
    if (data.length > 0)
      onMessage({ event: event || 'message', data: data.join('\n'), ...(id === undefined ? {} : { id }) })
    event = ''
    data = []
    id = undefined
  }

  const readLine = (text: string) => {
    if (text === '') return dispatch()
    const colon = text.indexOf(':')
    if (colon === 0) return
    const name = colon < 0 ? text : text.slice(0, colon)
    const value = colon < 0 ? '' : text.slice(colon + 1).replace(/^ /, '')
    if (name === 'event') event = value
    if (name === 'data') data.push(value)
    if (name === 'id' && !value.includes('\0')) id = value
  }

  return (chunk) => {
    const decoded = decoder.decode(chunk, { stream: true })
    if (decoded === '') return
    // The second half of a CR LF that was cut in two is no line of its own.
    const text = endedWithReturn && decoded.startsWith('\n') ? decoded.slice(1) : decoded
    endedWithReturn = decoded.endsWith('\r')
    const parts = (line + text).split(/\r\n|\n|\r/)
    line = parts.pop() ?? ''
    parts.forEach(readLine)
  }
}
