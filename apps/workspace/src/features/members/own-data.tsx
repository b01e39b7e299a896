import { useMutation } from '@tanstack/react-query'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { takeOwnAccount } from './api.ts'
import styles from './members.module.css'
import { Problem } from './page.tsx'
import { useMembersT } from './words.ts'

/** What is kept of oneself: the account here, and what one asked at one's own cases. */
export function OwnData() {
  const t = useMembersT()
  const { locale } = useT()
  const take = useMutation({ mutationFn: takeOwnAccount, onSuccess: save })
  return (
    <RailRow as="section" className={sheet.part} aria-label={t('console-members.own_data')}>
      <h2>{t('console-members.own_data')}</h2>
      <p>{t('console-members.own_data_what')}</p>
      <p className={styles.actions}>
        <button type="button" className={controls.button} disabled={take.isPending} onClick={() => take.mutate()}>
          {t(take.isPending ? 'console-members.own_data_going' : 'console-members.own_data_take')}
        </button>
        <a className={controls.plain} href={`/${locale}/my`}>
          {t('console-members.own_data_cases')}
        </a>
      </p>
      <Problem error={take.error} />
    </RailRow>
  )
}

function save({ name, file }: { name: string; file: Blob }): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
