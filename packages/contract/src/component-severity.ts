// No schema here: the workspace uses this by value, and must not load a schema library for it.

/** The states of a component, the worst last. */
export const componentStatuses = [
  'operational',
  'under_maintenance',
  'degraded_performance',
  'partial_outage',
  'major_outage',
] as const

type Status = (typeof componentStatuses)[number]

/** The worst of them; of none, that everything works. */
export const worstStatus = (statuses: readonly Status[]): Status =>
  componentStatuses[Math.max(0, ...statuses.map((status) => componentStatuses.indexOf(status)))] ?? 'operational'
