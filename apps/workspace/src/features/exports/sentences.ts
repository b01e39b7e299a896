import {
  type ConsoleExport,
  type ExportContent,
  type ExportMasks,
  type ExportPolicyNow,
  type MaskedField,
  maskedFields,
} from '@clew/contract/exports'
import type { ShapeName } from '@clew/ui/marks'
import type { Tone } from '../../app/ui/status.tsx'
import type { ExportT } from './words.ts'

/** What was asked for, in a few words. */
export function contentOf(t: ExportT, content: ExportContent): string {
  if (content.of === 'person') return t('console-exports.everything_of', { email: content.email })
  const what = content.parts.map((part) => t(`console-exports.short_${part}`)).join(', ')
  const day = (date: string) =>
    t.format.date(date, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
  const { from, to } = content
  if (to === undefined) return what
  return from === undefined
    ? t('console-exports.range_until', { what, to: day(to) })
    : t('console-exports.range_both', { what, from: day(from), to: day(to) })
}

export const fieldsOf = (t: ExportT, fields: readonly MaskedField[]): string =>
  fields.map((field) => t(`console-exports.field_${field}`)).join(', ')

/** What is masked and how; undefined where nothing is. */
export function masksOf(t: ExportT, masks: ExportMasks): string | undefined {
  const some = maskedFields.flatMap((name) => {
    const mode = masks[name]
    return mode === 'shown'
      ? []
      : [t(`console-exports.fieldmode_${mode}`, { field: t(`console-exports.field_${name}`) })]
  })
  return some.length === 0 ? undefined : some.join(', ')
}

/** What the rules do, sentence by sentence: of those that hold, or of a draft of them. */
export function effectsOf(t: ExportT, { value, retention, requesters, approvers }: ExportPolicyNow): string[] {
  const masks = masksOf(t, value.masks)
  return [
    t('console-exports.effect_rows', { rows: t.format.number(value.approvalAboveRows) }),
    t(value.approvalForPersonal ? 'console-exports.effect_personal' : 'console-exports.effect_not_personal'),
    t('console-exports.effect_person'),
    masks === undefined ? t('console-exports.effect_no_masks') : t('console-exports.effect_masks', { fields: masks }),
    t('console-exports.lives', { fetches: value.maxFetches, hours: value.keepHours }),
    ...(retention !== undefined && retention.keepHours < value.keepHours
      ? [t(`console-exports.retention_${retention.of}`, { days: retention.keepHours / 24 })]
      : []),
    t('console-exports.effect_people', { requesters: requesters.length, approvers: approvers.length }),
  ]
}

const looks: Readonly<Record<ConsoleExport['state'], { shape: ShapeName; tone: Tone }>> = {
  waiting: { shape: 'degraded', tone: 'degraded' },
  queued: { shape: 'ring', tone: 'pine' },
  building: { shape: 'dot', tone: 'pine' },
  ready: { shape: 'ok', tone: 'ok' },
  fetched: { shape: 'tick', tone: 'ok' },
  expired: { shape: 'dash', tone: 'quiet' },
  failed: { shape: 'major', tone: 'major' },
  denied: { shape: 'partial', tone: 'partial' },
  cancelled: { shape: 'dash', tone: 'quiet' },
}

export const lookOf = ({ state }: Pick<ConsoleExport, 'state'>): { shape: ShapeName; tone: Tone } => looks[state]

type Moment = (at: string) => string
type Says = (t: ExportT, each: ConsoleExport, moment: Moment) => string

const progress: Says = (t, each) =>
  t('console-exports.says_progress', {
    done: t.format.number(each.doneRows),
    rows: t.format.number(each.expectedRows),
  })

const lying: Says = (t, each, moment) =>
  t('console-exports.says_ready', {
    size: sizeOf(t, each.sizeBytes ?? 0),
    done: each.doneRows,
    fetches: each.fetches,
    most: each.maxFetches,
    until: moment(each.expiresAt ?? each.requestedAt),
  })

const says: Readonly<Record<ConsoleExport['state'], Says>> = {
  waiting: (t, each, moment) =>
    each.startsAt === undefined
      ? t('console-exports.says_waiting', { until: moment(each.decideBy ?? each.requestedAt) })
      : t('console-exports.says_alone', { until: moment(each.startsAt) }),
  queued: progress,
  building: progress,
  failed: progress,
  ready: lying,
  fetched: lying,
  denied: (t, each) =>
    t('console-exports.says_denied', { name: each.decidedBy?.name ?? '–', reason: each.decisionReason ?? '–' }),
  expired: (t) => t('console-exports.says_expired'),
  cancelled: (t) => t('console-exports.says_cancelled'),
}

/** How it stands, in one sentence. */
export const standingOf: Says = (t, each, moment) =>
  each.failure === undefined ? says[each.state](t, each, moment) : t(`console-exports.says_${each.failure}`)

function sizeOf(t: ExportT, bytes: number): string {
  const [unit, per] =
    bytes < 1e3 ? (['byte', 1] as const) : bytes < 1e6 ? (['kilobyte', 1e3] as const) : (['megabyte', 1e6] as const)
  return t.format.number(bytes / per, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 })
}
