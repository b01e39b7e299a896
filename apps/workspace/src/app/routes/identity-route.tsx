import { IdentityKeysPage } from '../../features/identity-keys/identity-keys-page.tsx'

export const IdentityRoute = () => <IdentityKeysPage />
