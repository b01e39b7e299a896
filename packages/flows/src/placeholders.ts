import type { LocalText } from './flow.ts'

/** What a text may name in braces. The first come from the installation, the others from what a check has found. */
export const placeholderNames = [
  'brand',
  'appHost',
  'supportEmail',
  'uploadLimit',
  'captureLimit',
  'reference',
  'statusUrl',
  'fileName',
  'fileSize',
  'component',
  'incident',
  'incidentUpdate',
  'incidentUrl',
  'finding',
] as const

export type PlaceholderName = (typeof placeholderNames)[number]
export type PlaceholderValues = Readonly<Record<string, string | LocalText>>

const placeholder = /\{([A-Za-z][A-Za-z0-9_]*)\}/g

export const placeholdersIn = (text: string): string[] => [...text.matchAll(placeholder)].map(([, name = '']) => name)

export function fillText(text: LocalText, locale: keyof LocalText, values: PlaceholderValues): string {
  return text[locale].replace(placeholder, (_whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    return (typeof value === 'string' ? value : value?.[locale]) ?? '—'
  })
}
