import type { ModelUsage } from './types.ts'

const charactersOfToken = 3

/**
 * Counts tokens. What the provider does not report, because it cannot or because the call broke off, is estimated on
 * the high side from what went over the wire: it is paid for all the same.
 */
export class Meter {
  readonly #total: ModelUsage = { inputTokens: 0, outputTokens: 0, calls: 0 }
  #sent = 0
  #received = 0

  sending(body: unknown): void {
    this.#settle()
    this.#total.calls += 1
    this.#sent = JSON.stringify(body).length
  }

  receiving(text: string): void {
    this.#received += text.length
  }

  reported(usage: { inputTokens: number | undefined; outputTokens: number | undefined }): void {
    this.#total.inputTokens += usage.inputTokens ?? tokensOf(this.#sent)
    this.#total.outputTokens += usage.outputTokens ?? tokensOf(this.#received)
    this.#sent = 0
    this.#received = 0
  }

  get outputTokens(): number {
    return this.#total.outputTokens + tokensOf(this.#received)
  }

  usage(): ModelUsage {
    this.#settle()
    return { ...this.#total }
  }

  #settle(): void {
    if (this.#sent > 0 || this.#received > 0) this.reported({ inputTokens: undefined, outputTokens: undefined })
  }
}

const tokensOf = (characters: number): number => Math.ceil(characters / charactersOfToken)
