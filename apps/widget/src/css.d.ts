/** The build inlines a style sheet as text, for `adoptedStyleSheets`. */
declare module '*.css' {
  export const css: string
}
