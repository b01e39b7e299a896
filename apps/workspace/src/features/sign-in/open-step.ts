import { openStep } from '../../app/sign-in/open-step.ts'

/** A step that is still to be taken, from changing over to another organisation. Taken once. */
export function takeOpenStep() {
  const step = openStep.get()
  openStep.set(undefined)
  return step
}
