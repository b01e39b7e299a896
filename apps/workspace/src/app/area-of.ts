export type Area = 'inbox' | 'status' | 'flows' | 'assistant' | 'office'

const areas: readonly (readonly [Area, RegExp])[] = [
  ['inbox', /^\/(c\/|$)/],
  ['status', /^\/status\/?$/],
  ['flows', /^\/flows(\/|$)/],
  ['assistant', /^\/assistant\//],
  ['office', /^\/(console|settings)\//],
]

/** The area that a path of the workspace lies in, such as `/c/1`; an address that leads nowhere lies in none. */
export const areaOf = (path: string): Area | undefined => areas.find(([, shape]) => shape.test(path))?.[0]
