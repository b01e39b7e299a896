export type { Catalogue, Message, MessageKey, Namespace, ParamsOf } from './catalogue.ts'
export { createFormat, type Format } from './format.ts'
export {
  defaultLocale,
  isLocale,
  type Locale,
  languageTag,
  locales,
  negotiateLocale,
  terminalLocale,
} from './locale.ts'
export type { ParamValue, TextParam } from './params.ts'
export { fill, slot } from './slots.ts'
export { createT, type Reader, type T } from './translate.ts'
