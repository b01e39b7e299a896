export { fileShelf } from './file-shelf.ts'
export { serveThread } from './serve-thread.ts'
export { startThreads, type ThreadOptions } from './start-threads.ts'
