import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { ledgerClass, RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import text from '../../app/ui/text.module.css'
import { overviewQuery } from './api.ts'
import { PublicKey } from './public-key.tsx'
import { Secret } from './secret.tsx'
import { StreamForm } from './stream-form.tsx'
import { StreamRow } from './stream-row.tsx'
import { streamsApi, streamsQuery } from './streams-api.ts'
import { AuditWords, useAuditT } from './words.ts'

/** Where events are sent as they happen, and how far each stream has come. */
export function Screen() {
  return (
    <main className={sheet.sheet} id="main">
      <AuditWords waiting={<Bones widths={[40, 60]} />}>
        <Streams />
      </AuditWords>
    </main>
  )
}

function Streams() {
  const t = useAuditT()
  const shell = useT()
  const { data, error, refetch } = useQuery(streamsQuery)
  const overview = useQuery(overviewQuery)
  return (
    <div className={cx(ledgerClass, sheet.ledger)}>
      <RailRow as="header" className={sheet.head} margin={data?.streams.length}>
        <p>
          <Link to="/console/audit" className={controls.link}>
            {t('console-audit.back')}
          </Link>
        </p>
        <h1>{t('console-audit.streams_title')}</h1>
        <p className={text.effect}>{t('console-audit.streams_effect')}</p>
      </RailRow>
      {error !== null && data === undefined && (
        <RailRow className={sheet.part}>
          <p role="alert">{errorText(shell, error)}</p>
          <button type="button" className={controls.button} onClick={() => void refetch()}>
            {t('console-audit.try_again')}
          </button>
        </RailRow>
      )}
      {data === undefined && error === null && (
        <RailRow className={sheet.part}>
          <Bones widths={[45, 60]} />
        </RailRow>
      )}
      {data?.streams.length === 0 && (
        <RailRow className={sheet.part}>
          <p>{t('console-audit.streams_empty')}</p>
        </RailRow>
      )}
      {data?.streams.map((stream) => (
        <StreamRow key={stream.id} stream={stream} canManage={data.canManage} />
      ))}
      {data !== undefined && (
        <NewStream
          canManage={data.canManage}
          isFull={data.streams.length >= data.mostStreams}
          most={data.mostStreams}
        />
      )}
      {overview.data !== undefined && <PublicKey value={overview.data.publicKey} />}
    </div>
  )
}

function NewStream({ canManage, isFull, most }: { canManage: boolean; isFull: boolean; most: number }) {
  const t = useAuditT()
  const queryClient = useQueryClient()
  const [isAdding, setAdding] = useState(false)
  const [secret, setSecret] = useState<string>()
  if (!canManage || isFull)
    return (
      <RailRow className={sheet.part}>
        <p className={controls.hint}>
          {canManage ? t('console-audit.stream_most', { count: most }) : t('console-audit.stream_read_only')}
        </p>
      </RailRow>
    )
  return (
    <RailRow as="section" className={sheet.part} aria-label={t('console-audit.stream_add')}>
      {secret !== undefined && <Secret value={secret} onDone={() => setSecret(undefined)} />}
      {isAdding ? (
        <>
          <h2>{t('console-audit.stream_add')}</h2>
          <StreamForm
            onSave={async (input) => {
              const saved = await streamsApi.create(input)
              await queryClient.invalidateQueries({ queryKey: ['audit'] })
              setSecret(saved.secret)
              setAdding(false)
            }}
            onCancel={() => setAdding(false)}
          />
        </>
      ) : (
        <button type="button" className={controls.main} onClick={() => setAdding(true)}>
          {t('console-audit.stream_add')}
        </button>
      )}
    </RailRow>
  )
}
