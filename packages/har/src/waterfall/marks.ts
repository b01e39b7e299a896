import type { Waterfall } from './model.ts'
import type { WaterfallTheme } from './theme.ts'

/** A moment that is drawn through all rows. */
export interface TimeMark {
  readonly kind: 'page' | 'ready' | 'loaded' | 'break'
  readonly ms: number
  readonly title: string
}

export function marksOf({ pages, breakMs }: Waterfall): TimeMark[] {
  const ofPages = pages.flatMap(({ title, startMs, contentLoadedMs, loadedMs }): TimeMark[] => [
    // The first page begins with the capture: a line there would say nothing.
    ...(startMs > 0 ? [{ kind: 'page', ms: startMs, title } as const] : []),
    ...(contentLoadedMs === undefined ? [] : [{ kind: 'ready', ms: contentLoadedMs, title } as const]),
    ...(loadedMs === undefined ? [] : [{ kind: 'loaded', ms: loadedMs, title } as const]),
  ])
  return breakMs === undefined ? ofPages : [...ofPages, { kind: 'break', ms: breakMs, title: '' }]
}

export function colourOfMark(kind: TimeMark['kind'], theme: WaterfallTheme): string {
  const colours: Readonly<Record<TimeMark['kind'], string>> = {
    page: theme.muted,
    ready: theme.ready,
    loaded: theme.loaded,
    break: theme.failing,
  }
  return colours[kind]
}

/** Lines differ in their dashes too. */
export const dashesOfMark: Readonly<Record<TimeMark['kind'], readonly number[]>> = {
  page: [6, 3],
  ready: [],
  loaded: [],
  break: [2, 2],
}
