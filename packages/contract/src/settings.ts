import { z } from 'zod'
import { Instant, Locale, TimeZone, typedText } from './primitives.ts'

/** What the team decides about its product, one version each. */
export const SettingsGroup = z.enum(['brand', 'hours', 'languages', 'bubble', 'model'])
export type SettingsGroup = z.infer<typeof SettingsGroup>

export const maxLogoBytes = 200_000

const hostName = /^(?=.{1,200}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*(?::\d{1,5})?$/

export const BrandLogo = z.strictObject({ hash: z.string().regex(/^[0-9a-f]{32}$/), type: z.enum(['svg', 'png']) })
export type BrandLogo = z.infer<typeof BrandLogo>

/** A field that is left out has the operator's value. */
export const BrandSettings = z.strictObject({
  name: typedText(80).pipe(z.string().min(1)).optional(),
  appHost: typedText(200)
    .transform((host) => host.toLowerCase())
    .pipe(z.string().regex(hostName, 'must be a host such as app.example.com'))
    .optional(),
  supportEmail: z.email().max(254).optional(),
  accent: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'must be a colour such as #0f5c4d')
    .transform((colour) => colour.toLowerCase())
    .optional(),
  logo: BrandLogo.optional(),
})
export type BrandSettings = z.output<typeof BrandSettings>

const ClockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 09:00')
const Span = z
  .strictObject({ from: ClockTime, to: z.union([ClockTime, z.literal('24:00')]) })
  .refine(({ from, to }) => from !== to, { error: 'must not end when it begins' })
const DaySpans = z.array(Span).max(6).refine(areApart, { error: 'must not overlap' })
const names = z.strictObject({ en: typedText(80).default(''), el: typedText(80).default('') })

export const Holiday = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('date'), date: z.iso.date(), everyYear: z.boolean(), names }),
  z.strictObject({
    kind: z.literal('easter'),
    offsetDays: z.int().min(-120).max(120).meta({ description: 'Days from the Orthodox Easter Sunday.' }),
    names,
  }),
])

export const OpeningHours = z.strictObject({
  timeZone: TimeZone,
  week: z.strictObject({
    mon: DaySpans,
    tue: DaySpans,
    wed: DaySpans,
    thu: DaySpans,
    fri: DaySpans,
    sat: DaySpans,
    sun: DaySpans,
  }),
  holidays: z.array(Holiday).max(200),
})
export type OpeningHours = z.output<typeof OpeningHours>

/** Without opening hours nothing is said about when people answer. */
export const HoursSettings = z.strictObject({ opening: OpeningHours.optional() })
export type HoursSettings = z.output<typeof HoursSettings>

function areApart(spans: readonly { from: string; to: string }[]): boolean {
  const sorted = [...spans].sort((a, b) => a.from.localeCompare(b.from))
  return sorted.every(({ to, from }, index) => {
    const next = sorted[index + 1]
    return next === undefined || (to > from && to <= next.from)
  })
}

export const LanguageSettings = z
  .strictObject({
    offered: z
      .array(Locale)
      .min(1)
      .refine((all) => new Set(all).size === all.length, { error: 'must not repeat' })
      .optional(),
    default: Locale.optional(),
  })
  .refine(({ offered, default: first }) => !offered || first === undefined || offered.includes(first), {
    error: 'must be one of the languages that are offered',
    path: ['default'],
  })
export type LanguageSettings = z.output<typeof LanguageSettings>

// `https://app.example.com`, `http://localhost:8080`, `https://*.example.com`.
const originPattern = /^https?:\/\/(?:\*\.)?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/
const Origin = typedText(300)
  .transform((origin) => origin.toLowerCase().replace(/\/$/, ''))
  .pipe(z.string().regex(originPattern, 'must be an origin such as https://app.example.com or https://*.example.com'))

const suggestions = z.array(typedText(120).pipe(z.string().min(1))).max(6)

export const BubbleSettings = z.strictObject({
  onHelpCentre: z.boolean().optional(),
  onOtherSites: z.boolean().optional(),
  origins: z.array(Origin).max(100).optional().meta({ description: 'Sites that may hold the bubble; none: any.' }),
  side: z.enum(['right', 'left']).optional(),
  greeting: z.strictObject({ en: typedText(120).default(''), el: typedText(120).default('') }).optional(),
  suggestions: z.strictObject({ en: suggestions, el: suggestions }).optional(),
})
export type BubbleSettings = z.output<typeof BubbleSettings>

export const ModelSettings = z.strictObject({
  kind: z.enum(['off', 'openai']).optional(),
  url: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  model: typedText(200).pipe(z.string().min(1)).optional(),
  timeBudgetMs: z.int().min(1000).max(60_000).optional(),
  maxTokensPerAnswer: z.int().min(50).max(100_000).optional(),
  maxTokensPerDay: z.int().min(0).max(1_000_000_000).optional().meta({ description: '0: no limit.' }),
  isZeroRetention: z.boolean().optional(),
})
export type ModelSettings = z.output<typeof ModelSettings>

