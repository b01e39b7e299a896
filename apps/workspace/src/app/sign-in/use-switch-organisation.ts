import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { errorText } from '../errors.ts'
import { useT } from '../i18n.tsx'
import { useSession } from '../session.ts'
import { showToast } from '../toasts.tsx'
import { entranceApi, isStep } from './api.ts'
import { openStep } from './open-step.ts'

/** Changes over to another organisation: with everything fetched anew, and over its second factor where it has one. */
export function useSwitchOrganisation(): (organisationId: string) => void {
  const words = useT()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const { organisation } = useSession()
  return (organisationId) => {
    if (organisationId === organisation.id) return
    entranceApi.switchTo(organisationId).then(
      (entered) => {
        if (!isStep(entered)) return location.assign('/app/')
        queryClient.clear()
        openStep.set(entered)
        return navigate({ to: '/sign-in' })
      },
      (error: unknown) => showToast({ tone: 'problem', text: errorText(words, error) }),
    )
  }
}
