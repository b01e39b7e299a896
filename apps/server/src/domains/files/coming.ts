import { AppError } from '../../platform/app-error.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { maxComing } from './model.uploads.ts'
import { authorizeResumable } from './policy.ts'

const retryAfterSeconds = 5

/** Pieces that are coming to this process, counted by contact: many slow ones at once would fill its memory. */
export class Coming {
  readonly #counts = new Map<string, number>()

  async take<T>(ctx: Ctx, work: () => Promise<T>): Promise<T> {
    const id = authorizeResumable(ctx.actor)
    if (this.#count(id, 1) > maxComing) {
      this.#count(id, -1)
      throw new AppError('rate.limited', { retryAfterSeconds })
    }
    try {
      return await work()
    } finally {
      this.#count(id, -1)
    }
  }

  #count(id: string, change: 1 | -1): number {
    const count = (this.#counts.get(id) ?? 0) + change
    if (count === 0) this.#counts.delete(id)
    else this.#counts.set(id, count)
    return count
  }
}
