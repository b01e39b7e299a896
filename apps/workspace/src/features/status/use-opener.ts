import { type RefObject, useEffect, useRef, useState } from 'react'

/** A button that opens a form under it and gets the focus back when the form closes. */
export function useOpener() {
  const [isOpen, setIsOpen] = useState(false)
  const ref = useRef<HTMLButtonElement>(null)
  const close = () => {
    setIsOpen(false)
    ref.current?.focus()
  }
  return {
    isOpen,
    close,
    button: { ref, 'aria-expanded': isOpen, onClick: () => (isOpen ? close() : setIsOpen(true)) },
  }
}

/** The form that has just opened is where one writes next. */
export function useFirstField(): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector<HTMLElement>('input, select, textarea')?.focus(), [])
  return form
}
