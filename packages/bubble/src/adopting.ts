/** What another widget's calls come as, before its own script would be there. */
export type Queued = ArrayLike<unknown>

/** Says once for each call that there is nothing like it here: a page that moves over should not break by it. */
export function createUnknown(widget: string): (call: string) => void {
  const said = new Set<string>()
  return (call) => {
    if (said.has(call)) return
    said.add(call)
    console.warn(`Clew: nothing here is like ${widget}’s ${call}`)
  }
}

export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

export const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}

/** Only what is there: an option that is not given stays as it was. */
export function given<T extends object>(options: { [K in keyof T]: T[K] | undefined }): Partial<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<T>
}

/** `el` and `en` in whatever form: `el-GR`, `EN`. */
export function localeOf(value: unknown): 'en' | 'el' | undefined {
  const language = textOf(value)?.slice(0, 2).toLowerCase()
  return language === 'en' || language === 'el' ? language : undefined
}
