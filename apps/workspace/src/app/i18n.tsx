import { createT, type Locale, type T } from '@clew/i18n'
import { createContext, type ReactNode, useContext } from 'react'
import { firstLocale, keep } from './preferences.ts'
import { createStore, useStore } from './store.ts'

export type Translate = T<'workspace'>

const loaders: Record<Locale, () => Promise<Translate>> = {
  en: () => import('@clew/i18n/generated/workspace.en').then(({ catalogue }) => createT('en', catalogue)),
  el: () => import('@clew/i18n/generated/workspace.el').then(({ catalogue }) => createT('el', catalogue)),
}
const loaded = new Map<Locale, Promise<Translate>>()

/** The words of one language; fetched once. The contact's may differ from the agent's. */
export function loadT(locale: Locale): Promise<Translate> {
  const found = loaded.get(locale) ?? loaders[locale]()
  loaded.set(locale, found)
  found.catch(() => loaded.delete(locale))
  return found
}

const current = createStore<Translate | undefined>(undefined)
export const currentLocale = (): Locale => current.get()?.locale ?? firstLocale()

export async function switchLocale(locale: Locale): Promise<void> {
  const t = await loadT(locale)
  keep('clew:locale', locale)
  document.documentElement.lang = locale
  current.set(t)
}

const Words = createContext<Translate | undefined>(undefined)

export function I18nProvider({ children }: { children: ReactNode }) {
  const t = useStore(current)
  return t === undefined ? null : <Words value={t}>{children}</Words>
}

export function useT(): Translate {
  const t = useContext(Words)
  if (t === undefined) throw new Error('useT outside of I18nProvider')
  return t
}
