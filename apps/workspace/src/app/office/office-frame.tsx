import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useSession } from '../session.ts'
import { Bones } from '../ui/bones.tsx'
import { useCurrentInView } from '../ui/use-current-in-view.ts'
import { useIsWide } from '../ui/use-width.ts'
import styles from './office.module.css'
import { type OfficePage, pagesFor } from './pages.ts'
import { OfficeWords, useOfficeT } from './words.ts'

/** The tree of the office beside the page that is open. */
export function OfficeFrame() {
  return (
    <div className={styles.office}>
      <OfficeWords waiting={<Bones widths={[60, 40]} />}>
        <Tree />
      </OfficeWords>
      <Outlet />
      <Aside />
    </div>
  )
}

const LiveRecord = lazy(async () => ({ default: (await import('../../features/audit/live-record.tsx')).LiveRecord }))

/** Beside the console, where there is room; the log itself and the settings have their own trail. */
function Aside() {
  const { permissions } = useSession()
  const isWide = useIsWide()
  const path = useRouterState({ select: (state) => state.location.pathname })
  if (!isWide || !permissions.includes('audit.read')) return null
  if (!path.includes('/console/') || path.includes('/console/audit') || path.includes('/console/organisations/'))
    return null
  return (
    <Suspense>
      <LiveRecord />
    </Suspense>
  )
}

const groups: readonly OfficePage['group'][] = ['self', 'people', 'sign_in', 'data', 'record', 'support', 'product']

function Tree() {
  const t = useOfficeT()
  const pages = pagesFor(useSession())
  const tree = useCurrentInView()
  return (
    <nav ref={tree} className={styles.tree} aria-label={t('console.tree')}>
      {groups.map((group) => {
        const here = pages.filter((page) => page.group === group)
        return here.length === 0 ? null : (
          <div key={group}>
            <h2>{t(`console.group_${group}`)}</h2>
            {here.map(({ to, word }) => (
              <Link key={to} to={to}>
                {t(`console.page_${word}`)}
              </Link>
            ))}
          </div>
        )
      })}
    </nav>
  )
}
