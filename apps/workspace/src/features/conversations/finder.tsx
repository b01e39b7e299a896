import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useT } from '../../app/i18n.tsx'
import { focusMain } from '../../app/keep-focus.ts'
import { useKeys } from '../../app/keys.tsx'
import { foundQuery } from '../../app/queries.ts'
import { createStore, usePart } from '../../app/store.ts'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import styles from './finder.module.css'

/** What is looked for, until it is taken back or another list is chosen: opening what was found leaves it there. */
const sought = createStore({ words: '', over: '' })

const useWords = (over: string): string => usePart(sought, (all) => (all.over === over ? all.words : ''))

/** What was found in place of the list that has this name; undefined where nothing is looked for. */
export function useFound(over: string) {
  const words = useWords(over).trim()
  const q = useSettled(words)
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...foundQuery(q),
    enabled: q !== '',
    placeholderData: (before) => before,
  })
  if (q === '') return undefined
  const isAnswer = q === words && data !== undefined && !isPlaceholderData
  return { q, conversations: data, error, first: isAnswer ? data[0]?.id : undefined, again: () => void refetch() }
}

const pauseMs = 250

/** The words once the hand rests; none at once. */
function useSettled(words: string): string {
  const [settled, setSettled] = useState(words)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(words), pauseMs)
    return () => clearTimeout(timer)
  }, [words])
  return words === '' ? '' : settled
}

type FinderProps = {
  /** The list in whose place it is shown. */
  over: string
  /** The first that was found for just these words. */
  first: string | undefined
  onOpen(id: string): void
}

/** `/` leads here, Enter opens the first that is found, Esc gives the list back. */
export function Finder({ over, first, onOpen }: FinderProps) {
  const t = useT()
  const words = useWords(over)
  const field = useRef<HTMLInputElement>(null)
  const [isWanted, setWanted] = useState(false)
  useEffect(() => {
    if (!isWanted || first === undefined) return
    setWanted(false)
    focusMain()
    onOpen(first)
  }, [isWanted, first, onOpen])
  useKeys({
    find_case() {
      field.current?.focus()
      field.current?.select()
    },
  })
  return (
    <search className={styles.finder}>
      <input
        ref={field}
        type="search"
        className={cx(controls.field, styles.field)}
        value={words}
        maxLength={200}
        aria-label={t('workspace.find')}
        placeholder={t('workspace.find_placeholder')}
        aria-keyshortcuts="/"
        onChange={({ target }) => {
          setWanted(false)
          sought.set({ words: target.value, over })
        }}
        onKeyDown={({ key }) => {
          if (key === 'Enter') setWanted(words.trim() !== '')
          if (key !== 'Escape') return
          setWanted(false)
          sought.set({ words: '', over })
          field.current?.blur()
        }}
      />
    </search>
  )
}
