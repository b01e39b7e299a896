import { ClewError, type Http } from '@clew/client/http'
import { createStore } from '../store.ts'

type Asking = { proved(): void; gaveUp(): void }

/** Somebody has to say again who they are; a dialog follows this. */
export const asking = createStore<Asking | undefined>(undefined)

let underway: Promise<boolean> | undefined

/** Several calls that are refused together ask once. */
function askForProof(): Promise<boolean> {
  underway ??= new Promise<boolean>((resolve) => {
    const end = (isProved: boolean) => {
      asking.set(undefined)
      underway = undefined
      resolve(isProved)
    }
    asking.set({ proved: () => end(true), gaveUp: () => end(false) })
  })
  return underway
}

const isNotFresh = (error: unknown): boolean => error instanceof ClewError && error.code === 'session.not_fresh'

/** Repeats by itself what was refused because who it is was proved too long ago, once it has been proved again. */
export function withProof(http: Http): Http {
  return {
    ...http,
    request: async <T>(...call: Parameters<Http['request']>): Promise<T> => {
      try {
        return await http.request<T>(...call)
      } catch (error) {
        if (!isNotFresh(error) || !(await askForProof())) throw error
        return http.request<T>(...call)
      }
    },
  }
}
