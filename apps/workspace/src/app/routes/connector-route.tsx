import { ConnectorPage } from '../../features/connectors/connector-page.tsx'

export const ConnectorRoute = () => <ConnectorPage />
