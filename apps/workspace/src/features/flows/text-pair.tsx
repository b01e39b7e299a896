import type { FlowLocale, LocalText } from '@clew/flows/flow'
import { placeholderNames } from '@clew/flows/placeholders'
import { useId, useRef } from 'react'
import controls from '../../app/ui/controls.module.css'
import { getAt, type Path } from './document.ts'
import { FaultLines, useEditor, useFaults } from './editor-context.tsx'
import styles from './fields.module.css'
import { useFlowsT } from './words.ts'

type PairProps = {
  label: string
  path: Path
  max: number
  isLong?: boolean
  isOptional?: boolean
  hint?: string
}

const locales = ['en', 'el'] as const
const otherOf = { en: 'el', el: 'en' } as const

/** One text in both languages, side by side. */
export function TextPair({ label, path, max, isLong = false, isOptional = false, hint }: PairProps) {
  const t = useFlowsT()
  const id = useId()
  const { flow, dispatch, mayEdit } = useEditor()
  const value = (getAt(flow, path) ?? { en: '', el: '' }) as LocalText
  const cursor = useRef<{ locale: FlowLocale; at: number }>({ locale: t.locale, at: 0 })
  const faults = useFaults(path)
  const write = (locale: FlowLocale, text: string, typing = false) => {
    const whole = { ...value, [locale]: text }
    const isNothing = isOptional && whole.en === '' && whole.el === ''
    const isWhole = isNothing || getAt(flow, path) === undefined
    if (isWhole) dispatch({ type: 'set', path, value: isNothing ? undefined : whole, typing })
    else dispatch({ type: 'set', path: [...path, locale], value: text, typing })
  }
  const insert = (name: string) => {
    const { locale, at } = cursor.current
    const text = value[locale]
    const put = `{${name}}`
    cursor.current = { locale, at: at + put.length }
    write(locale, `${text.slice(0, at)}${put}${text.slice(at)}`)
  }
  return (
    <fieldset className={styles.pair} aria-describedby={`${id}-fault`}>
      <legend className={controls.label}>{label}</legend>
      {hint !== undefined && <p className={controls.hint}>{hint}</p>}
      <div className={styles.languages}>
        {locales.map((locale) => (
          <OneLanguage
            key={locale}
            {...{ locale, value, max, isLong, mayEdit, label }}
            path={[...path, locale]}
            onWrite={(text) => write(locale, text, true)}
            onCopy={() => write(locale, value[otherOf[locale]])}
            onCursor={(at) => {
              cursor.current = { locale, at }
            }}
          />
        ))}
      </div>
      <FaultLines id={`${id}-fault`} faults={faults} />
      {isLong && mayEdit && <Chips onInsert={insert} />}
    </fieldset>
  )
}

type LanguageProps = {
  locale: FlowLocale
  label: string
  value: LocalText
  path: Path
  max: number
  isLong: boolean
  mayEdit: boolean
  onWrite(text: string): void
  onCopy(): void
  onCursor(at: number): void
}

function OneLanguage({ locale, label, value, path, max, isLong, mayEdit, onWrite, onCopy, onCursor }: LanguageProps) {
  const t = useFlowsT()
  const id = useId()
  const faults = useFaults(path)
  const other = otherOf[locale]
  const shared = {
    id,
    lang: locale,
    className: controls.field,
    value: value[locale],
    maxLength: max,
    readOnly: !mayEdit,
    'aria-invalid': faults.length > 0 || undefined,
    'aria-describedby': `${id}-fault`,
    'aria-label': `${label} (${t(`flows.in_${locale}`)})`,
  }
  const onSelect = ({ currentTarget }: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) =>
    onCursor(currentTarget.selectionStart ?? currentTarget.value.length)
  return (
    <div className={styles.language}>
      <span className={styles.tongue}>
        {t(`flows.in_${locale}`)}
        {mayEdit && value[locale] === '' && value[other] !== '' && (
          <button type="button" className={controls.link} onClick={onCopy}>
            {t(`flows.copy_from_${other}`)}
          </button>
        )}
      </span>
      {isLong ? (
        <textarea {...shared} rows={4} onSelect={onSelect} onChange={({ target }) => onWrite(target.value)} />
      ) : (
        <input {...shared} autoComplete="off" onSelect={onSelect} onChange={({ target }) => onWrite(target.value)} />
      )}
      <FaultLines id={`${id}-fault`} faults={faults} />
    </div>
  )
}

/** What a text may name; pressed, it stands where one was writing. */
function Chips({ onInsert }: { onInsert(name: string): void }) {
  const t = useFlowsT()
  return (
    <details className={styles.details}>
      <summary>{t('flows.insert')}</summary>
      <ul className={styles.chips}>
        {placeholderNames.map((name) => (
          <li key={name}>
            <button type="button" className={styles.chip} onClick={() => onInsert(name)}>
              {t(`flows.placeholder_${snake(name)}`)}
            </button>
          </li>
        ))}
      </ul>
    </details>
  )
}

type Snake<S extends string> = S extends `${infer A}Limit`
  ? `${A}_limit`
  : S extends `${infer A}Name`
    ? `${A}_name`
    : S extends `${infer A}Size`
      ? `${A}_size`
      : S extends `${infer A}Host`
        ? `${A}_host`
        : S extends `${infer A}Email`
          ? `${A}_email`
          : S extends `${infer A}Url`
            ? `${A}_url`
            : S extends `${infer A}Update`
              ? `${A}_update`
              : S

const snake = <S extends string>(name: S): Snake<S> =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) as Snake<S>
