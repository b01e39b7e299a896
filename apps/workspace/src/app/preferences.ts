import type { Locale } from '@clew/i18n'

/** Kept by this browser. A browser that keeps nothing (private mode, blocked storage) gets the defaults. */
export function readKept(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined
  } catch {
    return undefined
  }
}

/** Answers whether the browser kept it. */
export function keep(key: string, value: string | undefined): boolean {
  try {
    if (value === undefined) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
    return true
  } catch {
    return false
  }
}

/** Hears what another tab of this browser keeps under a key that begins so, and that it keeps it no longer. */
export function followOtherTabs(
  prefix: string,
  onChange: (key: string, value: string | undefined) => void,
): () => void {
  const onStorage = ({ key, newValue }: StorageEvent) => {
    if (key?.startsWith(prefix) === true) onChange(key, newValue ?? undefined)
  }
  addEventListener('storage', onStorage)
  return () => removeEventListener('storage', onStorage)
}

export type Theme = 'system' | 'light' | 'dark'
export const themes: readonly Theme[] = ['system', 'light', 'dark']

export const keptTheme = (): Theme => themes.find((theme) => theme === readKept('clew:theme')) ?? 'system'

export function applyTheme(theme: Theme): void {
  keep('clew:theme', theme === 'system' ? undefined : theme)
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}

export function firstLocale(): Locale {
  const kept = readKept('clew:locale')
  if (kept === 'en' || kept === 'el') return kept
  return navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag === 'en' || tag === 'el') ?? 'en'
}

export const keptBriefFold = (): boolean => readKept('clew:brief') === 'folded'
export const keepBriefFold = (isFolded: boolean): boolean => keep('clew:brief', isFolded ? 'folded' : undefined)

export const keptSingleKeys = (): boolean => readKept('clew:single-keys') !== 'off'
export const keepSingleKeys = (on: boolean): boolean => keep('clew:single-keys', on ? undefined : 'off')
