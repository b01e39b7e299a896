import type { Phase } from './entry.ts'

/** Colours and letters of a waterfall. */
export interface WaterfallTheme {
  readonly ground: string
  readonly quietGround: string
  readonly hover: string
  readonly selected: string
  readonly marked: string
  readonly ink: string
  readonly muted: string
  readonly accent: string
  readonly hair: string
  readonly edge: string
  readonly failing: string
  /** By rank: low, medium, high. */
  readonly severities: readonly [string, string, string]
  readonly phases: Readonly<Record<Phase, string>>
  readonly waitEdge: string
  readonly ready: string
  readonly loaded: string
  readonly mono: string
  readonly sans: string
}

/** Reads the theme from custom properties, named as the design tokens are. */
export function themeFrom(styles: Pick<CSSStyleDeclaration, 'getPropertyValue'>): WaterfallTheme {
  const read = (name: string, otherwise: string): string => styles.getPropertyValue(name).trim() || otherwise
  const edge = read('--edge', '#8a877d')
  const accent = read('--pine', '#0f5c4d')
  const failing = read('--major', '#b3261e')
  return {
    ground: read('--sheet', '#ffffff'),
    quietGround: read('--paper', '#faf7f0'),
    hover: read('--row', '#f3efe5'),
    selected: read('--pine-wash', '#e6efe9'),
    marked: read('--found', '#fdebd3'),
    ink: read('--ink', '#1d1f1e'),
    muted: read('--muted', '#5b5f5c'),
    accent,
    hair: read('--hair', '#ddd8cc'),
    edge,
    failing,
    severities: [read('--degraded', '#8a6100'), read('--partial', '#b34700'), failing],
    phases: {
      blocked: read('--phase-blocked', edge),
      dns: read('--phase-dns', edge),
      connect: read('--phase-connect', edge),
      ssl: read('--phase-ssl', edge),
      send: read('--phase-send', accent),
      wait: read('--phase-wait', '#a9c9bb'),
      receive: read('--phase-receive', '#2b5ca8'),
    },
    waitEdge: read('--phase-wait-edge', accent),
    ready: read('--maintenance', '#2b5ca8'),
    loaded: read('--partial', '#b34700'),
    mono: read('--font-mono', 'ui-monospace, monospace'),
    sans: read('--font-ui', 'system-ui, sans-serif'),
  }
}
