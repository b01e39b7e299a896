import type { Conversation } from '@clew/contract/conversations'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { shortMoment, useNow } from '../../app/times.ts'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { MaskedText } from '../../app/ui/masked-text.tsx'
import { ledgerClass, RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { Status } from '../../app/ui/status.tsx'
import text from '../../app/ui/text.module.css'
import { type CaseState, casesQuery } from './api.ts'
import styles from './cases.module.css'
import { OpenCase } from './open-case.tsx'
import { CasesWords, useCasesT } from './words.ts'

/** What the people of an organisation have asked: how it stands, and what was said. */
export function Screen() {
  return (
    <main className={sheet.sheet} id="main">
      <CasesWords waiting={<Bones widths={[40, 60]} />}>
        <Cases />
      </CasesWords>
    </main>
  )
}

const states: readonly CaseState[] = ['open', 'resolved', 'all']

function Cases() {
  const t = useCasesT()
  const [state, setState] = useState<CaseState>('open')
  const [openId, setOpenId] = useState<string>()
  const query = useInfiniteQuery(casesQuery(state))
  const counts = query.data?.pages[0]?.counts
  const cases = query.data?.pages.flatMap((page) => page.cases)
  const isNew = counts !== undefined && counts.open + counts.resolved === 0
  return (
    <div className={cx(ledgerClass, sheet.ledger)}>
      <RailRow as="header" className={sheet.head} margin={counts?.open}>
        <h1>{t('our-cases.title')}</h1>
        <p className={text.effect}>{counts === undefined ? t('our-cases.loading') : t('our-cases.effect', counts)}</p>
      </RailRow>
      {!isNew && <States counts={counts} state={state} onChoose={setState} />}
      <Standing query={query} state={isNew ? 'all' : state} count={cases?.length} />
      <ul className={styles.list} aria-label={t('our-cases.title')}>
        {cases?.map((each) => (
          <CaseRow
            key={each.id}
            conversation={each}
            isOpen={each.id === openId}
            onToggle={() => setOpenId(each.id === openId ? undefined : each.id)}
          />
        ))}
      </ul>
      {query.hasNextPage && (
        <RailRow className={sheet.part}>
          <button
            type="button"
            className={controls.button}
            disabled={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t('our-cases.more')}
          </button>
        </RailRow>
      )}
    </div>
  )
}

type StandingProps = {
  query: { error: Error | null; refetch(): unknown }
  state: CaseState
  count: number | undefined
}

/** What there is to say while there is no list. */
function Standing({ query: { error, refetch }, state, count }: StandingProps) {
  const t = useCasesT()
  const shell = useT()
  if (error !== null)
    return (
      <RailRow className={sheet.part}>
        <p role="alert">{errorText(shell, error)}</p>
        <button type="button" className={controls.button} onClick={() => void refetch()}>
          {t('our-cases.try_again')}
        </button>
      </RailRow>
    )
  if (count === undefined)
    return (
      <RailRow className={sheet.part}>
        <Bones widths={[55, 48, 62]} />
      </RailRow>
    )
  if (count > 0) return null
  return (
    <RailRow className={sheet.part}>
      <p>{t(`our-cases.none_${state}`)}</p>
      <p className={controls.hint}>{t('our-cases.none_hint')}</p>
    </RailRow>
  )
}

type StatesProps = { counts: Counts | undefined; state: CaseState; onChoose(state: CaseState): void }

function States({ counts, state, onChoose }: StatesProps) {
  const t = useCasesT()
  return (
    <RailRow className={sheet.part}>
      <fieldset className={styles.states}>
        <legend className={text.hidden}>{t('our-cases.show')}</legend>
        {states.map((each) => (
          <button key={each} type="button" aria-pressed={each === state} onClick={() => onChoose(each)}>
            {t(`our-cases.state_${each}`)}{' '}
            {counts !== undefined && <span>{t.format.number(countOf(counts, each))}</span>}
          </button>
        ))}
      </fieldset>
    </RailRow>
  )
}

type Counts = { open: number; resolved: number }

const countOf = ({ open, resolved }: Counts, state: CaseState): number =>
  state === 'all' ? open + resolved : state === 'open' ? open : resolved

type CaseRowProps = { conversation: Conversation; isOpen: boolean; onToggle: () => void }

function CaseRow({ conversation, isOpen, onToggle }: CaseRowProps) {
  const t = useCasesT()
  const shell = useT()
  const today = useNow()
  const { contact, subject, number } = conversation
  return (
    <RailRow
      as="li"
      className={styles.row}
      margin={<time>{shortMoment(shell, conversation.lastMessageAt, today)}</time>}
    >
      <button type="button" className={styles.open} aria-expanded={isOpen} onClick={onToggle}>
        <b>
          <MaskedText>{subject}</MaskedText>
        </b>
        <span className={styles.facts}>
          <span>{t('our-cases.number', { number: String(number) })}</span>
          <span>{contact.name ?? contact.email ?? t('our-cases.somebody')}</span>
          <StateOf conversation={conversation} />
        </span>
      </button>
      {isOpen && <OpenCase id={conversation.id} />}
    </RailRow>
  )
}

function StateOf({ conversation: { status, handling, assignee } }: { conversation: Conversation }) {
  const t = useCasesT()
  if (status === 'resolved')
    return (
      <Status shape="ok" tone="ok">
        {t('our-cases.is_resolved')}
      </Status>
    )
  if (handling === 'assistant')
    return (
      <Status shape="ring" tone="quiet">
        {t('our-cases.with_assistant')}
      </Status>
    )
  return assignee ? (
    <Status shape="ok" tone="pine">
      {t('our-cases.with_person', { name: assignee.name })}
    </Status>
  ) : (
    <Status shape="degraded" tone="degraded">
      {t('our-cases.waits')}
    </Status>
  )
}
