import type { ConsoleExport } from '@clew/contract/exports'
import { useInfiniteQuery } from '@tanstack/react-query'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { ledgerClass, RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import text from '../../app/ui/text.module.css'
import { exportsQuery } from './api.ts'
import { AskForm } from './ask-form.tsx'
import { ExportRow } from './export-row.tsx'
import styles from './exports.module.css'
import { Rules } from './rules.tsx'
import { WaitingBox } from './waiting-box.tsx'
import { type ExportT, ExportWords, useExportT } from './words.ts'

/** What leaves an organisation: asked for with a preview, looked at by a second person, fetched encrypted. */
export function Screen() {
  return (
    <main className={sheet.sheet} id="main">
      <ExportWords waiting={<Bones widths={[40, 60]} />}>
        <Whole />
      </ExportWords>
    </main>
  )
}

function Whole() {
  const t = useExportT()
  const shell = useT()
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(exportsQuery)
  const first = data?.pages[0]
  const all = data?.pages.flatMap(({ exports }) => exports) ?? []
  const waiting = all.filter(({ may }) => may.includes('decide'))
  return (
    <div className={cx(ledgerClass, sheet.ledger)}>
      <RailRow as="header" className={sheet.head}>
        <h1>{t('console-exports.title')}</h1>
        <p className={text.effect}>{first === undefined ? t('console-exports.loading') : <Lead all={all} />}</p>
      </RailRow>
      {error !== null && (
        <RailRow className={sheet.part}>
          <p role="alert">{errorText(shell, error)}</p>
          <button type="button" className={controls.button} onClick={() => void refetch()}>
            {t('console-exports.try_again')}
          </button>
        </RailRow>
      )}
      {first === undefined && error === null && (
        <RailRow className={sheet.part}>
          <Bones widths={[70, 55, 64]} />
        </RailRow>
      )}
      {first !== undefined && (
        <>
          {waiting.length > 0 && <WaitingBox waiting={waiting} />}
          {first.canRequest && <AskForm />}
          <Asked
            all={all}
            isFetching={isFetchingNextPage}
            onMore={hasNextPage ? () => void fetchNextPage() : undefined}
          />
          <Rules />
        </>
      )}
    </div>
  )
}

type AskedProps = { all: readonly ConsoleExport[]; isFetching: boolean; onMore: (() => void) | undefined }

function Asked({ all, isFetching, onMore }: AskedProps) {
  const t = useExportT()
  return (
    <section className={styles.list} aria-label={t('console-exports.list')}>
      <RailRow className={styles.title}>
        <h2>{t('console-exports.list')}</h2>
        {all.length === 0 && <p className={controls.hint}>{t('console-exports.none')}</p>}
      </RailRow>
      <ul>
        {all.map((each) => (
          <ExportRow key={each.id} each={each} />
        ))}
      </ul>
      {onMore && (
        <RailRow className={styles.title}>
          <button type="button" className={controls.button} disabled={isFetching} onClick={onMore}>
            {t('console-exports.more')}
          </button>
        </RailRow>
      )}
    </section>
  )
}

/** What matters most of all of them. */
function Lead({ all }: { all: readonly ConsoleExport[] }) {
  const t = useExportT()
  return (
    <>
      <b>{leadOf(t, all)}</b> {t('console-exports.lead_rule')}
    </>
  )
}

function leadOf(t: ExportT, all: readonly ConsoleExport[]): string {
  const waiting = all.filter(({ state }) => state === 'waiting').length
  if (waiting > 0) return t('console-exports.lead_waiting', { count: waiting })
  const ready = all.filter(({ state }) => state === 'ready' || state === 'fetched').length
  if (ready > 0) return t('console-exports.lead_ready', { count: ready })
  return t(all.length === 0 ? 'console-exports.lead_none' : 'console-exports.lead_quiet')
}
