/** An accent colour for one theme: itself, what is written on it, and the wash behind what it marks. */
export type AccentTones = { accent: string; ink: string; wash: string }

export type Accent = {
  light: AccentTones
  dark: AccentTones
  /** Themes in which the colour as it was chosen would be too faint, and so was moved. */
  adjusted: readonly ('light' | 'dark')[]
}

type Rgb = readonly [number, number, number]

// The grounds that the accent stands on, from the tokens. What holds on the paler one holds on the other.
const grounds = {
  light: { colours: ['#faf7f0', '#ffffff', '#f3efe5'], ink: '#ffffff', wash: 0.1 },
  dark: { colours: ['#131615', '#1a1e1c', '#1f2422'], ink: '#0d1513', wash: 0.16 },
} as const

/** Paper and letters of the themes, for a picture of one inside the other. */
export const themeGrounds = {
  light: { paper: '#faf7f0', ink: '#1d1f1e', muted: '#5b5f5c' },
  dark: { paper: '#131615', ink: '#eceae3', muted: '#a3a79f' },
} as const

/** WCAG 2.2, 1.4.3: text of any size. */
const least = 4.5

/**
 * The chosen colour as it can be used in both themes. Where it would be too faint it is made darker (light theme) or
 * lighter (dark theme), as little as needed, with the same hue.
 */
export function accentOf(colour: string): Accent {
  const light = tonesIn('light', colour)
  const dark = tonesIn('dark', colour)
  return {
    light: light.tones,
    dark: dark.tones,
    adjusted: [...(light.isAdjusted ? (['light'] as const) : []), ...(dark.isAdjusted ? (['dark'] as const) : [])],
  }
}

/** How far two colours stand apart, from 1 to 21 (WCAG 2.2). */
export function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(rgbOf(a)), luminance(rgbOf(b))].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

function tonesIn(theme: keyof typeof grounds, colour: string): { tones: AccentTones; isAdjusted: boolean } {
  const { colours, ink, wash } = grounds[theme]
  const towards = theme === 'light' ? '#000000' : '#ffffff'
  const works = (candidate: string): boolean =>
    [...colours, ink].every((ground) => contrast(candidate, ground) >= least)
  for (let step = 0; step <= 100; step += 1) {
    const accent = mixed(colour, towards, step / 100)
    if (works(accent)) return { tones: { accent, ink, wash: mixed(colours[1], accent, wash) }, isAdjusted: step > 0 }
  }
  return { tones: { accent: towards, ink, wash: mixed(colours[1], towards, wash) }, isAdjusted: true }
}

function mixed(from: string, to: string, share: number): string {
  const [a, b] = [rgbOf(from), rgbOf(to)]
  return `#${a.map((value, index) => hex(value + ((b[index] ?? 0) - value) * share)).join('')}`
}

const hex = (value: number): string => Math.round(value).toString(16).padStart(2, '0')

const rgbOf = (colour: string): Rgb => [
  Number.parseInt(colour.slice(1, 3), 16),
  Number.parseInt(colour.slice(3, 5), 16),
  Number.parseInt(colour.slice(5, 7), 16),
]

function luminance([red, green, blue]: Rgb): number {
  const [r, g, b] = [red, green, blue].map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0)
}
