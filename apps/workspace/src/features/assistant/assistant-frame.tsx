import { Link, Outlet } from '@tanstack/react-router'
import { Bones } from '../../app/ui/bones.tsx'
import { cx } from '../../app/ui/cx.ts'
import { ledgerClass, RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import styles from './assistant.module.css'
import { LearningWords, useLearningT } from './words.ts'

/** What the assistant does, where it fails, and a place to try it. */
export function AssistantFrame() {
  return (
    <main className={sheet.sheet} id="main">
      <div className={cx(ledgerClass, sheet.ledger)}>
        <LearningWords waiting={<Waiting />}>
          <Areas />
          <Outlet />
        </LearningWords>
      </div>
    </main>
  )
}

function Areas() {
  const t = useLearningT()
  return (
    <RailRow className={styles.top}>
      <nav className={styles.areas} aria-label={t('learning.areas')}>
        <Link to="/assistant/gaps">{t('learning.gaps')}</Link>
        <Link to="/assistant/resolution">{t('learning.resolution')}</Link>
        <Link to="/assistant/wrong-answers">{t('learning.wrong_answers')}</Link>
        <Link to="/assistant/playground">{t('learning.playground')}</Link>
      </nav>
    </RailRow>
  )
}

export const Waiting = () => (
  <RailRow className={sheet.part}>
    <Bones widths={[30, 60, 45, 50]} />
  </RailRow>
)
