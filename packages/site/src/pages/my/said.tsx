/** Words as they were written; what stands between fences keeps its form. */
export function Said({ text }: { text: string }) {
  return (
    <>
      {partsOf(text).map((part, index) =>
        part.isCode ? (
          <pre key={index} class="lines">
            {part.text}
          </pre>
        ) : (
          <p key={index} class="words">
            {part.text}
          </p>
        ),
      )}
    </>
  )
}

export function partsOf(text: string): { isCode: boolean; text: string }[] {
  return text
    .split(/^```[^\n`]*\n([\s\S]*?)\n?```[ \t]*$/m)
    .map((part, index) => ({ isCode: index % 2 === 1, text: index % 2 === 1 ? part : part.trim() }))
    .filter((part) => part.text !== '')
}
