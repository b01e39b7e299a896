/** What is going on, for whoever shows progress. */
export type DatabaseStep = 'copying_binaries' | 'creating' | 'starting' | 'recovering' | 'adopting' | 'stopping'
export type LogStep = (step: DatabaseStep, waitedMs: number) => void