/** A model that may be asked. Its key is not part of it: that stays in the server. */
export type ModelProviderSettings = {
  kind: 'openai'
  /** Where `/chat/completions` is, without a closing slash. */
  url: string
  model: string
  timeBudgetMs: number
  maxTokensPerAnswer: number
  /** 0: no limit. */
  maxTokensPerDay: number
  /** The provider has promised to keep nothing of what it is sent. */
  isZeroRetention: boolean
}

/** The version that the change was made from: another one means that someone was faster. */
const version = z.int().min(0)
export const SaveBrand = z.strictObject({ version, value: BrandSettings })
export const SaveHours = z.strictObject({ version, value: HoursSettings })
export const SaveLanguages = z.strictObject({ version, value: LanguageSettings })
export const SaveBubble = z.strictObject({ version, value: BubbleSettings })

const ApiKey = z
  .string()
  .min(1)
  .max(500)
  .regex(/^[\x21-\x7e]+$/, 'must be letters, digits and signs without spaces')
const key = ApiKey.nullable().optional().meta({ description: 'Left out: as it is; null: none any more.' })
export const SaveModel = z.strictObject({ version, value: ModelSettings, key })
export const TestModel = z.strictObject({ value: ModelSettings, key })

/** What the call was answered with, in one word; the screen says what to do about it. */
export const ModelTest = z
  .object({
    ok: z.boolean(),
    latencyMs: z.int(),
    answer: z.string().optional(),
    error: z
      .enum(['off', 'address', 'unreachable', 'timeout', 'key', 'model', 'limit', 'refused', 'not_understood'])
      .optional(),
    status: z.int().optional(),
  })
  .meta({ id: 'ModelTest' })
export type ModelTest = z.infer<typeof ModelTest>

/** `saved` holds what the team decided; what is not in it has the value of `operator`. */
const state = <S extends z.ZodType, O extends z.ZodType>(saved: S, operator: O) =>
  z.object({
    version: z.int(),
    saved,
    operator,
    updatedAt: Instant.optional(),
    updatedBy: z.string().optional(),
  })

export const KeyState = z.object({
  state: z.enum(['unset', 'set', 'unreadable']),
  endsIn: z.string().optional(),
  source: z.enum(['workspace', 'operator']).optional(),
})
export type KeyState = z.infer<typeof KeyState>

export const BrandState = state(
  BrandSettings,
  z.object({ name: z.string(), appHost: z.string(), supportEmail: z.string() }),
)
export const HoursState = state(HoursSettings, z.object({ timeZone: z.string() }))
export const LanguagesState = state(LanguageSettings, z.object({ offered: z.array(Locale), default: Locale }))
export const BubbleState = state(
  BubbleSettings,
  z.object({ suggestions: z.object({ en: suggestions, el: suggestions }) }),
)
export const ModelState = state(
  ModelSettings,
  z.object({
    kind: z.enum(['off', 'openai']),
    url: z.string().optional(),
    model: z.string().optional(),
    timeBudgetMs: z.int(),
    maxTokensPerAnswer: z.int(),
    maxTokensPerDay: z.int(),
  }),
).extend({ key: KeyState })
export type BrandState = z.infer<typeof BrandState>
export type HoursState = z.infer<typeof HoursState>
export type LanguagesState = z.infer<typeof LanguagesState>
export type BubbleState = z.infer<typeof BubbleState>
export type ModelState = z.infer<typeof ModelState>

export const Settings = z
  .object({
    mayChange: z.boolean(),
    brand: BrandState,
    hours: HoursState,
    languages: LanguagesState,
    bubble: BubbleState,
    model: ModelState,
    loader: z
      .object({ url: z.string(), integrity: z.string().optional() })
      .meta({ description: "The bubble's script, with the hash of what is really served." }),
  })
  .meta({ id: 'Settings' })
export type Settings = z.infer<typeof Settings>

export const ListSettingsChanges = z.object({ group: SettingsGroup })
export const SettingsChange = z
  .object({
    id: z.uuid(),
    at: Instant,
    by: z.string(),
    fields: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
  })
  .meta({ id: 'SettingsChange' })
export type SettingsChange = z.infer<typeof SettingsChange>
export const SettingsChangeList = z.object({ changes: z.array(SettingsChange) }).meta({ id: 'SettingsChangeList' })
export type SettingsChangeList = z.infer<typeof SettingsChangeList>

export const MailDelivery = z
  .object({
    hasServer: z.boolean().meta({ description: 'Whether `CLEW_SMTP_URL` is set.' }),
    kept: z.int().meta({ description: 'Mails that lie in the folder `mail` of the data directory; nobody got them.' }),
    failing: z
      .object({ count: z.int(), since: Instant })
      .optional()
      .meta({ description: 'None of the mails since then could be sent; they are tried again for some time.' }),
  })
  .meta({ id: 'MailDelivery' })
export type MailDelivery = z.infer<typeof MailDelivery>
