import type { Format } from './format.ts'
import type { MessageParams } from './generated/keys.ts'

export type Namespace = keyof MessageParams
export type MessageKey<N extends Namespace = Namespace> = N extends Namespace ? keyof MessageParams[N] & string : never

/** The parameters of a message, or undefined when it takes none. */
export type ParamsOf<N extends Namespace, K> = N extends Namespace
  ? K extends keyof MessageParams[N]
    ? MessageParams[N][K]
    : never
  : never

export type Message<P> = P extends undefined ? string : (params: P, format: Format) => string

/** One namespace in one language, as the build writes it. */
export type Catalogue<N extends Namespace> = {
  readonly namespace: N
  readonly messages: { readonly [K in keyof MessageParams[N]]: Message<MessageParams[N][K]> }
}
