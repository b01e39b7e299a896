import type { Locale, OrganisationId } from '@clew/contract/primitives'
import type {
  BrandLogo,
  BrandSettings,
  BubbleSettings,
  HoursSettings,
  LanguageSettings,
  ModelProviderSettings,
  ModelSettings,
  OpeningHours,
  SettingsGroup,
} from '@clew/contract/settings'

/** What the team decided, by group. A field that is not there has the operator's value. */
export type SavedSettings = {
  brand: BrandSettings
  hours: HoursSettings
  languages: LanguageSettings
  bubble: BubbleSettings
  model: ModelSettings
}

export type SettingsRow = {
  organisationId: OrganisationId
  group: SettingsGroup
  version: number
  value: SavedSettings[SettingsGroup]
  secret: Buffer | undefined
  updatedAt: Date
  updatedByName: string | undefined
}

/** What holds where the team decided nothing. */
export type OperatorSettings = {
  brand: { name: string; appHost: string; supportEmail: string }
  /** The zone that the machine keeps. */
  timeZone: string
  suggestions: Readonly<Record<Locale, readonly string[]>>
  model: { url: string; name: string; key: string | undefined } | undefined
  /** Hosts where a model may be called over plain http. */
  modelHttpHosts: readonly string[]
}

export type ModelProvider = { kind: 'off' } | (ModelProviderSettings & { apiKey: string | undefined })

export type StoredLogo = BrandLogo & { bytes: Buffer }

/** Everything as it holds now. */
export type SettingsNow = {
  /** Differs whenever anything in it does. */
  version: string
  brand: { name: string; appHost: string; supportEmail: string; accent?: string; logo?: StoredLogo }
  /** Undefined while nobody has said when people answer. */
  opening: OpeningHours | undefined
  languages: { offered: readonly Locale[]; default: Locale }
  bubble: {
    onHelpCentre: boolean
    onOtherSites: boolean
    /** Empty: any. */
    origins: readonly string[]
    side: 'right' | 'left'
    greeting: Readonly<Record<Locale, string>>
    suggestions: Readonly<Record<Locale, readonly string[]>>
  }
  model: ModelProvider
  /** Whether the name was chosen by the team, and so goes into the sender of mail as well. */
  isNameOurs: boolean
}

export const modelDefaults = {
  timeBudgetMs: 8000,
  maxTokensPerAnswer: 600,
  maxTokensPerDay: 0,
  isZeroRetention: false,
} as const

export const languageDefaults = { offered: ['en', 'el'], default: 'en' } as const satisfies {
  offered: readonly Locale[]
  default: Locale
}

export type SettingsSource = {
  version: string
  saved: Partial<SavedSettings>
  logo: StoredLogo | undefined
  /** The team's own key, where it could be opened. */
  savedKey: string | undefined
}

/** The team's decisions over the operator's values. */
export function settingsNow(source: SettingsSource, operator: OperatorSettings): SettingsNow {
  const { version, saved, savedKey } = source
  return {
    version,
    brand: brandOf(source, operator),
    opening: saved.hours?.opening,
    languages: languagesOf(saved.languages ?? {}),
    bubble: { ...bubbleDefaults, suggestions: operator.suggestions, ...given(saved.bubble ?? {}) },
    model: modelOf(saved.model ?? {}, operator, savedKey),
    isNameOurs: saved.brand?.name !== undefined,
  }
}

const bubbleDefaults = {
  onHelpCentre: true,
  onOtherSites: true,
  origins: [],
  side: 'right',
  greeting: { en: '', el: '' },
} as const satisfies Partial<SettingsNow['bubble']>

function brandOf({ saved, logo }: SettingsSource, operator: OperatorSettings): SettingsNow['brand'] {
  const { logo: _stored, ...words } = saved.brand ?? {}
  return { ...operator.brand, ...given(words), ...(logo === undefined ? {} : { logo }) }
}

type Given<V> = { [K in keyof V]?: Exclude<V[K], undefined> }

/** The fields that say something: one that is undefined must not hide the value beneath it. */
const given = <V extends object>(value: V): Given<V> =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as Given<V>

function languagesOf({ offered: chosen, default: first }: LanguageSettings): SettingsNow['languages'] {
  const offered: readonly Locale[] = chosen ?? languageDefaults.offered
  const [listedFirst = languageDefaults.default] = offered
  const known = first ?? languageDefaults.default
  return { offered, default: offered.includes(known) ? known : listedFirst }
}

/** The model to ask. The operator's key goes to the operator's own address and to no other. */
export function modelOf(saved: ModelSettings, operator: OperatorSettings, savedKey: string | undefined): ModelProvider {
  const { name, url: operatorUrl, key } = operator.model ?? {}
  const { kind, url, model, ...limits } = {
    kind: operator.model ? 'openai' : 'off',
    url: operatorUrl,
    model: name,
    ...modelDefaults,
    ...given(saved),
  }
  if (kind === 'off' || url === undefined || model === undefined) return { kind: 'off' }
  const operatorKey = originOf(url) === originOf(operatorUrl) ? key : undefined
  return { kind: 'openai', url, model, ...limits, apiKey: savedKey ?? operatorKey }
}

/** A key belongs to the origin that it was entered for. */
export const originOf = (url: string | undefined): string =>
  url !== undefined && URL.canParse(url) ? new URL(url).origin : ''

/** What the seal of a key is bound to: moved to another address it does not open. */
export const keyPurpose = (url: string | undefined): string => `model-key ${originOf(url)}`

/** The key that was sealed for an address; undefined where it does not open, for whichever reason. */
export function openKey(
  sealed: Buffer | undefined,
  url: string | undefined,
  seal: { open(sealed: Buffer, place: string): string },
): string | undefined {
  try {
    return sealed && seal.open(sealed, keyPurpose(url))
  } catch {
    // Altered, sealed for another address, or with a master key that is gone: it has to be entered again.
    return undefined
  }
}

/** The last four of a key, where that gives nothing away. */
export const endOfKey = (key: string): string | undefined => (key.length >= 16 ? key.slice(-4) : undefined)

/** Whether two values say the same, however their fields are ordered. */
export const saysTheSame = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b)

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_name, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )

/** What is different, field by field; opening hours by their parts. */
export function changedFields(before: unknown, after: unknown): { field: string; before: unknown; after: unknown }[] {
  const [old, now] = [flat(before), flat(after)]
  return [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .filter((field) => !saysTheSame(old[field], now[field]))
    .map((field) => ({ field, before: old[field] ?? null, after: now[field] ?? null }))
}

function flat(value: unknown): Record<string, unknown> {
  const { opening, ...rest } = value as Record<string, unknown>
  return opening === undefined ? rest : { ...rest, ...(opening as object) }
}

/** Whether pages of another site may hold the bubble. */
export const mayHoldBubble = ({ bubble }: SettingsNow, origin: string): boolean =>
  bubble.onOtherSites && isOriginListed(origin, bubble.origins)

/** Whether an origin is one of a list; an empty list has all. `*.` stands for any number of names in front. */
export function isOriginListed(origin: string, listed: readonly string[]): boolean {
  if (listed.length === 0) return true
  const given = origin.toLowerCase()
  return listed.some((pattern) => {
    if (!pattern.includes('*.')) return given === pattern
    const [scheme = '', rest = ''] = pattern.split('*.')
    return (
      given.startsWith(scheme) &&
      given.endsWith(`.${rest}`) &&
      /^[a-z0-9.-]+$/.test(given.slice(scheme.length, -rest.length))
    )
  })
}
