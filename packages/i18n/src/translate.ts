import type { Catalogue, Message, MessageKey, Namespace, ParamsOf } from './catalogue.ts'
import { createFormat, type Format } from './format.ts'
import type { Locale } from './locale.ts'
import type { ParamValue } from './params.ts'

type Args<N extends Namespace, K> = ParamsOf<N, K> extends undefined ? [] : [params: ParamsOf<N, K>]

export type T<N extends Namespace> = {
  /** The message, with its parameters checked by the compiler. */
  <K extends MessageKey<N>>(key: K, ...args: Args<N, K>): string
  /** The message for a key that came over the wire, such as an error code; undefined when there is none. */
  find(key: string, params?: Readonly<Record<string, ParamValue>>): string | undefined
  readonly locale: Locale
  readonly format: Format
}

export type Reader = { locale: Locale; timeZone?: string }

/** A translator over exactly the catalogues given, so that a bundle holds no other. */
export function createT<N extends Namespace>(reader: Locale | Reader, ...catalogues: readonly Catalogue<N>[]): T<N> {
  const { locale, timeZone } = typeof reader === 'string' ? { locale: reader } : { timeZone: undefined, ...reader }
  const format = createFormat(locale, timeZone)
  const messages = new Map(catalogues.flatMap(entriesOf))

  const find = (key: string, params: Readonly<Record<string, ParamValue>> = {}): string | undefined => {
    const message = messages.get(key)
    return typeof message === 'function' ? message(params, format) : message
  }
  const translate = (key: string, params?: Readonly<Record<string, ParamValue>>): string => find(key, params) ?? key
  return Object.assign(translate, { find, locale, format }) as T<N>
}

// By key alone the parameters' types are out of sight; `Args` has checked them where the key was written.
const entriesOf = (catalogue: { messages: object }) =>
  Object.entries(catalogue.messages) as [string, Message<undefined> | Message<Readonly<Record<string, ParamValue>>>][]
