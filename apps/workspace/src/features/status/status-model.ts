import { worstStatus } from '@clew/contract/component-severity'
import type { AffectedComponent, ComponentStatus, Incident, LocalText, StatusComponent } from '@clew/contract/status'
import type { Locale } from '@clew/i18n'
import type { ShapeName } from '@clew/ui/marks'
import type { Tone } from '../../app/ui/status.tsx'

export const componentStatuses: readonly ComponentStatus[] = [
  'operational',
  'degraded_performance',
  'partial_outage',
  'major_outage',
  'under_maintenance',
]

type Look = { shape: ShapeName & Tone; tone: Tone }
const look = (name: ShapeName & Tone): Look => ({ shape: name, tone: name })

/** State is a shape and a colour beside its word. */
export const looks: Readonly<Record<ComponentStatus, Look>> = {
  operational: look('ok'),
  degraded_performance: look('degraded'),
  partial_outage: look('partial'),
  major_outage: look('major'),
  under_maintenance: look('maintenance'),
}

/** The text in the reader's language, or in the one that it has. */
export const textIn = (text: LocalText, locale: Locale): string => text[locale] || text[locale === 'en' ? 'el' : 'en']

export const isWritten = ({ en, el }: LocalText): boolean => en.trim() !== '' || el.trim() !== ''

export const partsOf = (components: readonly StatusComponent[]): StatusComponent[] =>
  components.filter(({ isGroup }) => !isGroup)

/** The worst of the components that an incident names; by its impact when it names none. */
export function lookOf({ components, impact }: Pick<Incident, 'components' | 'impact'>): Look {
  const worst = worstStatus(components.map(({ status }) => status))
  if (worst !== 'operational') return looks[worst]
  return look(({ none: 'degraded', minor: 'degraded', major: 'partial', critical: 'major' } as const)[impact])
}

/** What is hurt, with one component put into another state; none takes it off the list. */
export const withAffected = (
  all: readonly AffectedComponent[],
  componentId: AffectedComponent['componentId'],
  status: ComponentStatus | undefined,
): AffectedComponent[] => [
  ...all.filter((each) => each.componentId !== componentId),
  ...(status === undefined ? [] : [{ componentId, status }]),
]

/** What a field of words separated by commas means. */
export const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')

/** The value of a `datetime-local` field as an instant; the person means their own clock. */
export function instantOf(local: string): string | undefined {
  const at = new Date(local)
  return local === '' || Number.isNaN(at.getTime()) ? undefined : at.toISOString()
}

/** The same the other way round, to the minute. */
export function localOf(instant: string): string {
  const at = new Date(instant)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`
}
