/** Whether a file is to be treated as a HAR: by its name, or because it begins like one. A raw one is never uploaded. */
export async function looksLikeHar(file: Blob & { name?: string }): Promise<boolean> {
  if (/\.har(\.(json|txt|gz|zip))?$/i.test(file.name ?? '')) return true
  if (file.type !== '' && !/json|text|octet-stream|gzip/.test(file.type)) return false
  const head = await unpackedHead(new Uint8Array(await file.slice(0, 4096).arrayBuffer()))
  const start = new TextDecoder(encodingOf(head)).decode(head)
  return (
    /^\uFEFF?\s*\{\s*"log"\s*:\s*\{/.test(start) || (/"log"\s*:/.test(start) && /"(creator|entries)"\s*:/.test(start))
  )
}

/** As what a gzip begins with begins, where the browser can unpack it. What unpacks it whole is fetched when there is one. */
async function unpackedHead(head: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  if (head[0] !== 0x1f || head[1] !== 0x8b) return head
  try {
    const reader = new Blob([head]).stream().pipeThrough(new DecompressionStream('gzip')).getReader()
    const { value = head } = await reader.read()
    reader.cancel().catch(() => undefined)
    return value
  } catch {
    return head
  }
}

/** The safe copy of `a.har.gz` is `a.har`: it is not packed. */
export const nameOfSafeCopy = (name: string): string => name.replace(/(\.(har|json|txt))?\.gz$/i, '.har')

/** As its byte order mark says. Some tools of Windows write text so. */
function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
}
