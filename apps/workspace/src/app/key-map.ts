export const keyActions = {
  j: 'next',
  k: 'previous',
  r: 'reply',
  n: 'note',
  a: 'assign',
  A: 'assign_to_me',
  e: 'resolve',
  z: 'snooze',
  x: 'wrong_answer',
  '/': 'find_case',
  '?': 'sheet',
} as const
export type KeyAction = (typeof keyActions)[keyof typeof keyActions]

export type KeyPress = {
  readonly key: string
  readonly code: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  /** The key is being held down. */
  readonly repeat: boolean
}

export type KeyPlace = {
  /** Single letters can be switched off; the sheet stays within reach of its button. */
  readonly enabled: boolean
  readonly writing: boolean
  readonly overlay: boolean
}

/**
 * Which action a key press means here, if any. Alt, Ctrl and Meta belong to the browser and the keyboard layout. A key
 * that is held down goes on through a list and does everything else once.
 */
export function actionForKey(press: KeyPress, place: KeyPlace): KeyAction | undefined {
  if (!place.enabled || place.writing || place.overlay) return undefined
  if (press.altKey || press.ctrlKey || press.metaKey) return undefined
  const key = latinKey(press)
  const action = isMapped(key) ? keyActions[key] : undefined
  return press.repeat && action !== 'next' && action !== 'previous' ? undefined : action
}

const isMapped = (key: string): key is keyof typeof keyActions => Object.hasOwn(keyActions, key)

// On a Greek layout the key that says J types ξ: the place of the key decides, so no agent has to switch layouts.
function latinKey({ key, code, shiftKey }: KeyPress): string {
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  const typedLatin = /^[\x20-\x7e]$/.test(key)
  if (!typedLatin && letter !== undefined) return shiftKey ? letter : letter.toLowerCase()
  return key === ';' && code === 'Slash' && shiftKey ? '?' : key
}

/** True where letters are for writing. */
export function isWritingPlace(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
}
