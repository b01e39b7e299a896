import type { SignInStep } from '@clew/contract/sign-in'
import { createStore } from '../store.ts'

/** What the entrance has to ask next, when somebody comes to it from within. */
export const openStep = createStore<SignInStep | undefined>(undefined)
