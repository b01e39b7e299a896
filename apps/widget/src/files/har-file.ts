/** Whether a file is to be treated as a HAR: by its name, or because it begins like one. A raw one is never uploaded. */
export async function looksLikeHar(file: Blob & { name?: string }): Promise<boolean> {
  if (/\.har(\.json)?$/i.test(file.name ?? '')) return true
  if (file.type !== '' && !/json|text|octet-stream/.test(file.type)) return false
  const start = await file.slice(0, 4096).text()
  return (
    /^\uFEFF?\s*\{\s*"log"\s*:\s*\{/.test(start) || (/"log"\s*:/.test(start) && /"(creator|entries)"\s*:/.test(start))
  )
}
