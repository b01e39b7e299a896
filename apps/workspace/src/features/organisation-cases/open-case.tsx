import type { Message } from '@clew/contract/conversations'
import { useQuery } from '@tanstack/react-query'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { fullMoment } from '../../app/times.ts'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { Mark } from '../../app/ui/mark.tsx'
import { MaskedText } from '../../app/ui/masked-text.tsx'
import { markClass, RailRow, sideLedgerClass } from '../../app/ui/rail.tsx'
import text from '../../app/ui/text.module.css'
import { caseQuery } from './api.ts'
import styles from './cases.module.css'
import { useCasesT } from './words.ts'

/** What was said, from the first word to the last. */
export function OpenCase({ id }: { id: string }) {
  const t = useCasesT()
  const { data, error, refetch } = useQuery(caseQuery(id))
  if (error !== null)
    return (
      <div className={styles.said}>
        <p role="alert">{errorText(t, error)}</p>
        <button type="button" className={controls.button} onClick={() => void refetch()}>
          {t('our-cases.try_again')}
        </button>
      </div>
    )
  if (data === undefined) return <Bones widths={[60, 45]} />
  return (
    <section className={styles.said} aria-label={t('our-cases.said')}>
      <p className={controls.hint}>{t('our-cases.on_record')}</p>
      {!data.isWhole && <p className={controls.hint}>{t('our-cases.only_latest')}</p>}
      <ol className={cx(sideLedgerClass, styles.messages)}>
        {data.messages
          .filter(({ kind }) => kind === 'message')
          .map((message) => (
            <Said key={message.id} message={message} />
          ))}
      </ol>
    </section>
  )
}

function Said({ message: { author, body, createdAt, attachments } }: { message: Message }) {
  const t = useCasesT()
  const shell = useT()
  const by = author.type === 'system' ? 'assistant' : author.type
  const name = author.name ?? t(`our-cases.by_${by}`)
  return (
    <RailRow as="li" margin={<Mark by={by} name={author.name} small className={markClass} />}>
      <p className={controls.hint}>
        <b>{name}</b> {fullMoment(shell, createdAt)}
      </p>
      <p className={cx(text.read, styles.words)}>
        <MaskedText>{body}</MaskedText>
      </p>
      {attachments.map(({ fileId, name: file }) => (
        <p key={fileId} className={controls.hint}>
          {t('our-cases.file', { name: file })}
        </p>
      ))}
    </RailRow>
  )
}
