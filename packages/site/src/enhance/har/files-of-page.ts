type TakeFiles = (files: readonly File[]) => void

/** Files dropped anywhere on the page, and files or a whole HAR pasted into it. Answers with what stops it. */
export function listenForFiles(take: TakeFiles): () => void {
  const ending = new AbortController()
  const { signal } = ending
  // Otherwise the browser would leave the page to show the file.
  addEventListener('dragover', (event) => event.preventDefault(), { signal })
  addEventListener(
    'drop',
    (event) => {
      event.preventDefault()
      take([...(event.dataTransfer?.files ?? [])])
    },
    { signal },
  )
  addEventListener('paste', (event) => paste(event, take), { signal })
  return () => ending.abort()
}

function paste(event: ClipboardEvent, take: TakeFiles): void {
  const target = event.target
  if (target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]')) return
  const files = [...(event.clipboardData?.files ?? [])]
  const text = event.clipboardData?.getData('text/plain') ?? ''
  if (files.length === 0 && !looksLikeHar(text)) return
  event.preventDefault()
  take(files.length > 0 ? files : [new File([text], 'pasted.har', { type: 'application/json' })])
}

/** As "Copy all as HAR" puts it on the clipboard. */
const looksLikeHar = (text: string): boolean => /^\uFEFF?\s*\{\s*"log"\s*:/.test(text)
