/** What a plain `{name}` accepts: numbers are written in the reader's way. */
export type TextParam = string | number
export type ParamValue = TextParam | Date
