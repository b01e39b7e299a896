import { ownCopy } from '@clew/redact'
import type { RemovalKind } from './types.ts'

const MAX_PLACEHOLDERS = 8_000
/** Longer texts are not remembered. */
export const MAX_PLACEHOLDER_VALUE = 512

interface Known {
  kind: RemovalKind
  placeholder: string
}

/** What stands for a secret, by label and value: the same cookie comes with every entry. */
export class Placeholders {
  readonly #placeholderOf: (label: string, value: string) => string
  readonly #known = new Map<string, Map<string, Known>>()

  constructor(placeholderOf: (label: string, value: string) => string) {
    this.#placeholderOf = placeholderOf
  }

  known(kind: RemovalKind, label: string, value: string): string | undefined {
    const found = this.#known.get(label)?.get(value)
    return found?.kind === kind ? found.placeholder : undefined
  }

  add(kind: RemovalKind, label: string, value: string): string {
    const placeholder = this.#placeholderOf(label, value)
    let ofLabel = this.#known.get(label)
    if (ofLabel === undefined) this.#known.set(label, (ofLabel = new Map()))
    if (ofLabel.size >= MAX_PLACEHOLDERS) ofLabel.clear()
    if (value.length <= MAX_PLACEHOLDER_VALUE) ofLabel.set(ownCopy(value), { kind, placeholder })
    return placeholder
  }
}

/** `[string, 42 chars]`, of which there are few for each label. */
export class Denials {
  readonly #known = new Map<string, string[]>()

  of(label: string, length: number): string {
    let ofLabel = this.#known.get(label)
    if (ofLabel === undefined) this.#known.set(label, (ofLabel = []))
    const known = ofLabel[length]
    if (known !== undefined) return known
    const text = `[${label}, ${length} chars]`
    if (length <= MAX_PLACEHOLDER_VALUE) ofLabel[length] = text
    return text
  }
}
