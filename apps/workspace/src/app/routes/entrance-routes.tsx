import { useNavigate, useRouter } from '@tanstack/react-router'
import { JoinRequestPage } from '../../features/sign-in/join-request-page.tsx'
import { LinkPage, NewPasswordPage } from '../../features/sign-in/link-pages.tsx'
import { SecureOnly } from '../../features/sign-in/secure-only.tsx'
import { SetUpFactorPage } from '../../features/sign-in/set-up-factor-page.tsx'
import { SignInPage } from '../../features/sign-in/sign-in-page.tsx'
import { JoinPage, SetUpPage } from '../../features/sign-in/welcome-pages.tsx'
import { useRouterSearch } from './use-router-search.ts'

export function SignInRoute() {
  const router = useRouter()
  const { next, expired } = useRouterSearch()
  return (
    <SecureOnly>
      <SignInPage expired={expired === true} onDone={() => router.history.push(`/app${next ?? '/'}`)} />
    </SecureOnly>
  )
}

export function ForgottenRoute() {
  const router = useRouter()
  return (
    <SecureOnly>
      <SignInPage expired={false} asks="reset" onDone={() => router.history.push('/app/')} />
    </SecureOnly>
  )
}

export function LinkRoute() {
  const navigate = useNavigate()
  return (
    <SecureOnly>
      <LinkPage onDone={() => void navigate({ to: '/' })} onStep={() => void navigate({ to: '/sign-in' })} />
    </SecureOnly>
  )
}

export const NewPasswordRoute = () => (
  <SecureOnly>
    <NewPasswordPage />
  </SecureOnly>
)

export function SetUpFactorRoute() {
  const navigate = useNavigate()
  return (
    <SecureOnly>
      <SetUpFactorPage onDone={() => void navigate({ to: '/' })} />
    </SecureOnly>
  )
}

export function SetUpRoute() {
  const navigate = useNavigate()
  return (
    <SecureOnly>
      <SetUpPage onDone={() => void navigate({ to: '/' })} />
    </SecureOnly>
  )
}

export function JoinRoute() {
  const navigate = useNavigate()
  return (
    <SecureOnly>
      <JoinPage onDone={() => void navigate({ to: '/' })} />
    </SecureOnly>
  )
}

export function JoinRequestRoute() {
  const { organisation } = useRouterSearch()
  return (
    <SecureOnly>
      <JoinRequestPage organisation={organisation ?? ''} />
    </SecureOnly>
  )
}
