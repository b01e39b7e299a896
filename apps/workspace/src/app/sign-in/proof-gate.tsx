import { lazy, Suspense } from 'react'
import { useStore } from '../store.ts'
import { asking } from './proof.ts'

const ProofDialog = lazy(() => import('./proof-dialog.tsx').then((module) => ({ default: module.ProofDialog })))

/** The dialog in which somebody says again who they are; fetched when it is first needed. */
export function ProofGate() {
  const open = useStore(asking)
  if (open === undefined) return null
  return (
    <Suspense fallback={null}>
      <ProofDialog onProved={open.proved} onGiveUp={open.gaveUp} />
    </Suspense>
  )
}
