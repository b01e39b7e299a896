import { findMacros } from '@clew/client/macro-text'
import type { Macro, MacroList } from '@clew/contract/macros'
import { locales } from '@clew/i18n'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { ledgerClass, RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import text from '../../app/ui/text.module.css'
import { macrosQuery } from './api.ts'
import { MacroEditor } from './editor.tsx'
import styles from './screen.module.css'
import { MacroWords, useMacrosT } from './words.ts'

/** The replies that the team has saved. The address says which is open. */
export function MacrosScreen() {
  return (
    <main className={sheet.sheet} id="main">
      <MacroWords waiting={<Bones widths={[30, 60, 45]} />}>
        <Macros />
      </MacroWords>
    </main>
  )
}

function Macros() {
  const t = useMacrosT()
  const words = useT()
  const { data, error, refetch } = useQuery(macrosQuery)
  return (
    <div className={cx(ledgerClass, sheet.ledger)}>
      <RailRow as="header" className={sheet.head} margin={data?.macros.length}>
        <h1>{t('macros.title')}</h1>
        <p className={text.effect}>{data && t('macros.effect', { count: data.macros.length })}</p>
        {data?.mayEdit === false && <p className={controls.hint}>{t('macros.read_only')}</p>}
      </RailRow>
      {data === undefined && (
        <RailRow className={sheet.part}>
          {error === null ? (
            <Bones widths={[60, 45, 50]} />
          ) : (
            <>
              <p role="alert">{errorText(words, error)}</p>
              <button type="button" className={controls.button} onClick={() => void refetch()}>
                {t('macros.try_again')}
              </button>
            </>
          )}
        </RailRow>
      )}
      {data !== undefined && <Parts list={data} />}
    </div>
  )
}

function Parts({ list }: { list: MacroList }) {
  const t = useMacrosT()
  const navigate = useNavigate()
  const { macro: open } = useSearch({ strict: false })
  const macro = list.macros.find(({ id }) => id === open)
  const isNew = open === 'new' && list.mayEdit
  // What was saved or deleted here asks nobody whether to leave.
  const show = (id: string | undefined) =>
    void navigate({ to: '/settings/macros', search: id === undefined ? {} : { macro: id }, ignoreBlocker: true })
  return (
    <RailRow className={sheet.part}>
      <div className={styles.split} data-open={open !== undefined || undefined}>
        <List list={list} open={open} />
        <div className={styles.open}>
          {open !== undefined && (
            <Link className={styles.back} to="/settings/macros" search={{}}>
              {t('macros.back')}
            </Link>
          )}
          {macro !== undefined && <Changed macro={macro} />}
          {macro !== undefined || isNew ? (
            <MacroEditor
              key={open}
              macro={macro}
              mayEdit={list.mayEdit}
              onSaved={({ id }) => show(id)}
              onGone={() => show(undefined)}
            />
          ) : (
            <p className={controls.hint}>{t(open === undefined ? 'macros.choose' : 'macros.gone')}</p>
          )}
        </div>
      </div>
    </RailRow>
  )
}

function Changed({ macro: { changedAt, changedBy } }: { macro: Macro }) {
  const t = useMacrosT()
  const said =
    changedBy === undefined
      ? t('macros.came')
      : t('macros.changed', { name: changedBy, at: t.format.date(changedAt, { dateStyle: 'medium' }) })
  return <p className={controls.hint}>{said}</p>
}

function List({ list: { macros, mayEdit }, open }: { list: MacroList; open: string | undefined }) {
  const t = useMacrosT()
  const [words, setWords] = useState('')
  const found = findMacros(macros, words)
  return (
    <nav className={styles.list} aria-label={t('macros.list')}>
      {mayEdit && (
        <Link className={controls.button} to="/settings/macros" search={{ macro: 'new' }}>
          {t('macros.new')}
        </Link>
      )}
      <input
        type="search"
        className={controls.field}
        aria-label={t('macros.find')}
        placeholder={t('macros.find')}
        maxLength={80}
        value={words}
        onChange={({ target }) => setWords(target.value)}
        onKeyDown={({ key }) => key === 'Escape' && setWords('')}
      />
      <p className={text.hidden} role="status">
        {words !== '' && t('macros.found', { count: found.length })}
      </p>
      {macros.length > 0 && found.length === 0 && <p className={controls.hint}>{t('macros.none_found', { words })}</p>}
      <ul>
        {found.map((macro) => (
          <li key={macro.id}>
            <Link
              to="/settings/macros"
              search={{ macro: macro.id }}
              className={styles.row}
              aria-current={macro.id === open ? 'page' : undefined}
            >
              {macro.name}
              <span className={controls.hint}>
                {locales.filter((each) => macro.bodies[each] !== undefined).join(' · ')}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
