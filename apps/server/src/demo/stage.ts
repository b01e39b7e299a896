import type { EventName, EventPayload } from '@clew/contract/events'
import type { Locale } from '@clew/contract/primitives'
import type { Clew } from '../clew.ts'
import type { House } from '../compose.ts'
import type { Actor } from '../platform/actor.ts'
import { actingAs, createCtx, type TxCtx, within } from '../platform/ctx.ts'
import { concerns } from '../platform/dispatcher.ts'
import type { SettableClock } from './clock.ts'

type Heard = { name: EventName; payload: EventPayload<EventName> }

/** How long the product takes to react to what happened. */
const reactionMs = 2_500

/**
 * One conversation of the past, in one transaction: all of it is there or nothing. The rooms that listen are told in
 * it too, at the time of the play. The dispatcher tells them again afterwards, and finds that all was done.
 */
export class Stage {
  readonly clock: SettableClock
  readonly #house: House
  readonly #tx: TxCtx
  readonly #heard: Heard[] = []

  private constructor(parts: { house: House; tx: TxCtx; clock: SettableClock }) {
    this.#house = parts.house
    this.clock = parts.clock
    this.#tx = this.#listening(parts.tx)
  }

  static async play(
    clew: Clew,
    about: { clock: SettableClock; start: number; locale: Locale },
    work: (stage: Stage) => Promise<void>,
  ): Promise<void> {
    const { clock, start, locale } = about
    const actor: Actor = { type: 'system', job: 'demo' }
    const parts = { actor, organisationId: undefined, locale, requestId: 'job:demo', clock }
    await createCtx(clew.database, parts).transaction((tx) => {
      // Here, since a transaction that lost a race is begun again.
      clock.set(start)
      return work(new Stage({ house: clew.house, tx, clock }))
    })
  }

  as(actor: Actor): TxCtx {
    return actingAs(this.#tx, actor)
  }

  asSystem(job: string): TxCtx {
    return this.as({ type: 'system', job })
  }

  get storage(): House['storage'] {
    return this.#house.storage
  }

  /** Lets the rooms react to what happened, and to each other, until nothing is left to react to. */
  async react(): Promise<void> {
    for (let event = this.#heard.shift(); event; event = this.#heard.shift()) {
      this.clock.advance(reactionMs)
      for (const each of this.#house.subscribers)
        if (concerns(each, event)) await each.run(this.asSystem(each.name), event.payload as never)
    }
  }

  /** Does a job of the house now rather than when its worker comes to it. */
  async run(name: string, input: object): Promise<void> {
    const found = this.#house.jobs.find((each) => each.name === name)
    if (!found) throw new Error(`there is no job ${name}`)
    await found.run(this.asSystem(name), input as never)
  }

  #listening(tx: TxCtx): TxCtx {
    const listening: TxCtx = {
      ...tx,
      transaction: (work) => work(within(listening)),
      emit: (name, payload) => {
        tx.emit(name, payload)
        this.#heard.push({ name, payload })
      },
    }
    return listening
  }
}
