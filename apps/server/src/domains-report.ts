import type { House } from './compose.ts'

/** Who is there, lowest first; with events, who listens to what. */
export function domainsReport(house: Pick<House, 'domains' | 'subscribers'>, withEvents: boolean): string[] {
  const rooms = house.domains.map(
    ({ name, routes = [], jobs = [] }) => `${name}: ${routes.length} routes, ${jobs.length} jobs`,
  )
  if (!withEvents) return rooms
  const listeners = new Map<string, string[]>()
  for (const { on, name } of house.subscribers) listeners.set(on, [...(listeners.get(on) ?? []), name])
  const pushed = new Set(house.domains.flatMap(({ realtime = [] }) => realtime.map(({ on }) => on)))
  const names = [...new Set([...listeners.keys(), ...pushed])].sort()
  const events = names.map((event) => {
    const heard = [...(listeners.get(event) ?? []), ...(pushed.has(event as never) ? ['realtime'] : [])]
    return `${event} → ${heard.join(', ')}`
  })
  return [...rooms, '', ...events]
}
