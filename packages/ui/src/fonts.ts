export interface FontFile {
  /** Where npm puts it. */
  readonly from: string
  /** The name that fonts.css asks for, beside the built style sheet. */
  readonly file: string
  readonly script: 'latin' | 'greek'
  /** Worth a preload: used above the fold on every page. */
  readonly early: boolean
}

const family = (name: string, early: boolean): FontFile[] =>
  (['latin', 'greek'] as const).map((script) => {
    const file = `${name}-${script}-wght-normal.woff2`
    return { from: `@fontsource-variable/${name}/files/${file}`, file, script, early }
  })

/** The woff2 files that a build copies; fonts.css names each of them as `./fonts/<file>`. */
export const fontFiles: readonly FontFile[] = [
  ...family('commissioner', true),
  ...family('literata', true),
  ...family('jetbrains-mono', false),
]
