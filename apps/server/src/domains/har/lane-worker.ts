import { serveThread } from '@clew/har-threads'

serveThread()
