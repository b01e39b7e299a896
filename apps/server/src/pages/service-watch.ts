import { worstStatus } from '@clew/contract/component-severity'
import type { Locale } from '@clew/contract/primitives'
import type { ComponentStatus, LocalText } from '@clew/contract/status'
import { type ComponentState, worstState } from '@clew/site'
import { type ComponentRow, type StatusSnapshot, stateOf, textIn } from '../domains/status/index.ts'
import type { Clock } from '../platform/clock.ts'
import type { Health } from './parts.ts'
import { pageWords } from './words.ts'

export type ServiceState = {
  checkedAt: Date
  components: readonly Component[]
  worst: ComponentState
  /** Whether what this process measured of itself is as it should be. */
  isWell: boolean
  /** What the team says, with our own measure of the help centre. */
  snapshot: StatusSnapshot
}
export type Component = {
  id: string
  state: ComponentState
  names: Readonly<Record<Locale, string>>
  descriptions?: Readonly<Record<Locale, string>>
  /** The names of the group that it belongs to. */
  group?: Readonly<Record<Locale, string>> | undefined
}

/** What works now, looked at when somebody wants to know, and not more often than is useful. */
export type ServiceWatch = {
  /** Looks if the last look is older than a few seconds. */
  check(): Promise<ServiceState>
  /** The last look at once; a new one is begun when it is old. Waits only for the very first. */
  recent(): Promise<ServiceState>
}

const freshMs = 10_000
const patienceMs = 3_000

type Measured = { checkedAt: Date; health: Health }

export function createServiceWatch({
  health,
  status,
  clock,
}: {
  health(): Promise<Health>
  status: { current(): StatusSnapshot }
  clock: Clock
}): ServiceWatch {
  let last: Measured | undefined
  let looking: Promise<Measured> | undefined
  const withTold = (measured: Measured): ServiceState => stateNow(measured, status.current())
  const isFresh = (): boolean => last !== undefined && clock.now().getTime() - last.checkedAt.getTime() < freshMs

  const look = (): Promise<Measured> => {
    looking ??= inTime(health())
      .then((found) => {
        last = { health: found, checkedAt: clock.now() }
        return last
      })
      .finally(() => {
        looking = undefined
      })
    return looking
  }
  return {
    check: async () => withTold(last !== undefined && isFresh() ? last : await look()),
    recent: async () => {
      if (last === undefined) return withTold(await look())
      if (!isFresh()) void look()
      return withTold(last)
    },
  }
}

/** What the team says of each component; of the help centre, what we measure ourselves where that is worse. */
function stateNow({ health, checkedAt }: Measured, told: StatusSnapshot): ServiceState {
  const own: ComponentStatus = health.messages ? (health.files ? 'operational' : 'partial_outage') : 'major_outage'
  const snapshot = {
    ...told,
    components: told.components.map((each) =>
      each.slug === 'help_centre' ? { ...each, status: worstStatus([each.status, own]) } : each,
    ),
  }
  const kept = snapshot.components
    .filter(({ isGroup }) => !isGroup)
    .map((each) => keptComponent(each, snapshot.components))
  const components = kept.length > 0 ? kept : measuredComponents(health)
  return {
    checkedAt,
    components,
    worst: worstState(components.map(({ names, state }) => ({ name: names.en, state }))),
    isWell: own === 'operational',
    snapshot,
  }
}

function keptComponent(
  { slug, status, names, descriptions, groupId }: ComponentRow,
  all: readonly ComponentRow[],
): Component {
  const group = all.find(({ id }) => id === groupId)
  return {
    id: slug,
    state: stateOf(status),
    names: inBoth(names),
    descriptions: inBoth(descriptions),
    group: group && inBoth(group.names),
  }
}

const inBoth = (text: LocalText): Record<Locale, string> => ({
  en: textIn(text, 'en').text,
  el: textIn(text, 'el').text,
})

const measuredComponents = ({ messages, files }: Health): Component[] => [
  ownComponent('help_centre', true),
  ownComponent('messages', messages),
  ownComponent('files', files),
]

const ownComponent = (id: 'help_centre' | 'messages' | 'files', works: boolean): Component => ({
  id,
  state: works ? 'ok' : 'major',
  names: { en: pageWords.en(`pages.component_${id}`), el: pageWords.el(`pages.component_${id}`) },
})

/** What does not answer does not work. */
async function inTime(health: Promise<Health>): Promise<Health> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Health>((resolve) => {
    timer = setTimeout(() => resolve({ messages: false, files: false }), patienceMs)
  })
  try {
    return await Promise.race([health.catch(() => ({ messages: false, files: false })), late])
  } finally {
    clearTimeout(timer)
  }
}
