import { Link, Outlet } from '@tanstack/react-router'
import { Bones } from '../../app/ui/bones.tsx'
import styles from './settings.module.css'
import { SettingsWords, useSettingsT } from './words.tsx'

/** The tree of the settings beside the one that is open. */
export function SettingsFrame() {
  return (
    <div className={styles.office}>
      <SettingsWords waiting={<Bones widths={[60, 40]} />}>
        <Tree />
      </SettingsWords>
      <Outlet />
    </div>
  )
}

function Tree() {
  const t = useSettingsT()
  return (
    <nav className={styles.tree} aria-label={t('settings.tree')}>
      <h2>{t('settings.tree_people')}</h2>
      <Link to="/settings/members">{t('settings.members')}</Link>
      <Link to="/settings/identity">{t('settings.identity')}</Link>
      <h2>{t('settings.tree_product')}</h2>
      <Link to="/settings/brand">{t('settings.brand')}</Link>
      <Link to="/settings/hours">{t('settings.hours')}</Link>
      <Link to="/settings/languages">{t('settings.languages')}</Link>
      <Link to="/settings/bubble">{t('settings.bubble')}</Link>
      <Link to="/settings/model">{t('settings.model')}</Link>
      <Link to="/settings/connector">{t('settings.connector')}</Link>
    </nav>
  )
}
